using System.Globalization;
using Soracom.Portal.Security.SignIn;
using Soracom.Sandbox;

namespace Soracom.Portal.Development;

/// <summary>Says on the console where the demo is and who can sign in to it.</summary>
internal static class DemoAnnouncement
{
    public static async Task WriteAsync(WebApplication portal, TextWriter output)
    {
        var accounts = portal.Services.GetRequiredService<SignInWays>().DemoAccounts;
        if (accounts.Count == 0)
        {
            return;
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Soracom.Portal is at {string.Join(" and ", portal.Urls)}"));
        if (portal.Services.GetService<SandboxServer>() is { } sandbox)
        {
            await output.WriteLineAsync($"Its sandbox of the Soracom API is at {sandbox.JapanAddress}v1 (Japan coverage) and {sandbox.GlobalAddress}v1 (global coverage)");
        }

        await output.WriteLineAsync("Demo accounts (choose one on the sign-in page, no password):");
        foreach (var account in accounts)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {account.Key,-10} {account.Name}"));
        }

        await output.WriteLineAsync("Ctrl-C ends it; what was done is kept for the next start.");
    }
}
