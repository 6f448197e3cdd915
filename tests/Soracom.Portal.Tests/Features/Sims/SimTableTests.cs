using AngleSharp.Dom;
using Bunit;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;

namespace Soracom.Portal.Tests.Features.Sims;

/// <summary>A row says what there is to say of a SIM, as the sandbox answers it.</summary>
public sealed class SimTableTests(SharedScene shared) : IDisposable
{
    private readonly PortalScene scene = shared.Scene;
    private readonly ComponentScene circuit = new(shared.Scene);

    public void Dispose() => circuit.Dispose();

    [Fact]
    public async Task Row_LeadsToTheSimAndHoldsItsIdsToCopy()
    {
        var sim = (await SimsAsync("冷蔵トラック 3号車"))[0];

        var row = Open(sim).Find("tbody tr");

        var link = row.QuerySelector("a.strong")!;
        Assert.Equal(("冷蔵トラック 3号車", $"/t/aoba/sims/{sim.SimId}?coverage=jp"), (link.TextContent, link.GetAttribute("href")));
        Assert.Superset(
            new HashSet<string?> { sim.SimId, sim.PrimarySubscriber!.Imsi, sim.ActiveProfileId },
            row.QuerySelectorAll("[data-copy]").Select(button => button.GetAttribute("data-copy")).ToHashSet());
        Assert.Equal("group of " + sim.GroupId, row.QuerySelector(".group")!.TextContent);
        Assert.Contains("plan-D", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("s1.standard", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_SaysStatusAndSessionInWordsWithASign()
    {
        var sim = (await SimsAsync("冷蔵トラック 3号車"))[0];

        var badges = Open(sim with { Status = SimStatus.Testing }).FindAll("tbody .badge").Select(Words);

        Assert.Equal(["Testing", "Online"], badges);
        Assert.Contains("Offline", Open(sim with { SessionStatus = null }).FindAll("tbody .badge").Select(Words));
    }

    [Fact]
    public async Task Row_OfAnUnnamedSimInNoGroup_SaysSo()
    {
        var sim = (await SimsAsync("冷蔵トラック 3号車"))[0] with { GroupId = null, SpeedClass = null, Tags = new Dictionary<string, string> { ["name"] = string.Empty } };

        var row = Open(sim).Find("tbody tr");

        Assert.Equal("Unnamed", row.QuerySelector("a.strong")!.TextContent);
        Assert.Equal("–", row.QuerySelector(".group")!.TextContent);
        Assert.Empty(row.QuerySelectorAll(".tag"));
    }

    [Fact]
    public async Task Row_WithManyTags_ShowsTwoAndCountsTheRest()
    {
        var tags = Enumerable.Range(1, 5).ToDictionary(number => $"tag {number}", number => $"value {number}", StringComparer.Ordinal);
        tags["name"] = "<b>bold</b>";

        var table = Open((await SimsAsync("冷蔵トラック 3号車"))[0] with { Tags = tags });

        Assert.Equal(["tag 1: value 1", "tag 2: value 2", "+3"], table.FindAll(".tag").Select(tag => tag.TextContent));
        Assert.Equal("tag 3: value 3, tag 4: value 4, tag 5: value 5", table.FindAll(".tag")[2].GetAttribute("title"));
        Assert.Equal("<b>bold</b>", table.Find("a.strong").TextContent);
    }

    [Fact]
    public async Task Row_OfASimWithSeveralSubscriptions_HoldsEachImsi()
    {
        var sim = (await SimsAsync(text: string.Empty, SoracomCoverage.Global)).First(candidate => candidate.Profiles.Values.Sum(profile => profile.Subscribers.Count) > 1);

        var shown = Open(sim).FindAll(".ids [data-copy]").Select(button => button.GetAttribute("data-copy")!);

        Assert.Superset(sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Keys).ToHashSet(StringComparer.Ordinal), shown.ToHashSet());
    }

    private static string Words(IElement badge) => badge.TextContent.Trim();

    private async Task<IReadOnlyList<Sim>> SimsAsync(string text, SoracomCoverage coverage = SoracomCoverage.Japan)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        return (await scene.Get<SimSearch>().SearchAsync(tenant, coverage, SimQuery.All with { Text = text }, Watchdog.Token)).Value.Sims;
    }

    [Fact]
    public async Task Row_MarksWhatWasSearchedFor_AndSaysWhereItIsWhenNoColumnShowsIt()
    {
        var sim = (await SimsAsync("冷蔵トラック 3号車"))[0] with { SerialNumber = "SN-4711", Tags = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["name"] = "Truck", ["z"] = "x4711" } };

        var row = Open(sim, "4711").Find("tbody tr");

        Assert.Equal(["4711", "4711"], row.QuerySelectorAll("mark").Select(mark => mark.TextContent));
        Assert.Equal("Serial number SN-4711", row.QuerySelector(".match")!.TextContent);
        Assert.Equal(["z: x4711", "a: 1", "+1"], row.QuerySelectorAll(".tag").Select(tag => tag.TextContent));
    }

    [Fact]
    public async Task Row_FoundByItsPhoneNumber_ShowsIt()
    {
        var sim = (await SimsAsync("冷蔵トラック 3号車"))[0];
        var phone = sim.PrimarySubscriber!.Msisdn!;

        Assert.Equal($"MSISDN {phone}", Open(sim, phone).Find(".match").TextContent);
        var part = phone[..2];
        Assert.Empty(Open(sim with { Tags = new Dictionary<string, string> { ["name"] = $"a {part}" } }, part).FindAll(".match"));
    }

    [Fact]
    public async Task Table_OffersAWayPastItsLinks()
    {
        var table = Open((await SimsAsync("冷蔵トラック 3号車"))[0]);

        Assert.Equal("below", table.Find("a.skip-link").GetAttribute("data-skip-to"));
    }

    private IRenderedComponent<SimTable> Open(Sim sim, params string[] terms) => circuit.Render<SimTable>(parameters => parameters
        .Add(table => table.Sims, [sim])
        .Add(table => table.Slug, PortalScene.Aoba)
        .Add(table => table.Coverage, SoracomCoverage.Japan)
        .Add(table => table.GroupLabel, id => "group of " + id)
        .Add(table => table.PagerId, "below")
        .Add(table => table.Terms, terms));
}
