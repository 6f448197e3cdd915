using Soracom.Sandbox.Auth;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>An authenticator app.</summary>
internal static class Authenticator
{
    /// <summary>The code at a time, of what an otpauth address tells.</summary>
    public static string Code(string uri, DateTimeOffset time) =>
        Totp.Code(new Uri(uri).Query.TrimStart('?').Split('&').Single(pair => pair.StartsWith("secret=", StringComparison.Ordinal))["secret=".Length..], time);
}
