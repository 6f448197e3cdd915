using Microsoft.Extensions.Options;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;
using SessionOptions = Soracom.Portal.Security.SignIn.SessionOptions;

namespace Soracom.Portal.Hosting;

/// <summary>Warns of settings that take from what sensitive acts ask for, once at the start: they are allowed, and easily forgotten.</summary>
internal static partial class LaxSignIn
{
    private static readonly TimeSpan LongFresh = TimeSpan.FromHours(1);

    /// <summary>Warns of providers that are believed without a word, and, outside Development, of a proof that counts for longer than an hour.</summary>
    /// <param name="portal">The portal, serving.</param>
    public static void Warn(WebApplication portal)
    {
        var providers = portal.Services.GetRequiredService<IOptionsMonitor<OpenIdOptions>>();
        foreach (var provider in portal.Services.GetRequiredService<SignInWays>().Providers.Select(one => providers.Get(one.Scheme)).Where(one => one.AcceptMissingAuthTime))
        {
            LogAccepted(portal.Logger, provider.SectionPath);
        }

        var freshFor = portal.Services.GetRequiredService<IOptions<SessionOptions>>().Value.FreshFor;
        if (!portal.Environment.IsDevelopment() && freshFor > LongFresh)
        {
            LogLongFresh(portal.Logger, freshFor);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Section}:AcceptMissingAuthTime is true: where this provider's ID tokens hold no auth_time, it is believed that it asked people to sign in again, which whoever sits at the browser can prevent. "
            + "Have the provider put auth_time into its ID tokens and set this to false.")]
    private static partial void LogAccepted(ILogger log, string section);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Session:FreshFor is {FreshFor}: for so long after signing in, whoever sits down at an open browser can do what can't be undone. An hour or less is advised, 15 minutes are the default.")]
    private static partial void LogLongFresh(ILogger log, TimeSpan freshFor);
}
