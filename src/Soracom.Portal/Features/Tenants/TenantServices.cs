using Soracom.Portal.Features.Tenants.Offboarding;
using Soracom.Portal.Shared.Commands;

namespace Soracom.Portal.Features.Tenants;

/// <summary>Puts together what makes, suspends and removes tenants.</summary>
internal static class TenantServices
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddTenants(this IServiceCollection services) => services
        .AddSingleton<CustomerTenants>()
        .AddSingleton<TenantSettings>()
        .AddSingleton<BrandSettings>()
        .AddSingleton<SuspensionNotices>()
        .AddSingleton<Customers>()
        .AddSingleton<CustomerFiles>()
        .AddSingleton<CustomerRemoval>()
        .AddSingleton<TenantRemover>()
        .AddSingleton(provider => new Lazy<TenantRemover>(provider.GetRequiredService<TenantRemover>))
        .AddSingleton<ITenantCommands, TenantCommands>()
        .AddSingleton<RemovalWorker>()
        .AddHostedService(provider => provider.GetRequiredService<RemovalWorker>());
}
