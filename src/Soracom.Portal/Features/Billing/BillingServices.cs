using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Features.Billing.Paying;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Hosting;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Billing;

/// <summary>Puts bills together.</summary>
internal static class BillingServices
{
    /// <summary>Adds bills and what collects them.</summary>
    public static IServiceCollection AddBilling(this IServiceCollection services)
    {
        services.AddOptions<BillingOptions>().Configure<IConfiguration>((options, configuration) => Settings.Read(configuration, BillingOptions.Section, options)).ValidateOnStart()
            .Validate(options => options.RefreshEvery >= TimeSpan.FromMinutes(10), $"{BillingOptions.Section}:{nameof(BillingOptions.RefreshEvery)} must be 10 minutes or more.")
            .Validate(options => options.FreshFor >= TimeSpan.FromMinutes(1), $"{BillingOptions.Section}:{nameof(BillingOptions.FreshFor)} must be a minute or more.")
            .Validate(options => options.MostFileBytes > 0, $"{BillingOptions.Section}:{nameof(BillingOptions.MostFileBytes)} must be more than 0.")
            .Validate(options => options.LeastFreeBytes >= 0, $"{BillingOptions.Section}:{nameof(BillingOptions.LeastFreeBytes)} must not be less than 0.");
        return services
            .AddSingleton<BillingTurns>()
            .AddSingleton<BillingStore>()
            .AddSingleton<BillingCollector>()
            .AddSingleton(provider => new Lazy<BillingCollector>(provider.GetRequiredService<BillingCollector>))
            .AddSingleton<Bills>()
            .AddSingleton<PortfolioBills>()
            .AddSingleton<PortfolioBillCollecting>()
            .AddSingleton<PaymentTurns>()
            .AddSingleton<PaymentStore>()
            .AddSingleton<PaymentCollector>()
            .AddSingleton<PaymentRecords>()
            .AddSingleton<BillFolder>()
            .AddSingleton<ITenantHoldings, BillHoldings>()
            .AddSingleton<BillFileStore>()
            .AddSingleton<BillFileFetcher>()
            .AddSingleton<BillFiling>()
            .AddSingleton<BillFileRunner>()
            .AddSingleton(provider => new Lazy<BillFileRunner>(provider.GetRequiredService<BillFileRunner>))
            .AddSingleton(provider => new Lazy<BillFolder>(provider.GetRequiredService<BillFolder>))
            .AddSingleton<BillFileWorker>()
            .AddHostedService(provider => provider.GetRequiredService<BillFileWorker>())
            .AddSingleton<BillFiles>()
            .AddSingleton<BillingWorker>()
            .AddHostedService(provider => provider.GetRequiredService<BillingWorker>());
    }
}
