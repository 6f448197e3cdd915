using Soracom.Portal.Hosting;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Puts jobs over many SIMs together.</summary>
internal static class SimJobServices
{
    /// <summary>Adds the jobs and what works on them.</summary>
    public static IServiceCollection AddSimJobs(this IServiceCollection services)
    {
        services.AddOptions<SimJobOptions>().Configure<IConfiguration>((options, configuration) => Settings.Read(configuration, SimJobOptions.Section, options)).ValidateOnStart()
            .Validate(options => options.AtOnce is >= 1 and <= 16, $"{SimJobOptions.Section}:{nameof(SimJobOptions.AtOnce)} must be between 1 and 16.")
            .Validate(options => options.SimsAtOnce is >= 1 and <= 32, $"{SimJobOptions.Section}:{nameof(SimJobOptions.SimsAtOnce)} must be between 1 and 32.")
            .Validate(options => options.KeepFor >= TimeSpan.FromDays(1) && options.KeepFor <= TimeSpan.FromDays(3650), $"{SimJobOptions.Section}:{nameof(SimJobOptions.KeepFor)} must be between 1 and 3650 days.");
        return services
            .AddSingleton<SimJobStore>()
            .AddSingleton<SimJobSender>()
            .AddSingleton<SimJobRunner>()
            .AddSingleton(provider => new Lazy<SimJobRunner>(provider.GetRequiredService<SimJobRunner>))
            .AddSingleton<SimJobRetention>()
            .AddSingleton(provider => new Lazy<SimJobRetention>(provider.GetRequiredService<SimJobRetention>))
            .AddSingleton<SimJobWorker>()
            .AddHostedService(provider => provider.GetRequiredService<SimJobWorker>())
            .AddSingleton<SimJobPlanner>()
            .AddSingleton<SimJobPlans>()
            .AddSingleton<SimJobResults>()
            .AddSingleton<SimJobs>();
    }
}
