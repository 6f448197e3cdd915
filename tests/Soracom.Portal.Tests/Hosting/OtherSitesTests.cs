using System.Net;
using System.Net.WebSockets;
using System.Text;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>What pages of other sites may ask for, which may open circuits, and how much they, and forms, may send at once.</summary>
public sealed class OtherSitesTests(ClassScene own) : IClassFixture<ClassScene>
{
    private const string Negotiate = "/_blazor/negotiate?negotiateVersion=1";
    private const string Foreign = "https://elsewhere.example.test";

    private readonly PortalScene scene = own.Scene;

    private string Own => scene.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task Negotiate_OfAnotherSitesPage_IsRefused()
    {
        var person = await scene.SignInAsync();
        using var visitor = new Visitor(scene, person);
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = visitor.Cookies });

        Assert.Equal(HttpStatusCode.OK, await AskAsync(Own));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(origin: null));
        foreach (var origin in (string[])[Foreign, "null", Own.Replace("http:", "https:", StringComparison.Ordinal), $"http://sister.{scene.Address.Authority}"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(origin));
        }

        async Task<HttpStatusCode> AskAsync(string? origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scene.Address, Negotiate));
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var answer = await browser.SendAsync(request, Watchdog.Token);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData(Foreign)]
    [InlineData("null")]
    [InlineData(null)]
    public async Task Socket_OfAnotherSitesPage_OrOfNobodySays_IsRefused(string? origin)
    {
        using var socket = Socket(await scene.SignInAsync(), origin);

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Hub, CancellationToken.None));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    /// <summary>As browsers say it; a link of another site leads here, and nothing else of it does.</summary>
    [Theory]
    [InlineData(true, "GET", "cross-site", "navigate", "document")]
    [InlineData(true, "GET", "same-origin", "cors", "empty")]
    [InlineData(true, "GET", "none", "navigate", "document")]
    [InlineData(true, "GET", null, null, null)]
    [InlineData(false, "GET", "cross-site", "no-cors", "image")]
    [InlineData(false, "GET", "same-site", "no-cors", "script")]
    [InlineData(false, "GET", "cross-site", "navigate", "iframe")]
    [InlineData(false, "GET", "cross-site", "cors", "empty")]
    [InlineData(false, "POST", "cross-site", "navigate", "document")]
    public async Task Page_AskedForByAnotherSite_IsAnsweredToLinksAlone(bool isAnswered, string method, string? site, string? mode, string? destination)
    {
        using var browser = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(scene.Address, PortalUrls.SignIn(returnUrl: null)));
        foreach (var (name, value) in ((string, string?)[])[("Site", site), ("Mode", mode), ("Dest", destination)])
        {
            if (value is not null)
            {
                request.Headers.Add($"Sec-Fetch-{name}", value);
            }
        }

        using var answer = await browser.SendAsync(request, Watchdog.Token);

        Assert.Equal(isAnswered ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    /// <summary>By the first message, which names the protocol and may hold spaces.</summary>
    [Theory]
    [InlineData(100 * 1024, true)]
    [InlineData(132 * 1024, false)]
    public async Task Socket_OfThePortalsOwnPage_TakesMessagesUpToTheLimit(int length, bool isTaken)
    {
        using var socket = Socket(await scene.SignInAsync(), Own);
        await socket.ConnectAsync(Hub, Watchdog.Token);
        const string Begin = "{\"protocol\":\"blazorpack\",\"version\":1";

        await socket.SendAsync(Encoding.UTF8.GetBytes(Begin.PadRight(length - 2) + "}\u001e"), WebSocketMessageType.Text, endOfMessage: true, Watchdog.Token);
        var answer = new byte[1024];
        string said;
        try
        {
            var received = await socket.ReceiveAsync(answer, Watchdog.Token);
            said = Encoding.UTF8.GetString(answer, 0, received.Count);
        }
        catch (WebSocketException error)
        {
            said = error.Message;
        }

        Assert.Equal(isTaken, said == "{}\u001e");
    }

    [Theory]
    [InlineData(RequestSize.Most, 400)]
    [InlineData(RequestSize.Most + 1, 413)]
    public async Task Form_LargerThanAnyOfThePortals_IsRefused(int length, int status)
    {
        using var browser = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scene.Address, PortalUrls.Theme()));
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("theme=dark&filler=".PadRight(length, 'x')));
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        // Refused before it is sent.
        request.Headers.ExpectContinue = true;

        using var answer = await browser.SendAsync(request, Watchdog.Token);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    private Uri Hub => new UriBuilder(scene.Address) { Scheme = "ws", Path = OtherSites.Hub }.Uri;

    private ClientWebSocket Socket(Soracom.Portal.Security.SignedIn person, string? origin)
    {
        using var visitor = new Visitor(scene, person);
        var socket = new ClientWebSocket();
        socket.Options.Cookies = visitor.Cookies;
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        return socket;
    }
}
