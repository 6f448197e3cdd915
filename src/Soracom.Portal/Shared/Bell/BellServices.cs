namespace Soracom.Portal.Shared.Bell;

/// <summary>Puts the bell together.</summary>
internal static class BellServices
{
    /// <summary>Adds the bell; what it tells comes from the features.</summary>
    public static IServiceCollection AddBell(this IServiceCollection services) => services
        .AddSingleton<BellBoard>()
        .AddSingleton<BellWatch>()
        .AddHostedService(provider => provider.GetRequiredService<BellWatch>());
}
