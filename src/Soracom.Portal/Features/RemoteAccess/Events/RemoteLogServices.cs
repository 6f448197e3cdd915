using Soracom.Portal.Features.RemoteAccess.Board;
using Soracom.Portal.Hosting;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>Puts the log of remote access together.</summary>
internal static class RemoteLogServices
{
    /// <summary>Adds the log and what collects it.</summary>
    public static IServiceCollection AddRemoteLog(this IServiceCollection services)
    {
        services.AddOptions<RemoteLogOptions>().Configure<IConfiguration>((options, configuration) => Settings.Read(configuration, RemoteLogOptions.Section, options)).ValidateOnStart()
            .Validate(options => options.KeepFor >= TimeSpan.FromDays(1), $"{RemoteLogOptions.Section}:{nameof(RemoteLogOptions.KeepFor)} must be a day or more.");
        return services
            .AddSingleton<RemoteLogStore>()
            .AddSingleton<RemoteLogReader>()
            .AddSingleton(provider => new Lazy<RemoteLogReader>(provider.GetRequiredService<RemoteLogReader>))
            .AddSingleton(provider => new Lazy<TenantSoracom>(provider.GetRequiredService<TenantSoracom>))
            .AddSingleton<RemoteLogWorker>()
            .AddHostedService(provider => provider.GetRequiredService<RemoteLogWorker>())
            .AddSingleton<RemoteLog>()
            .AddSingleton<PortfolioDoors>()
            .AddSingleton<PortfolioForeignDoors>();
    }
}
