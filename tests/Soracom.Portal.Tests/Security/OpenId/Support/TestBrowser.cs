using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Net.Http.Headers;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>
/// As much of a browser as signing in needs: cookies by site and path that expire by the test's clock, Secure ones over https
/// alone, and redirections that are followed only when asked to.
/// </summary>
internal sealed class TestBrowser : IDisposable
{
    private readonly TimeProvider clock;
    private readonly HttpClient client;

    /// <param name="clock">By which cookies expire.</param>
    /// <param name="trusted">The one certificate that a site may show; without it, what the machine trusts.</param>
    public TestBrowser(TimeProvider clock, X509Certificate2? trusted = null)
    {
        this.clock = clock;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (trusted is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().SequenceEqual(trusted.RawData);
        }

        client = new HttpClient(handler);
    }

    public List<BrowserCookie> Cookies { get; } = [];

    /// <summary>What browsers say of whose page a request came from (Sec-Fetch-Site); null for one that says nothing.</summary>
    public string? CameFrom { get; set; }

    public void Dispose() => client.Dispose();

    /// <summary>One request, with the site's cookies; a redirection is the answer.</summary>
    public async Task<Page> OpenAsync(Uri address, HttpContent? form = null)
    {
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, address);
        request.Content = form;
        var cookies = Cookies.Where(cookie => cookie.IsSentTo(address, clock.GetUtcNow())).Select(cookie => $"{cookie.Name}={cookie.Value}").ToList();
        if (cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies));
        }

        if (CameFrom is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", CameFrom);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var setCookies))
        {
            foreach (var cookie in SetCookieHeaderValue.ParseList([.. setCookies]))
            {
                Keep(new BrowserCookie(address.Authority, cookie));
            }
        }

        var location = response.Headers.Location is { } target ? new Uri(address, target) : null;
        return new Page(address, response.StatusCode, location, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Follows redirections to a page, or to the first address that <paramref name="stop"/> picks, which is not opened.</summary>
    public async Task<Page> FollowAsync(Page page, Func<Uri, bool>? stop = null)
    {
        for (var hops = 0; page.Location is { } next; hops++)
        {
            Assert.True(hops < 20, $"The redirections do not end; the last one is to {next}.");
            if (stop is not null && stop(next))
            {
                return page;
            }

            page = await OpenAsync(next);
        }

        return page;
    }

    public async Task<Page> OpenAndFollowAsync(Uri address, Func<Uri, bool>? stop = null) =>
        await FollowAsync(await OpenAsync(address), stop);

    private void Keep(BrowserCookie cookie)
    {
        Cookies.RemoveAll(cookie.Replaces);
        if (!cookie.IsExpired(clock.GetUtcNow()))
        {
            Cookies.Add(cookie);
        }
    }
}

internal sealed record Page(Uri Address, HttpStatusCode Status, Uri? Location, string Body);

internal sealed class BrowserCookie(string site, SetCookieHeaderValue header)
{
    public string Name => header.Name.Value!;

    public string Value => header.Value.Value!;

    public SetCookieHeaderValue Header => header;

    public bool IsExpired(DateTimeOffset now) => header.MaxAge <= TimeSpan.Zero || header.MaxAge is null && header.Expires <= now;

    public bool Replaces(BrowserCookie other) =>
        string.Equals(site, other.Site, StringComparison.Ordinal)
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && string.Equals(CookiePath, other.CookiePath, StringComparison.Ordinal);

    public bool IsSentTo(Uri address, DateTimeOffset now) =>
        string.Equals(site, address.Authority, StringComparison.Ordinal)
        && !IsExpired(now)
        && (!header.Secure || string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal))
        && (address.AbsolutePath + "/").StartsWith(CookiePath.TrimEnd('/') + "/", StringComparison.Ordinal);

    private string Site => site;

    private string CookiePath => header.Path.HasValue ? header.Path.Value : "/";
}
