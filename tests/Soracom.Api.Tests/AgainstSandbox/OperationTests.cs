using Soracom.Api.Errors;
using Soracom.Api.Groups;
using Soracom.Api.Sims;
using Soracom.Api.Tests.Support;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>Every operation of the client, answered by the sandbox. The wire models refuse what they don't know, so that either side's slip shows.</summary>
public sealed class OperationTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Theory]
    [InlineData(SoracomCoverage.Japan, 42)]
    [InlineData(SoracomCoverage.Global, 18)]
    public async Task ListSims_WalksAllSimsOfACoverage_EachRead(SoracomCoverage coverage, int expected)
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);

        var sims = await sandbox.For(sandbox.Aoba, coverage).Sims.ListAllSimsAsync(Stop).ToListAsync(Stop);

        Assert.Equal(expected, sims.Count);
        Assert.Equal(expected, sims.Select(sim => sim.SimId).Distinct().Count());
        Assert.All(sims, sim => Assert.Equal(sandbox.Aoba.OperatorId, sim.OperatorId));
        Assert.All(sims, sim => Assert.NotNull(sim.PrimarySubscriber?.Imsi));
    }

    [Fact]
    public async Task ListSims_InPagesOfFive_GivesEachSimOnce()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var api = sandbox.For(sandbox.Aoba).Sims;
        var pages = 0;

        var sims = await SoracomPaging.WalkAsync("listSims", PageAsync, Stop).Select(sim => sim.SimId).ToListAsync(Stop);

        Assert.Equal(42, sims.Distinct().Count());
        Assert.Equal(42, sims.Count);
        Assert.InRange(pages, 9, 10);

        Task<SoracomPage<Sim>> PageAsync(string? key, CancellationToken cancellationToken)
        {
            pages++;
            return api.ListSimsAsync(5, key, cancellationToken);
        }
    }

    [Fact]
    public async Task ListSims_OfTenThousand_StreamsThemAll()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop, [DemoFleets.Nagisa]);

        var count = await sandbox.For(sandbox.Operator(DemoFleets.Nagisa), priority: CallPriority.Background).Sims.ListAllSimsAsync(Stop).CountAsync(Stop);

        Assert.Equal(10_000, count);
    }

    [Fact]
    public async Task GetSim_GivesWhatTheListGave()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var listed = (await client.Sims.ListSimsAsync(cancellationToken: Stop)).Items;

        foreach (var sim in listed)
        {
            var read = await client.Sims.GetSimAsync(sim.SimId, Stop);
            Assert.Equal(
                (sim.SimId, sim.Status, sim.Name, sim.CreatedTime, sim.PrimarySubscriber?.Imsi, sim.SessionStatus?.Online),
                (read.SimId, read.Status, read.Name, read.CreatedTime, read.PrimarySubscriber?.Imsi, read.SessionStatus?.Online));
        }
    }

    [Fact]
    public async Task GetSim_OfTheOtherCoverage_IsNotFound()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var abroad = (await sandbox.For(sandbox.Aoba, SoracomCoverage.Global).Sims.ListSimsAsync(cancellationToken: Stop)).Items[0];

        var failure = await Assert.ThrowsAsync<SoracomNotFoundException>(() => sandbox.For(sandbox.Aoba).Sims.GetSimAsync(abroad.SimId, Stop));

        Assert.NotNull(failure.Code);
        Assert.NotNull(failure.VendorMessage);
        Assert.NotNull(failure.RequestId);
    }

    [Theory]
    [InlineData("../groups")]
    [InlineData("a/b")]
    [InlineData("%2e%2e")]
    [InlineData("..")]
    [InlineData("名前")]
    public async Task GetSim_WithAnIdThatIsNone_IsNotFound_AndNoOtherOperation(string simId)
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);

        await Assert.ThrowsAsync<SoracomNotFoundException>(() => sandbox.For(sandbox.Aoba).Sims.GetSimAsync(simId, Stop));
    }

    [Fact]
    public async Task Language_OfTheClient_IsTheLanguageOfTheMessage()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);

        var english = await Assert.ThrowsAsync<SoracomNotFoundException>(() => sandbox.For(sandbox.Aoba).Sims.GetSimAsync("none", Stop));
        var japanese = await Assert.ThrowsAsync<SoracomNotFoundException>(
            () => sandbox.For(sandbox.Aoba, language: SoracomLanguage.Japanese).Sims.GetSimAsync("none", Stop));

        Assert.Equal(english.Code, japanese.Code);
        Assert.All(english.VendorMessage!, character => Assert.True(char.IsAscii(character)));
        Assert.Contains(japanese.VendorMessage!, character => character > 0x3000);
    }

    [Fact]
    public async Task SearchSims_ByTheLastDigitsOfAnImsi_FindsIt()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var wanted = (await client.Sims.ListSimsAsync(cancellationToken: Stop)).Items[7];

        var found = await client.Sims.SearchSimsAsync(imsi: [wanted.PrimarySubscriber!.Imsi![^6..]], cancellationToken: Stop);

        Assert.Contains(found.Items, sim => sim.SimId == wanted.SimId);
        Assert.All(found.Items, sim => Assert.Contains(
            sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Keys), imsi => imsi.Contains(wanted.PrimarySubscriber.Imsi[^6..], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SearchSims_ByStatusAndSession_AgreesWithTheList()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var all = await client.Sims.ListAllSimsAsync(Stop).ToListAsync(Stop);

        var found = await client.Sims.SearchSimsAsync(
            status: [SimStatus.Active], sessionStatus: SessionStatusFilter.Online, limit: 100, cancellationToken: Stop);

        Assert.NotEmpty(found.Items);
        Assert.Equal(
            all.Where(sim => sim is { Status: SimStatus.Active, SessionStatus.Online: true }).Select(sim => sim.SimId).Order(),
            found.Items.Select(sim => sim.SimId).Order());
    }

    [Fact]
    public async Task SearchSims_WithSeveralValues_IsAnyOfThemWithOr_AndPaged()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var all = await client.Sims.ListAllSimsAsync(Stop).ToListAsync(Stop);
        string[] subscriptions = [.. all.Select(sim => sim.PrimarySubscriber!.Subscription!).Distinct().Take(2)];

        var found = await SoracomPaging.WalkAsync(
            "searchSims",
            (key, stop) => client.Sims.SearchSimsAsync(
                subscription: subscriptions, searchType: SearchType.Or, limit: 4, lastEvaluatedKey: key, cancellationToken: stop),
            Stop).ToListAsync(Stop);

        Assert.Equal(
            all.Where(sim => sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Values).Any(one => subscriptions.Contains(one.Subscription)))
                .Select(sim => sim.SimId).Order(),
            found.Select(sim => sim.SimId).Order());
    }

    [Fact]
    public async Task SearchSims_ForASharedImsi_FindsEachOperatorsOwnSim()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop, [DemoFleets.Aoba, DemoFleets.Nagisa]);

        foreach (var demo in sandbox.Server.Operators)
        {
            var found = await sandbox.For(demo).Sims.SearchSimsAsync(imsi: [DemoFleets.SharedImsi], cancellationToken: Stop);
            Assert.Equal(demo.OperatorId, Assert.Single(found.Items).OperatorId);
        }
    }

    [Fact]
    public async Task SearchSims_ForOneCharacter_IsAnInvalidRequest()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);

        await Assert.ThrowsAsync<SoracomInvalidRequestException>(
            () => sandbox.For(sandbox.Aoba).Sims.SearchSimsAsync(name: ["x"], cancellationToken: Stop));
    }

    [Fact]
    public async Task SearchSims_OfAUserWhoMayNot_IsAPermissionFailure_AndListingStillWorks()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba.User("limited"));

        await Assert.ThrowsAsync<SoracomPermissionException>(() => client.Sims.SearchSimsAsync(name: ["truck"], cancellationToken: Stop));
        Assert.NotEmpty((await client.Sims.ListSimsAsync(cancellationToken: Stop)).Items);
    }

    [Fact]
    public async Task Groups_AreListedAndRead_WithTheirConfiguration()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);

        var groups = await client.Groups.ListAllGroupsAsync(Stop).ToListAsync(Stop);
        var read = await client.Groups.GetGroupAsync(groups[0].GroupId, Stop);

        Assert.NotEmpty(groups);
        Assert.Contains(groups, group => group.Configuration.Count > 0);
        Assert.Equal((groups[0].GroupId, groups[0].Name, groups[0].CreatedTime), (read.GroupId, read.Name, read.CreatedTime));
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => client.Groups.GetGroupAsync("none", Stop));
    }

    [Fact]
    public async Task Groups_AreFilteredByTheBeginningOfATag()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var name = (await client.Groups.ListGroupsAsync(cancellationToken: Stop)).Items[0].Name;

        var exact = await client.Groups.ListGroupsAsync("name", name, cancellationToken: Stop);
        var prefix = await client.Groups.ListGroupsAsync("name", name[..1], TagValueMatchMode.Prefix, cancellationToken: Stop);

        Assert.All(exact.Items, group => Assert.Equal(name, group.Name));
        Assert.Contains(prefix.Items, group => group.Name == name);
    }

    [Fact]
    public async Task Operator_IsRead()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);

        var read = await sandbox.For(sandbox.Aoba).Operators.GetOperatorAsync(sandbox.Aoba.OperatorId, Stop);

        Assert.Equal((sandbox.Aoba.OperatorId, sandbox.Aoba.Email), (read.OperatorId, read.Email));
        Assert.NotNull(read.CreateDate);
    }
}
