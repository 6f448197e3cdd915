using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>A scripted provider, a website that trusts it, and a person's browser.</summary>
internal sealed class SignInScene : IAsyncDisposable
{
    private SignInScene(ScriptedProvider provider, SignInHost host, ManualTime clock)
    {
        Provider = provider;
        Host = host;
        Clock = clock;
        Browser = new TestBrowser(clock);
    }

    public ScriptedProvider Provider { get; }

    public SignInHost Host { get; }

    public ManualTime Clock { get; }

    public TestBrowser Browser { get; }

    public static Task<SignInScene> StartAsync() => StartAsync(provider => [("Authority", provider.Address)]);

    /// <summary>The provider is Microsoft Entra's cloud, the website an application in that tenant.</summary>
    public static Task<SignInScene> StartEntraAsync(string tenant, params (string Key, string? Value)[] changes) =>
        StartAsync(provider => [("Instance", provider.Address + "/"), ("TenantId", tenant), .. changes]);

    private static async Task<SignInScene> StartAsync(Func<ScriptedProvider, (string Key, string? Value)[]> settings)
    {
        var clock = new ManualTime();
        var provider = await ScriptedProvider.StartAsync(clock);
        var host = await SignInHost.StartAsync(
            clock,
            [("ClientId", ScriptedProvider.ClientId), ("ClientSecret", ScriptedProvider.ClientSecret), .. settings(provider)]);
        return new SignInScene(provider, host, clock);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Host.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>Signs in and follows wherever that leads.</summary>
    public Task<Page> SignInAsync(string returnUrl = "/me") =>
        Browser.OpenAndFollowAsync(Host.Url(QueryHelpers.AddQueryString("/sign-in", "returnUrl", returnUrl)));

    /// <summary>Signs in at the provider and comes back with the address of the answer, which is not opened yet.</summary>
    public async Task<Uri> FetchAnswerAsync()
    {
        var page = await Browser.OpenAndFollowAsync(
            Host.Url("/sign-in?returnUrl=/me"), next => string.Equals(next.AbsolutePath, OpenIdDefaults.CallbackPath, StringComparison.Ordinal));
        return page.Location!;
    }

    public async Task<Me> SignedInAsync(Page? page = null)
    {
        page ??= await SignInAsync();
        Assert.Equal("/me", page.Address.PathAndQuery);
        return JsonSerializer.Deserialize<Me>(page.Body, JsonSerializerOptions.Web)!;
    }

    /// <summary>The sign-in ended on the page for that failure, with nothing but its code in the address, and nobody is signed in.</summary>
    public async Task RefusedAsync(SignInFailure failure, Page? page = null)
    {
        page ??= await SignInAsync();
        Assert.Equal($"/sign-in/failed?reason={failure.ToCode()}", page.Address.PathAndQuery);
        Assert.Equal($"failed: {failure}", page.Body);
        Assert.DoesNotContain(Browser.Cookies, cookie => cookie.Name.StartsWith("session", StringComparison.Ordinal));
        LogKeepsSecrets();
    }

    public void LogKeepsSecrets()
    {
        // The server's own line for each request holds the query, so Microsoft.AspNetCore.Hosting is kept at Warning in production.
        var lines = Host.Log.Lines.Where(line => !line.StartsWith("Microsoft.AspNetCore.Hosting", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        foreach (var secret in Provider.Secrets)
        {
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }
}
