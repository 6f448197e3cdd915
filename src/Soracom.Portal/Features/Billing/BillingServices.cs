using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Paying;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Features.Billing;

/// <summary>Puts bills together.</summary>
internal static class BillingServices
{
    /// <summary>Adds bills and what collects them.</summary>
    public static IServiceCollection AddBilling(this IServiceCollection services)
    {
        services.AddOptions<BillingOptions>().Configure<IConfiguration>((options, configuration) => Settings.Read(configuration, BillingOptions.Section, options)).ValidateOnStart()
            .Validate(options => options.RefreshEvery >= TimeSpan.FromMinutes(10), $"{BillingOptions.Section}:{nameof(BillingOptions.RefreshEvery)} must be 10 minutes or more.")
            .Validate(options => options.FreshFor >= TimeSpan.FromMinutes(1), $"{BillingOptions.Section}:{nameof(BillingOptions.FreshFor)} must be a minute or more.");
        return services
            .AddSingleton<BillingTurns>()
            .AddSingleton<BillingStore>()
            .AddSingleton<BillingCollector>()
            .AddSingleton(provider => new Lazy<BillingCollector>(provider.GetRequiredService<BillingCollector>))
            .AddSingleton<Bills>()
            .AddSingleton<PortfolioBills>()
            .AddSingleton<PaymentRecords>()
            .AddSingleton<BillingWorker>()
            .AddHostedService(provider => provider.GetRequiredService<BillingWorker>());
    }
}
