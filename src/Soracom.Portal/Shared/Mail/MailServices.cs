using Microsoft.Extensions.Options;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Shared.Mail;

/// <summary>Puts mail together.</summary>
internal static class MailServices
{
    /// <summary>Adds mail: by a mail server where one is set; in Development into a folder otherwise; elsewhere there is none.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().Configure<IConfiguration>((options, configuration) => Settings.Read(configuration, MailOptions.Section, options)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>()
            .AddSingleton(Way)
            .AddSingleton(provider => new Lazy<IMailer>(provider.GetRequiredService<IMailer>))
            .AddSingleton<PortalAddress>()
            .AddSingleton<Outbox>()
            .AddSingleton<MailWorker>()
            .AddHostedService(provider => provider.GetRequiredService<MailWorker>());
    }

    private static IMailer Way(IServiceProvider services)
    {
        var (options, environment, clock) = (services.GetRequiredService<IOptions<MailOptions>>().Value, services.GetRequiredService<IHostEnvironment>(), services.GetRequiredService<TimeProvider>());
        return options.Host is { Length: > 0 } ? new SmtpMailer(options, clock)
            : environment.IsDevelopment() ? new FolderMailer(Path.GetFullPath(options.Folder ?? Path.Combine("App_Data", "mail"), environment.ContentRootPath), clock)
            : new NoMailer();
    }
}
