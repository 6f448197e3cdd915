using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Support;

/// <summary>A browser without scripts: keeps cookies, follows nothing.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, UseCookies = true };
    private readonly HttpClient client;

    public Visitor(PortalScene scene) => client = new HttpClient(handler, disposeHandler: true) { BaseAddress = scene.Address };

    /// <summary>A browser that holds the cookie of somebody's session.</summary>
    public Visitor(PortalScene scene, SignedIn person)
        : this(scene)
    {
        var options = scene.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(PortalCookie.Scheme);
        var now = scene.Clock.GetUtcNow();
        var ticket = new AuthenticationTicket(
            person.ToPrincipal(PortalCookie.Scheme),
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.ExpireTimeSpan },
            PortalCookie.Scheme);
        Cookies.Add(scene.Address, new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket)));
    }

    public CookieContainer Cookies => handler.CookieContainer;

    public void Dispose() => client.Dispose();

    public async Task<VisitedPage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(request);
    }

    /// <summary>Downloads a file, or a part of it.</summary>
    public Task<VisitedFile> DownloadAsync(string path, params (string Name, string Value)[] headers) => DownloadAsync(HttpMethod.Get, path, headers);

    /// <summary>Asks what a download would answer, without its content.</summary>
    public Task<VisitedFile> HeadAsync(string path) => DownloadAsync(HttpMethod.Head, path, []);

    private async Task<VisitedFile> DownloadAsync(HttpMethod method, string path, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await DownloadAsync(request);
    }

    /// <summary>Downloads a file by the form of a page that stands at an address, with its antiforgery token.</summary>
    public async Task<VisitedFile> DownloadByFormAsync(string path, string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", (await GetAsync(page)).AntiforgeryToken)]);
        return await DownloadAsync(request);
    }

    private async Task<VisitedFile> DownloadAsync(HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, Watchdog.Token);
        return new VisitedFile(
            response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsByteArrayAsync(Watchdog.Token));
    }

    /// <summary>Begins to download a file; its content comes as it is read.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path) => client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Watchdog.Token);

    /// <summary>Posts a form with the antiforgery token of a page, if one is given.</summary>
    public async Task<VisitedPage> PostAsync(string path, VisitedPage? from, params (string Name, string Value)[] fields)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        if (from is not null)
        {
            form.Add(KeyValuePair.Create("__RequestVerificationToken", from.AntiforgeryToken));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(form);
        return await SendAsync(request);
    }

    private async Task<VisitedPage> SendAsync(HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, Watchdog.Token);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new VisitedPage(response.StatusCode, headers, await response.Content.ReadAsStringAsync(Watchdog.Token));
    }
}

/// <summary>A file that the portal answered with.</summary>
internal sealed record VisitedFile(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Content);

/// <summary>What the portal answered.</summary>
internal sealed record VisitedPage(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Location => Headers.GetValueOrDefault("Location");

    public string AntiforgeryToken => TokenIn(Body);

    /// <summary>The antiforgery token of a page's first form.</summary>
    public static string TokenIn(string page)
    {
        const string Before = "name=\"__RequestVerificationToken\" value=\"";
        var start = page.IndexOf(Before, StringComparison.Ordinal);
        Assert.True(start >= 0, "The page has no form.");
        start += Before.Length;
        return WebUtility.HtmlDecode(page[start..page.IndexOf('"', start)]);
    }
}
