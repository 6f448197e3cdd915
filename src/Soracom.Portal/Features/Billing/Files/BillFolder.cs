using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>The detailed files of bills, sealed.</summary>
/// <param name="options">Where it is.</param>
/// <param name="environment">Where it is when nobody said.</param>
internal sealed class BillFolder(IOptions<BillingOptions> options, IWebHostEnvironment environment) : SealedFolder(Mark)
{
    /// <summary>The file that stays in it.</summary>
    public const string Mark = ".bill-store";

    /// <inheritdoc />
    protected override string Root => options.Value.Folder ?? Path.Combine(environment.ContentRootPath, "App_Data", "bills");

    /// <inheritdoc />
    protected override long LeastFree => options.Value.LeastFreeBytes;

    /// <summary>Where a file lies.</summary>
    /// <param name="file">The file, which has an id in the store.</param>
    public static StoredPlace PlaceOf(BillFile file) => PlaceOf(file, file.FileId!.Value);

    /// <summary>Where an earlier, or a new, file of the same row lies.</summary>
    /// <param name="file">The row.</param>
    /// <param name="fileId">The file.</param>
    public static StoredPlace PlaceOf(BillFile file, Guid fileId) => new(file.TenantId, file.Id, file.Number, fileId);
}
