using System.Net;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>Somebody who is signed in, with cookies as a browser keeps them and any number of pages open.</summary>
internal sealed class LoadVisitor : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient http;
    private readonly bool compressed;

    private LoadVisitor(Uri portal, bool compressed)
    {
        http = new HttpClient(handler, disposeHandler: true) { BaseAddress = portal };
        this.compressed = compressed;
    }

    /// <summary>Signs in as a person of the demo.</summary>
    /// <param name="portal">Where the portal is.</param>
    /// <param name="account">The demo account's key.</param>
    /// <param name="compressed">Whether circuits offer the portal to compress what it sends, as those of browsers do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<LoadVisitor> SignInAsync(Uri portal, string account, bool compressed, CancellationToken cancellationToken)
    {
        var visitor = new LoadVisitor(portal, compressed);
        try
        {
            var form = await visitor.GetAsync(PortalUrls.SignIn(), cancellationToken);
            using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", TokenIn(form)), new("account", account)]);
            using var response = await visitor.http.PostAsync(PortalUrls.SignInAsDemo(), content, cancellationToken);
            return response.StatusCode == HttpStatusCode.Redirect ? visitor : throw new InvalidOperationException($"{account} is not let in: {response.StatusCode}.");
        }
        catch
        {
            visitor.Dispose();
            throw;
        }
    }

    /// <summary>Gets a page's HTML.</summary>
    public async Task<string> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(path, cancellationToken);
        return response.StatusCode == HttpStatusCode.OK
            ? await response.Content.ReadAsStringAsync(cancellationToken)
            : throw new InvalidOperationException($"{path} answers {response.StatusCode}, {response.Headers.Location}.");
    }

    /// <summary>Opens a page with its circuit.</summary>
    public async Task<Circuit> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var opened = OpenedPage.Parse(await GetAsync(path, cancellationToken));
        return await Circuit.OpenAsync(http, handler.CookieContainer, new Uri(http.BaseAddress!, path), opened, compressed, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private static string TokenIn(string page)
    {
        const string Before = "name=\"__RequestVerificationToken\" value=\"";
        var start = page.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return start >= Before.Length ? WebUtility.HtmlDecode(page[start..page.IndexOf('"', start)]) : throw new InvalidDataException("The page has no form.");
    }
}
