using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Soracom.Portal.Shared.Mail;

/// <summary>How mail is sent. Configuration section <c>Mail</c>; without a host there is no mail, and in Development it goes into a folder.</summary>
public sealed class MailOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Mail";

    /// <summary>Whether this instance sends mail; one of several instances is enough.</summary>
    public bool Run { get; set; } = true;

    /// <summary>The mail server (SMTP).</summary>
    public string? Host { get; set; }

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection is encrypted (STARTTLS).</summary>
    public bool Tls { get; set; } = true;

    /// <summary>Who signs in there; nobody unless it is set.</summary>
    public string? User { get; set; }

    /// <summary>That user's password.</summary>
    public string? Password { get; set; }

    /// <summary>The address that mail comes from, perhaps with a name: <c>Portal &lt;portal@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>The portal's own address, for links in mail.</summary>
    public Uri? PortalAddress { get; set; }

    /// <summary>The folder that mail goes into in Development, where no host is set. App_Data/mail below the content root unless it is set.</summary>
    public string? Folder { get; set; }

    /// <summary>How long the mail server may take for one mail.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Tells at the start what is wrong with section <c>Mail</c>.</summary>
/// <param name="environment">Development, or not.</param>
internal sealed class MailOptionsCheck(IHostEnvironment environment) : IValidateOptions<MailOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string Key(string name) => $"{MailOptions.Section}:{name}";

    private IEnumerable<string> Problems(MailOptions options)
    {
        if (options.Folder is not null && !environment.IsDevelopment())
        {
            yield return $"{Key(nameof(MailOptions.Folder))} is for Development only, where mail is not sent; remove it.";
        }

        if (options.Timeout < TimeSpan.FromSeconds(1))
        {
            yield return $"{Key(nameof(MailOptions.Timeout))} must be a second or more.";
        }

        if (options.PortalAddress is { } address && (!address.IsAbsoluteUri || !IsWeb(address)))
        {
            yield return $"{Key(nameof(MailOptions.PortalAddress))} must be an address that begins with https://{(environment.IsDevelopment() ? " or http://" : string.Empty)}.";
        }

        if (string.IsNullOrWhiteSpace(options.Host))
        {
            if ((options.User ?? options.Password) is not null)
            {
                yield return $"{Key(nameof(MailOptions.Host))} is missing: the name of the mail server.";
            }

            yield break;
        }

        foreach (var problem in ProblemsOfSending(options))
        {
            yield return problem;
        }
    }

    private IEnumerable<string> ProblemsOfSending(MailOptions options)
    {
        if (options.Port is < 1 or > 65535)
        {
            yield return $"{Key(nameof(MailOptions.Port))} must be between 1 and 65535.";
        }

        if (options.From is null || !MailAddress.TryCreate(options.From, out _))
        {
            yield return $"{Key(nameof(MailOptions.From))} must be the address that mail comes from, such as portal@example.com.";
        }

        if (options.PortalAddress is null && !environment.IsDevelopment())
        {
            yield return $"{Key(nameof(MailOptions.PortalAddress))} is missing: the portal's own address, for links in mail.";
        }

        if (string.IsNullOrEmpty(options.User) != string.IsNullOrEmpty(options.Password))
        {
            yield return $"{Key(nameof(MailOptions.User))} and {Key(nameof(MailOptions.Password))} are set together, or neither.";
        }

        // Links in mail let people in, and so does a password: neither goes over a network in clear.
        if (!options.Tls && !environment.IsDevelopment())
        {
            yield return $"{Key(nameof(MailOptions.Tls))} may be false in Development only.";
        }
    }

    private bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttps || (environment.IsDevelopment() && address.Scheme == Uri.UriSchemeHttp);
}
