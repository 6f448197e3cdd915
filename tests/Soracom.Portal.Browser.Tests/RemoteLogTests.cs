using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Api.Sims;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Somebody comes to a device through a door, and another looks at who did.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class RemoteLogTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Aoba = "aoba";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visit_OfADoorFromElsewhere_IsSeenInTheLog_AndItsEndToo()
    {
        var portal = await FreshPortalAsync();
        var client = Client(portal);
        var sim = await SimAsync(client);
        var door = await client.Napter.CreatePortMappingForSimAsync(
            sim.SimId, new NewSimPortMapping { Destination = new SimPortMappingDestination { Port = 22 }, Duration = 900, Source = new PortMappingSource { IpRanges = ["198.51.100.77/32"] } }, Cancellation);
        var user = await VisitAsync(portal);
        await user.SignInAsync("viewer", $"{PortalUrls.RemoteAccessLog(Aoba)}?sim={sim.ActiveProfile!.PrimaryImsi}");
        await user.SettledAsync();

        using var visit = new TcpClient();
        await visit.ConnectAsync(IPEndPoint.Parse(door.Endpoint!), Cancellation);
        Assert.Equal("ping", await EchoAsync(visit, "ping"));
        var newest = user.Page.Locator("tbody tr").First;
        await ReadAgainAsync(user, newest, "RemoteEvent.CONNECTED");
        await Expect(newest).ToContainTextAsync("198.51.100.77");
        await Expect(newest).ToContainTextAsync(user.Words["RemoteOrigin.Elsewhere"]);
        await user.KeepAsync("remote-log-visited");
        Assert.Empty(await user.FindingsAsync());

        await client.Napter.DeletePortMappingAsync(door.IpAddress!, $"{door.Port}", Cancellation);
        Assert.Equal(0, await EndAsync(visit));
        await ReadAgainAsync(user, newest, "RemoteEvent.DELETED");
        await Expect(user.Page.Locator("tbody tr").Nth(1)).ToContainTextAsync(user.Words["RemoteEvent.CLOSED"]);

        var download = await user.Page.RunAndWaitForDownloadAsync(() => user.Page.Locator("a[download]").ClickAsync());
        Assert.Contains("198.51.100.77", await File.ReadAllTextAsync(await download.PathAsync(), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Door_IsOpened_UsedByTheEndpointShown_SeenInTheLogWithItsReason_AndClosed()
    {
        var portal = await FreshPortalAsync();
        var sim = await SimAsync(Client(portal));
        var user = await VisitAsync(portal);
        await user.SignInAsync("operator", PortalUrls.NewDoor(Aoba, SoracomCoverage.Japan, sim.SimId));
        await user.SettledAsync();
        await user.Page.Locator("#sources").FillAsync("198.51.100.77/32");
        await user.Page.Locator("#reason").FillAsync("ポンプの調査");
        await Press(user, "Door.Do").ClickAsync();
        var endpoint = user.Page.Locator("section[aria-labelledby=use] .facts code").First;
        await Expect(endpoint).ToBeVisibleAsync();
        var opened = user.Location;

        using var visit = new TcpClient();
        await visit.ConnectAsync(IPEndPoint.Parse(await endpoint.InnerTextAsync()), Cancellation);
        Assert.Equal("ping", await EchoAsync(visit, "ping"));
        await user.OpenLiveAsync($"{PortalUrls.RemoteAccessLog(Aoba)}?sim={sim.ActiveProfile!.PrimaryImsi}");
        var newest = user.Page.Locator("tbody tr").First;
        await ReadAgainAsync(user, newest, "RemoteEvent.CONNECTED");
        await Expect(newest).ToContainTextAsync("198.51.100.77");
        await Expect(newest).ToContainTextAsync("ポンプの調査");
        await user.KeepAsync("remote-log-of-a-door");
        Assert.Empty(await user.FindingsAsync());
        await user.OpenLiveAsync(PortalUrls.PortfolioRemoteAccess());
        await Expect(user.Page.Locator("tbody tr").Filter(new() { HasText = "ポンプの調査" })).ToHaveCountAsync(1);
        await user.KeepAsync("portfolio-doors-open");
        Assert.Empty(await user.FindingsAsync());

        await user.OpenLiveAsync(opened);
        await Expect(user.Page.Locator(".events .badge").GetByText(user.Words["RemoteEvent.CONNECTED"], new() { Exact = true })).ToBeVisibleAsync();
        await user.KeepAsync("door-used");
        Assert.Empty(await user.FindingsAsync());
        await Press(user, "Door.Close").ClickAsync();
        await new Dialog(user).AnswerAsync(user.Words["Door.Close"]);
        Assert.Equal(0, await EndAsync(visit));
        await Expect(Press(user, "Door.Close")).ToHaveCountAsync(0);
        await user.OpenLiveAsync($"{PortalUrls.RemoteAccessLog(Aoba)}?sim={sim.ActiveProfile!.PrimaryImsi}");
        await ReadAgainAsync(user, newest, "RemoteEvent.DELETED");
        await Expect(newest).ToContainTextAsync("ポンプの調査");
    }

    private static ILocator Press(Visitor user, string key) => user.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = user.Words[key], Exact = true });

    /// <summary>A SIM that is online and that nobody has a door to.</summary>
    private static async Task<Sim> SimAsync(ISoracomClient client)
    {
        var open = (await client.Napter.ListPortMappingsAsync(cancellationToken: Cancellation)).Items.Select(door => door.SimId).ToHashSet(StringComparer.Ordinal);
        var sims = await client.Sims.ListSimsAsync(limit: 100, cancellationToken: Cancellation);
        return sims.Items.First(one => one is { SessionStatus.Online: true, Type: not SimType.Virtual } && !open.Contains(one.SimId));
    }

    private static ISoracomClient Client(PortalHost portal)
    {
        var account = portal.Sandbox.Operators.Single(one => one.Fleet == Aoba);
        return portal.Clients.For(new SoracomAccount("test", SoracomCoverage.Japan, _ => new(new AuthKeyCredential(account.AuthKeyId, account.AuthKey))));
    }

    private static async Task<string> EchoAsync(TcpClient client, string text)
    {
        var sent = Encoding.UTF8.GetBytes(text);
        await client.GetStream().WriteAsync(sent, Cancellation);
        var received = new byte[sent.Length];
        await client.GetStream().ReadExactlyAsync(received, Cancellation);
        return Encoding.UTF8.GetString(received);
    }

    private static async Task<int> EndAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], Cancellation);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Has the log read until its newest line tells of something.</summary>
    private static async Task ReadAgainAsync(Visitor user, ILocator newest, string key)
    {
        var told = newest.GetByText(user.Words[key], new() { Exact = true });
        while (await told.CountAsync() == 0)
        {
            await user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Refresh"] }).ClickAsync();
            await user.SettledAsync();
        }
    }
}
