namespace Soracom.Portal.Features.Overview;

/// <summary>Puts the overview over several tenants together.</summary>
internal static class OverviewServices
{
    /// <summary>Adds the overview.</summary>
    public static IServiceCollection AddOverview(this IServiceCollection services) => services.AddSingleton<PortfolioOverview>();
}
