using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.RemoteAccess.Events;

/// <summary>The page shows what its address says, in words, and puts what is chosen into the address.</summary>
public sealed class RemoteLogPageTests : IAsyncLifetime
{
    private RemoteLogScene scene = null!;
    private ComponentScene circuit = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await RemoteLogScene.StartAsync();
        circuit = new ComponentScene(scene.Portal);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Theory]
    [InlineData("en", "Connection ended", "Connected to the device", "Reached the door", "Door opened")]
    [InlineData("ja", "接続終了", "デバイスに接続", "アクセス", "リモートアクセスを開始")]
    public async Task Rows_SayInWordsWhatHappened_AndWhoHadOpenedTheDoorAndWhy(string language, params string[] happened)
    {
        var sim = (await scene.SimsAsync())[0];
        var mapping = await scene.OpenAsync(sim.SimId);
        var door = await scene.NoteAsync(mapping, sim);
        await scene.VisitAsync(mapping);
        await scene.ReadUntilAsync(sim, "CLOSED");
        using var speaking = new Speaking(language);

        var page = Open($"?door={door.Id}");

        Assert.Equal(happened, page.FindAll("tbody .badge").Select(badge => badge.TextContent.Trim()));
        Assert.All(page.FindAll("tbody .who a"), link => Assert.Equal(("Haruto", PortalUrls.Door(PortalScene.Aoba, door.Id)), (link.TextContent, link.GetAttribute("href"))));
        Assert.All(page.FindAll("tbody .why"), why => Assert.Contains("Look at the pump", why.TextContent, StringComparison.Ordinal));
        Assert.StartsWith($"{RemoteLogScene.Outside}:", page.Find("tbody tr code").TextContent, StringComparison.Ordinal);
        Assert.All(page.FindAll("tbody .sim"), cell => Assert.Equal(["Haruto", "OPS-12 · Look at the pump"], cell.QuerySelectorAll(".under").Select(line => line.TextContent)));
        Assert.Equal(language == "ja" ? "接続元" : "From", page.FindAll("thead th")[3].TextContent);
        Assert.Contains(page.FindAll("label"), label => label.TextContent.Trim() == (language == "ja" ? "開始" : "From"));
        Assert.Equal($"/t/aoba/remote-access/log.csv?door={door.Id}", page.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task Door_TellsWhoCame_OnItsOwnPage()
    {
        var sim = (await scene.SimsAsync())[0];
        var mapping = await scene.OpenAsync(sim.SimId);
        var door = await scene.NoteAsync(mapping, sim);
        await scene.VisitAsync(mapping);
        await scene.ReadUntilAsync(sim, "CLOSED");

        var card = circuit.Render<DoorEvents>(parameters => parameters.AddCascadingValue(scene.Tenant).Add(events => events.Slug, PortalScene.Aoba).Add(events => events.Door, door));

        card.WaitForAssertion(() => Assert.Equal(["Connection ended", "Connected to the device", "Reached the door", "Door opened"], card.FindAll(".badge").Select(badge => badge.TextContent.Trim())));
        Assert.StartsWith($"{RemoteLogScene.Outside}:", card.Find("li code").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/t/aoba/remote-access/log?door={door.Id}", card.Find(".body a").GetAttribute("href"));
    }

    [Fact]
    public async Task Row_OfADoorFromElsewhere_SaysSo()
    {
        var sim = (await scene.SimsAsync())[0];
        await scene.OpenAsync(sim.SimId);
        await scene.ReadUntilAsync(sim, "CREATED");

        var page = Open($"?sim={RemoteLogScene.ImsiOf(sim)}&type=CREATED&from=2026-04-01");

        Assert.Equal("Opened outside the portal", Assert.Single(page.FindAll("tbody .who")).TextContent.Trim());
    }

    [Fact]
    public void Open_ReadsTheVendorsLog_AndSaysHowFreshItIs()
    {
        var page = Open();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tbody tr")));
        Assert.Contains("just now", string.Join(' ', page.FindAll(".fresh").Select(fresh => fresh.TextContent)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_VendorRefuses_ShowsWhatThereIsAndWhatIsWrong()
    {
        await scene.Log.RefreshAsync(scene.Tenant, evenIfRecent: false, Watchdog.Token);
        scene.Portal.Clock.Advance(TimeSpan.FromHours(1));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/audit_logs/napter", Status = 403, Count = 2 });

        var page = Open();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".trouble .notice")));
        Assert.NotEmpty(page.FindAll("tbody tr"));
    }

    [Fact]
    public void Open_NothingFound_OffersToClearTheFilters()
    {
        var page = Open("?sim=nobody");

        page.WaitForAssertion(() => Assert.Equal("Nothing matches these filters", page.Find(".notice h2").TextContent));
        Assert.Equal("/t/aoba/remote-access/log", page.Find(".notice a").GetAttribute("href"));
    }

    [Fact]
    public void Choice_GoesIntoTheAddress_FromTheNewestOn()
    {
        var page = Open("?address=192&before=1-1");

        page.Act(it => it.FindAll("details")[1].QuerySelectorAll("input[type=checkbox]")[0].Change(value: true));
        Assert.Equal("/t/aoba/remote-access/log?address=192&type=CREATED", AddressAfterwards());
        page.Act(it => it.FindAll("details")[0].QuerySelectorAll("input[type=checkbox]")[^1].Change(value: true));
        Assert.Equal("/t/aoba/remote-access/log?address=192&person=elsewhere", AddressAfterwards());
        page.Act(it => it.FindAll("input[type=datetime-local]")[1].Change("2026-04-30T18:05"));
        Assert.Equal("/t/aoba/remote-access/log?address=192&until=2026-04-30T18%3A05", AddressAfterwards());
    }

    private IRenderedComponent<RemoteLogPage> Open(string query = "")
    {
        var page = circuit.Render<RemoteLogPage>(parameters => parameters
            .AddCascadingValue(scene.Tenant)
            .AddCascadingValue("Location", $"https://portal.test{PortalUrls.RemoteAccessLog(PortalScene.Aoba)}{query}")
            .Add(opened => opened.Slug, PortalScene.Aoba));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=status]")));
        return page;
    }

    private string AddressAfterwards()
    {
        var navigation = circuit.Services.GetRequiredService<NavigationManager>();
        return "/" + navigation.ToBaseRelativePath(navigation.Uri);
    }
}
