using Soracom.Portal.Hosting;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>Puts the inventory together.</summary>
internal static class InventoryServices
{
    /// <summary>Adds the inventory, what keeps it fresh and what lists it.</summary>
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddOptions<InventoryOptions>().Configure<IConfiguration>((options, configuration) => Settings.Read(configuration, InventoryOptions.Section, options)).ValidateOnStart()
            .Validate(options => InventoryOptions.IsSensible(options.RefreshEvery), InventoryOptions.Complaint(nameof(InventoryOptions.RefreshEvery)))
            .Validate(options => InventoryOptions.IsSensible(options.RefreshOnSight), InventoryOptions.Complaint(nameof(InventoryOptions.RefreshOnSight)))
            .Validate(options => options.AtOnce is >= 1 and <= 16, $"{InventoryOptions.Section}:{nameof(InventoryOptions.AtOnce)} must be between 1 and 16.");
        return services
            .AddSingleton<InventoryStore>()
            .AddSingleton<InventorySync>()
            .AddSingleton(provider => new Lazy<InventorySync>(provider.GetRequiredService<InventorySync>))
            .AddSingleton<InventoryReader>()
            .AddSingleton<AccountSearch>()
            .AddSingleton<InventoryShelf>()
            .AddSingleton<InventoryWorker>()
            .AddSingleton<ISimWalks>(provider => provider.GetRequiredService<InventoryWorker>())
            .AddHostedService(provider => provider.GetRequiredService<InventoryWorker>())
            .AddSingleton<SimList>();
    }
}
