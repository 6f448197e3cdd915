using System.Globalization;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Hosting;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports;

/// <summary>Puts exports of footage together.</summary>
internal static class ExportServices
{
    /// <summary>Adds exports and what works on them.</summary>
    public static IServiceCollection AddExports(this IServiceCollection services)
    {
        services.AddOptions<ExportOptions>().Configure<IConfiguration>((options, configuration) => Settings.Read(configuration, ExportOptions.Section, options)).ValidateOnStart()
            .Validate(options => options.AtOnce is >= 1 and <= 256, $"{ExportOptions.Section}:{nameof(ExportOptions.AtOnce)} must be between 1 and 256.")
            .Validate(
                options => options.MostBytesOfTenant >= ExportFileBook.LargePiece,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ExportOptions.Section}:{nameof(ExportOptions.MostBytesOfTenant)} must be {ExportFileBook.LargePiece} (512 MB) or more: room for one piece of 15 minutes is needed before any is asked for."))
            .Validate(
                options => DiskRoom.IsMounted(options.Folder, OperatingSystem.IsWindows()),
                $"{ExportOptions.Section}:{nameof(ExportOptions.Folder)} must be a path: mount the share, such as one of Azure Files, and name the folder by the path that it is mounted at.")
            .Validate(options => options.LeastFreeBytes >= 0, $"{ExportOptions.Section}:{nameof(ExportOptions.LeastFreeBytes)} must not be less than 0.")
            .Validate(options => options.KeepFor >= TimeSpan.FromHours(1), $"{ExportOptions.Section}:{nameof(ExportOptions.KeepFor)} must be an hour or more.");
        return services
            .AddSingleton<Pauses>()
            .AddSingleton<ExportFolder>()
            .AddSingleton<ExportStore>()
            .AddSingleton<ExportFileBook>()
            .AddSingleton<ExportVendor>()
            .AddSingleton<ExportLookUp>()
            .AddSingleton<ExportFetcher>()
            .AddSingleton<ExportFollower>()
            .AddSingleton<ExportRunner>()
            .AddSingleton<ExportLosses>()
            .AddSingleton<ExportLengths>()
            .AddSingleton(provider => new Lazy<ExportLengths>(provider.GetRequiredService<ExportLengths>))
            .AddSingleton(provider => new Lazy<ExportRunner>(provider.GetRequiredService<ExportRunner>))
            .AddSingleton<ExportWorker>()
            .AddHostedService(provider => provider.GetRequiredService<ExportWorker>())
            .AddSingleton<ExportRules>()
            .AddSingleton<ExportRemover>()
            .AddSingleton<ExportRetention>()
            .AddSingleton(provider => new Lazy<ExportRetention>(provider.GetRequiredService<ExportRetention>))
            .AddSingleton<FootageRequests>()
            .AddSingleton<FootageRetries>()
            .AddSingleton<FootageFiles>()
            .AddSingleton<ITenantHoldings, ExportHoldings>()
            .AddSingleton<FootageExports>();
    }
}
