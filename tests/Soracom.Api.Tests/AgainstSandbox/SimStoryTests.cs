using Soracom.Api.Errors;
using Soracom.Api.Groups;
using Soracom.Api.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>What becomes of a SIM, by the client: from its registration to its end.</summary>
public sealed class SimStoryTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task VirtualSim_IsMade_TellsItsKeyOnce_AndEnds()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);

        var made = await client.SimProfiles.CreateSimAsync(VirtualSimOrder.Arc, Stop);
        var read = await client.Sims.GetSimAsync(made.SimId, Stop);
        await client.Sims.EnableSimTerminationAsync(made.SimId, Stop);
        var ended = await client.Sims.TerminateSimAsync(made.SimId, Stop);

        Assert.Equal((SimType.Virtual, SimStatus.Active, "planArc01"), (made.Type, made.Status, made.PrimarySubscriber?.Subscription));
        Assert.Equal(sandbox.Clock.GetUtcNow(), made.CreatedTime);
        Assert.NotNull(made.ActiveProfile?.ArcClientPeerPrivateKey);
        Assert.Null(read.ActiveProfile?.ArcClientPeerPrivateKey);
        Assert.Equal(made.ActiveProfile?.ArcClientPeerPublicKey, read.ArcSessionStatus?.ArcClientPeerPublicKey);
        Assert.Equal(SimStatus.Terminated, ended.Status);
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => client.Sims.ActivateSimAsync(made.SimId, Stop));
    }

    [Fact]
    public async Task OrderedSim_IsRegistered_WithItsGroupAndTags_AndOnlyOnce()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var simId = sandbox.StockedSims()[0];
        var group = (await client.Groups.ListGroupsAsync(cancellationToken: Stop)).Items[0];
        var registration = new SimRegistration { RegistrationSecret = simId[^8..], GroupId = group.GroupId, Tags = new Dictionary<string, string> { ["name"] = "新しい SIM", ["a/b"] = "c" } };

        await Assert.ThrowsAsync<SoracomNotFoundException>(() => client.Sims.RegisterSimAsync(simId, registration with { RegistrationSecret = "00000000" }, Stop));
        var registered = await client.Sims.RegisterSimAsync(simId, registration, Stop);
        var found = await client.Sims.SearchSimsAsync(name: ["新しい SIM"], cancellationToken: Stop);

        Assert.Equal((SimStatus.Ready, group.GroupId, "新しい SIM", "c"), (registered.Status, registered.GroupId, registered.Name, registered.Tags["a/b"]));
        Assert.Equal([simId], found.Items.Select(sim => sim.SimId));
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => client.Sims.RegisterSimAsync(simId, registration, Stop));
    }

    [Fact]
    public async Task Status_GoesWhereItMay_AndTheSessionWithIt()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sims = sandbox.For(sandbox.Aoba).Sims;
        var simId = (await OnlineAsync(sims)).SimId;

        var deactivated = await sims.DeactivateSimAsync(simId, Stop);
        var activated = await sims.ActivateSimAsync(simId, Stop);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var back = await sims.GetSimAsync(simId, Stop);
        var standby = await sims.SetSimToStandbyAsync(simId, Stop);
        var suspended = await sims.SuspendSimAsync(simId, Stop);
        var history = await sims.ListSimStatusHistoryAsync(simId, sort: SortOrder.Ascending, limit: 100, cancellationToken: Stop);

        Assert.Equal(
            [(SimStatus.Inactive, false), (SimStatus.Active, false), (SimStatus.Active, true), (SimStatus.Standby, false), (SimStatus.Suspended, false)],
            new[] { deactivated, activated, back, standby, suspended }.Select(sim => (sim.Status, sim.SessionStatus?.Online)));
        Assert.Equal(
            [SimStatus.Inactive, SimStatus.Active, SimStatus.Standby, SimStatus.Suspended],
            history.Items.Select(entry => entry.Status).Skip(history.Items.Count - 4));
    }

    [Fact]
    public async Task Termination_NeedsItsProtectionOff_AndIsFinal()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sims = sandbox.For(sandbox.Aoba).Sims;
        var simId = (await OnlineAsync(sims)).SimId;

        var refusal = await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sims.TerminateSimAsync(simId, Stop));
        var untouched = await sims.GetSimAsync(simId, Stop);
        await sims.EnableSimTerminationAsync(simId, Stop);
        await sims.DisableSimTerminationAsync(simId, Stop);
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sims.TerminateSimAsync(simId, Stop));
        await sims.EnableSimTerminationAsync(simId, Stop);
        var ended = await sims.TerminateSimAsync(simId, Stop);

        Assert.Equal("terminateSim", refusal.OperationId);
        Assert.NotNull(refusal.VendorMessage);
        Assert.NotNull(refusal.RequestId);
        Assert.Equal((SimStatus.Active, false), (untouched.Status, untouched.TerminationEnabled));
        Assert.Equal((SimStatus.Terminated, false), (ended.Status, ended.SessionStatus?.Online));
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sims.SuspendSimAsync(simId, Stop));
    }

    [Theory]
    [InlineData(null, SimStatus.Active, true)]
    [InlineData(ExpiryAction.DoNothing, SimStatus.Active, true)]
    [InlineData(ExpiryAction.DeleteSession, SimStatus.Active, false)]
    [InlineData(ExpiryAction.Deactivate, SimStatus.Inactive, false)]
    [InlineData(ExpiryAction.Suspend, SimStatus.Suspended, false)]
    [InlineData(ExpiryAction.Terminate, SimStatus.Terminated, false)]
    public async Task Expiry_DoesWhatItSays_AtItsTimeAndNotBefore(string? action, string status, bool online)
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sims = sandbox.For(sandbox.Aoba).Sims;
        var simId = (await OnlineAsync(sims)).SimId;
        await sims.EnableSimTerminationAsync(simId, Stop);
        var expiry = new Expiry { ExpiryTime = sandbox.Clock.GetUtcNow().AddMinutes(5), ExpiryAction = action };

        var set = await sims.SetSimExpiryTimeAsync(simId, expiry, Stop);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        var before = await sims.GetSimAsync(simId, Stop);
        sandbox.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var after = await sims.GetSimAsync(simId, Stop);

        Assert.Equal((expiry.ExpiryTime, action), (set.ExpiryTime, set.ExpiryAction));
        Assert.Equal((SimStatus.Active, true), (before.Status, before.SessionStatus?.Online));
        Assert.Equal((status, online), (after.Status, after.SessionStatus?.Online));
    }

    [Fact]
    public async Task Expiry_TakenBack_DoesNothing_AndMayNotTerminateWhatIsProtected()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sims = sandbox.For(sandbox.Aoba).Sims;
        var simId = (await OnlineAsync(sims)).SimId;
        var expiry = new Expiry { ExpiryTime = sandbox.Clock.GetUtcNow().AddMinutes(5), ExpiryAction = ExpiryAction.Suspend };

        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sims.SetSimExpiryTimeAsync(simId, expiry with { ExpiryAction = ExpiryAction.Terminate }, Stop));
        await sims.SetSimExpiryTimeAsync(simId, expiry, Stop);
        var unset = await sims.UnsetSimExpiryTimeAsync(simId, Stop);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Null(unset.ExpiryTime);
        Assert.Equal(SimStatus.Active, (await sims.GetSimAsync(simId, Stop)).Status);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => sims.UnsetSimExpiryTimeAsync(simId, Stop));
    }

    [Fact]
    public async Task Tags_OfAnyName_AreSet_Kept_AndDeletedByThatName()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sims = sandbox.For(sandbox.Aoba).Sims;
        var before = await OnlineAsync(sims);
        string[] names = ["a/b", "100%", "%2F", "場所 1", "a+b c", "..", "?x=1&y#z", "tcp://beam.soracom.io:8023", "\"<>\\", "~é"];

        var tagged = await sims.PutSimTagsAsync(before.SimId, [.. names.Select(name => new Tag { TagName = name, TagValue = $"値 {name}" })], Stop);
        var left = new List<int>();
        foreach (var name in names)
        {
            await sims.DeleteSimTagAsync(before.SimId, name, Stop);
            left.Add((await sims.GetSimAsync(before.SimId, Stop)).Tags.Count);
        }

        Assert.All(names, name => Assert.Equal($"値 {name}", tagged.Tags[name]));
        Assert.Equal(Enumerable.Range(0, names.Length).Select(deleted => before.Tags.Count + names.Length - 1 - deleted), left);
        Assert.Equal(before.Tags, (await sims.GetSimAsync(before.SimId, Stop)).Tags);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => sims.DeleteSimTagAsync(before.SimId, "a/b", Stop));
    }

    [Fact]
    public async Task Group_IsSetAndUnset_AndTheGroupsListFollows()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var simId = (await OnlineAsync(client.Sims)).SimId;
        var group = await client.Groups.CreateGroupAsync(new NewGroup { Tags = new Dictionary<string, string> { ["name"] = "新しいグループ" } }, Stop);

        var joined = await client.Sims.SetSimGroupAsync(simId, new GroupChoice { GroupId = group.GroupId }, Stop);
        var members = await client.Sims.SearchSimsAsync(groupId: [group.GroupId], cancellationToken: Stop);
        var left = await client.Sims.UnsetSimGroupAsync(simId, Stop);

        Assert.Equal(group.GroupId, joined.GroupId);
        Assert.Equal([simId], members.Items.Select(sim => sim.SimId));
        Assert.Null(left.GroupId);
        Assert.Empty((await client.Sims.SearchSimsAsync(groupId: [group.GroupId], cancellationToken: Stop)).Items);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => client.Sims.SetSimGroupAsync(simId, new GroupChoice { GroupId = "none" }, Stop));
    }

    [Fact]
    public async Task ImeiLock_TakesThePresentDevice_AndKeepsAnotherOut()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sims = sandbox.For(sandbox.Aoba).Sims;
        var sim = await OnlineAsync(sims);

        var locked = await sims.SetSimImeiLockAsync(sim.SimId, cancellationToken: Stop);
        var elsewhere = await sims.SetSimImeiLockAsync(sim.SimId, new ImeiLock { Imei = "001017001234567" }, Stop);
        await sims.DeleteSimSessionAsync(sim.SimId, Stop);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        var kept = await sims.GetSimAsync(sim.SimId, Stop);
        var unlocked = await sims.UnsetSimImeiLockAsync(sim.SimId, Stop);

        Assert.Equal(sim.SessionStatus?.Imei, locked.ImeiLock?.Imei);
        Assert.Equal("001017001234567", elsewhere.ImeiLock?.Imei);
        Assert.False(kept.SessionStatus?.Online);
        Assert.Null(unlocked.ImeiLock?.Imei);
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sims.SetSimImeiLockAsync(sim.SimId, new ImeiLock { Imei = "12" }, Stop));
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sims.SetSimImeiLockAsync(sim.SimId, cancellationToken: Stop));
    }

    [Fact]
    public async Task SpeedClass_IsOneOfThePlans()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sims = sandbox.For(sandbox.Aoba).Sims;
        var simId = (await OnlineAsync(sims)).SimId;

        var faster = await sims.UpdateSimSpeedClassAsync(simId, new SpeedClassChoice { SpeedClass = SpeedClass.FourTimesFast }, Stop);

        Assert.Equal(SpeedClass.FourTimesFast, faster.SpeedClass);
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sims.UpdateSimSpeedClassAsync(simId, new SpeedClassChoice { SpeedClass = SpeedClass.UploadSlow }, Stop));
        Assert.Equal(SpeedClass.FourTimesFast, (await sims.GetSimAsync(simId, Stop)).SpeedClass);
    }

    [Fact]
    public async Task Session_Deleted_IsTold_AndComesBackAsAnotherOne()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sims = sandbox.For(sandbox.Aoba).Sims;
        var sim = await OnlineAsync(sims);
        var start = sandbox.Clock.GetUtcNow();

        var deleted = await sims.DeleteSimSessionAsync(sim.SimId, Stop);
        var again = await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => sims.DeleteSimSessionAsync(sim.SimId, Stop));
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var back = await sims.GetSimAsync(sim.SimId, Stop);
        var events = await sims.ListSimSessionEventsAsync(sim.SimId, from: start, cancellationToken: Stop);

        Assert.False(deleted.SessionStatus?.Online);
        Assert.Equal("SEM0016", again.Code);
        Assert.True(back.SessionStatus?.Online);
        Assert.NotEqual(sim.SessionStatus?.SessionId, back.SessionStatus?.SessionId);
        Assert.Equal((sim.SessionStatus?.SessionId, start), (back.PreviousSession?.SessionId, back.PreviousSession?.DeletedTime));
        Assert.Equal(
            [(SessionEventKind.Created, back.SessionStatus?.SessionId), (SessionEventKind.Deleted, sim.SessionStatus?.SessionId)],
            events.Items.Select(one => (one.Event!, one.SessionId)));
    }

    [Fact]
    public async Task SessionEvents_PageByPage_AreAllOfThem()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var sims = sandbox.For(sandbox.Aoba).Sims;
        var simId = (await OnlineAsync(sims)).SimId;

        var whole = await WalkAsync(100);
        var paged = await WalkAsync(2);

        Assert.True(whole.Count > 4, $"{whole.Count} events");
        Assert.Equal(whole, paged);

        async Task<List<(string?, DateTimeOffset?)>> WalkAsync(int limit) => await SoracomPaging
            .WalkAsync("listSimSessionEvents", (key, stop) => sims.ListSimSessionEventsAsync(simId, limit: limit, lastEvaluatedKey: key, cancellationToken: stop), Stop)
            .Select(one => (one.Event, one.Time))
            .ToListAsync(Stop);
    }

    [Fact]
    public async Task LocalInfo_ComesWhenTheDeviceHasAnswered()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var sim = await OnlineAsync(client.Sims);

        var asked = await client.SimMessages.ReportSimLocalInfoAsync(sim.SimId, Stop);
        var early = await client.Sims.GetSimAsync(sim.SimId, Stop);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(20));
        var told = await client.Sims.GetSimAsync(sim.SimId, Stop);

        Assert.Equal(sim.PrimarySubscriber?.Imsi, asked.Imsi);
        Assert.Empty(early.LocalInfo!);
        Assert.Equal(sim.SessionStatus?.Imei, told.LocalInfo?["imei"]);
    }

    [Fact]
    public async Task Subscription_IsAddedOverTheAir_StepByStep()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba, SoracomCoverage.Global);
        var sim = (await client.Sims.SearchSimsAsync(
            subscription: ["plan01s"], sessionStatus: SessionStatusFilter.Online, status: [SimStatus.Active], limit: 1, cancellationToken: Stop)).Items[0];
        var iccid = sim.ActiveProfileId!;

        var profile = await client.SimProfiles.AddSubscriptionAsync(
            sim.SimId, iccid, new SubscriptionOrder { Subscription = AddedSubscription.PlanX1, Type = AddedSubscriptionType.Cellular, Enable = true }, Stop);
        var imsi = profile.Subscribers.Keys.Except(sim.Profiles[iccid].Subscribers.Keys).Single();
        var states = new List<string?> { profile.Subscribers[imsi].Status };
        for (var minute = 0; minute < 2; minute++)
        {
            sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
            states.Add((await client.Sims.GetSimAsync(sim.SimId, Stop)).Profiles[iccid].Subscribers[imsi].Status);
        }

        Assert.Equal(["shipped", "delivered", "ready"], states);
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => client.SimProfiles.CancelSubscriptionContainerDownloadAsync(sim.SimId, iccid, imsi, Stop));
    }

    private static async Task<Sim> OnlineAsync(ISimsApi sims) => (await sims.SearchSimsAsync(
        subscription: ["plan-K2"], sessionStatus: SessionStatusFilter.Online, status: [SimStatus.Active], limit: 1, cancellationToken: Stop)).Items[0];
}
