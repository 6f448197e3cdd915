using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Keeping;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Features.RemoteAccess;

/// <summary>Puts doors to devices together.</summary>
internal static class RemoteAccessServices
{
    /// <summary>Adds doors and what looks after them.</summary>
    public static IServiceCollection AddRemoteAccess(this IServiceCollection services)
    {
        services.AddOptions<RemoteAccessOptions>().Configure<IConfiguration>((options, configuration) => Settings.Read(configuration, RemoteAccessOptions.Section, options)).ValidateOnStart();
        return services
            .AddSingleton<DoorAsking>()
            .AddSingleton<DoorBook>()
            .AddSingleton<DoorKeeper>()
            .AddSingleton(provider => new Lazy<DoorKeeper>(provider.GetRequiredService<DoorKeeper>))
            .AddSingleton<DoorWorker>()
            .AddHostedService(provider => provider.GetRequiredService<DoorWorker>())
            .AddSingleton<RemoteAccessPolicies>()
            .AddSingleton<OpenerChoices>()
            .AddSingleton<DoorSims>()
            .AddSingleton<RemoteDoors>()
            .AddSingleton<DoorOpening>()
            .AddSingleton<DoorClosing>()
            .AddSingleton<KillSwitch>();
    }
}
