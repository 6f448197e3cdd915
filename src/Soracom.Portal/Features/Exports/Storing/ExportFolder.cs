using Microsoft.Extensions.Options;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Storing;

/// <summary>The files of exports, sealed.</summary>
/// <param name="options">Where it is.</param>
/// <param name="environment">Where it is when nobody said.</param>
internal class ExportFolder(IOptions<ExportOptions> options, IWebHostEnvironment environment) : SealedFolder(Mark)
{
    /// <summary>The file that stays in it.</summary>
    public const string Mark = ".footage-store";

    /// <inheritdoc />
    protected override string Root => options.Value.Folder ?? Path.Combine(environment.ContentRootPath, "App_Data", "exports");

    /// <inheritdoc />
    protected override long LeastFree => options.Value.LeastFreeBytes;
}
