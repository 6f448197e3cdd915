using Microsoft.EntityFrameworkCore;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Jobs;

/// <summary>How jobs go, and what stops them.</summary>
public sealed class SimJobRunTests : IAsyncLifetime
{
    /// <summary>How long the vendor takes: less than a stop waits, and not as long as anything else does.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(7);

    private static readonly SimTagChange Tag = new("campaign", "秋の検査");

    private JobScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await JobScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Run_TagsForAll_DoesEachOnceAndKeepsWhatWasBefore()
    {
        var job = await scene.BeginAsync(Tag);

        var done = await scene.WorkAsync(job.Id);

        Assert.Equal("Done: 42 = 0 waiting, 0 sending, 42 done, 0 already, 0 refused, 0 failed, 0 unknown, 0 skipped", JobScene.Describe(done));
        Assert.All((await scene.VendorAsync()).Values, sim => Assert.Equal(Tag.Value, sim.Tags[Tag.Key]));
        Assert.Equal(Enumerable.Repeat(1, 42), (await scene.CallsAsync()).Values);
        Assert.All(await scene.ItemsAsync(job.Id), item => Assert.Equal(("", Tag.Value, SimJobJson.Write(new SimTagRemoval(Tag.Key))), (item.Before, item.After, item.Undo)));
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        Assert.All(db.InventorySims, sim => Assert.Equal(Tag.Value, InventoryRow.TagsOf(sim)[Tag.Key]));
        var trail = await db.AuditEntries.Where(entry => entry.Action == Tag.Action).ToListAsync(Watchdog.Token);
        Assert.Equal(42, trail.Count);
        Assert.All(trail, entry => Assert.Equal((AuditOutcome.Succeeded, scene.Tenant.Actor.PersonId, AuditEntry.Itself, scene.Tenant.Actor.Name), (entry.Outcome, entry.ActorId, entry.ActorName, entry.OnBehalfOf)));
        Assert.All(trail, entry => Assert.Equal(($"#1, {Tag.Key}", null, Tag.Value), (entry.Detail, entry.Before, entry.After)));
        Assert.Equal(42, trail.Select(entry => entry.VendorRequestId).OfType<string>().Distinct().Count());
    }

    [Fact]
    public async Task Plan_StatusOfAll_SaysWhatHasNothingToDoAndWhatIsRefusedAndSendsNothing()
    {
        var job = await scene.PlanAsync(new SimStatusChange(SimStatus.Suspended));

        var sims = await scene.VendorAsync();
        Assert.All(await scene.ItemsAsync(job.Id), item =>
        {
            var sim = sims[item.SimId];
            var expected = sim.Status == SimStatus.Suspended ? SimJobItemState.Already
                : sim.Status == SimStatus.Terminated || sim.ModuleType == ModuleType.Virtual ? SimJobItemState.Refused
                : SimJobItemState.Waiting;
            Assert.Equal((expected, sim.Status, expected == SimJobItemState.Refused), (item.State, item.Before, item.Reason is not null));
        });
        Assert.Equal(42, job.Total);
        Assert.Equal(SimJobState.Planned, job.State);
        Assert.True(job is { Waiting: > 0, Already: > 0, Refused: > 0 }, JobScene.Describe(job));
        Assert.Empty(await scene.CallsAsync());
    }

    [Fact]
    public async Task Run_SimChangedSinceThePlan_IsLookedAtAgainFirst()
    {
        var job = await scene.BeginAsync(Tag);
        var items = await scene.ItemsAsync(job.Id);
        await scene.Root().Sims.PutSimTagsAsync(items[0].SimId, [new Soracom.Api.Tag { TagName = Tag.Key, TagValue = Tag.Value }], Watchdog.Token);
        await scene.Root().Sims.PutSimTagsAsync(items[1].SimId, [new Soracom.Api.Tag { TagName = Tag.Key, TagValue = "春" }], Watchdog.Token);
        scene.Portal.Clock.Advance(SimJobSender.FreshFor);

        var done = await scene.WorkAsync(job.Id);

        Assert.Equal((41, 1), (done.Done, done.Already));
        var after = await scene.ItemsAsync(job.Id);
        Assert.Equal(SimJobItemState.Already, after[0].State);
        Assert.Equal(("春", SimJobJson.Write(Tag with { Value = "春" })), (after[1].Before, after[1].Undo));
    }

    [Fact]
    public async Task Run_VendorRefusesOne_FailsThatOneAndSaysWhy()
    {
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims/*/tags", Status = 409 });

        var done = await scene.WorkAsync(job.Id);

        Assert.Equal((SimJobState.Done, 41, 1), (done.State, done.Done, done.Failed));
        var failed = Assert.Single(await scene.ItemsAsync(job.Id), item => item.State == SimJobItemState.Failed);
        Assert.Equal(nameof(VendorErrorKind.Refused), failed.Reason);
        Assert.NotEmpty(SimJobJson.ReadTexts(failed.Detail)[0]);

        var again = await scene.Jobs.RetryAsync(scene.Tenant, job.Id, Watchdog.Token);
        Assert.Equal((SimJobState.Running, 1, 0), (again.Value.State, again.Value.Waiting, again.Value.Failed));
        Assert.Equal(42, (await scene.WorkAsync(job.Id)).Done);
        Assert.Equal(Enumerable.Repeat(1, 42), (await scene.CallsAsync()).Values);
    }

    [Theory]
    // The change is made and its answer is lost: the SIM tells.
    [InlineData(SandboxFaultKind.Cut, true, SimJobItemState.Done)]
    [InlineData(SandboxFaultKind.Truncate, true, SimJobItemState.Done)]
    // It may still come, for all that is known.
    [InlineData(SandboxFaultKind.Cut, false, SimJobItemState.Unknown)]
    public async Task Run_AnswerIsLost_TheSimTellsWhetherItWasDone(SandboxFaultKind fault, bool afterwards, SimJobItemState expected)
    {
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = fault, Path = "/v1/sims/*/tags", Afterwards = afterwards });

        var done = await scene.WorkAsync(job.Id);

        Assert.Equal(SimJobState.Done, done.State);
        Assert.Equal(expected == SimJobItemState.Done ? 42 : 41, done.Done);
        Assert.Equal(expected == SimJobItemState.Unknown ? 1 : 0, done.Unknown);
        if (expected == SimJobItemState.Unknown)
        {
            await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
            Assert.Single(db.AuditEntries, entry => entry.Outcome == AuditOutcome.Unknown);
        }
        else
        {
            Assert.Equal(Enumerable.Repeat(1, 42), (await scene.CallsAsync()).Values);
        }
    }

    [Fact]
    public async Task Run_VendorThrottles_WaitsAsLongAsItWasToldAndGoesOnWhereItWas()
    {
        await using var slow = await JobScene.StartAsync("--Jobs:SimsAtOnce=1");
        var job = await slow.BeginAsync(Tag);
        slow.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims/*/tags", Status = 429 });

        var waiting = await slow.WorkAsync(job.Id);

        Assert.Equal((SimJobState.Running, nameof(VendorErrorKind.RateLimited), 42), (waiting.State, waiting.Trouble, waiting.Waiting));
        Assert.InRange(waiting.NotBefore!.Value - slow.Portal.Clock.GetUtcNow(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(42, (await slow.WorkAsync(job.Id)).Waiting);

        slow.Portal.Clock.Advance(waiting.NotBefore.Value - slow.Portal.Clock.GetUtcNow());
        var done = await slow.WorkAsync(job.Id);

        Assert.Equal((SimJobState.Done, 42, null), (done.State, done.Done, done.Trouble));
        Assert.Equal(Enumerable.Repeat(1, 42), (await slow.CallsAsync()).Values);
    }

    [Fact]
    public async Task Run_VendorIsDown_TriesLessAndLessOftenAndThenWaitsForSomebody()
    {
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Clock.Advance(SimJobSender.FreshFor);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/", Status = 503, Count = 100_000 });
        var waits = new List<TimeSpan>();

        var state = await scene.WorkAsync(job.Id);
        while (state.State == SimJobState.Running)
        {
            waits.Add(state.NotBefore!.Value - scene.Portal.Clock.GetUtcNow());
            scene.Portal.Clock.Advance(waits[^1]);
            state = await scene.WorkAsync(job.Id);
        }

        Assert.Equal((SimJobState.Paused, nameof(VendorErrorKind.Unavailable), 42, 0), (state.State, state.Trouble, state.Waiting, state.Sending));
        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(90));

        scene.Portal.Sandbox.Faults.Clear();
        await scene.Jobs.ResumeAsync(scene.Tenant, job.Id, Watchdog.Token);
        Assert.Equal(42, (await scene.WorkAsync(job.Id)).Done);
    }

    [Fact]
    public async Task Run_AnswerIsLostAndTheVendorIsDown_NobodyKnowsUntilItCanBeAsked()
    {
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = "/v1/sims/*/tags", Method = "PUT", Count = 8 });
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims/", Method = "GET", Status = 503, Count = 8 });

        var out8 = await scene.WorkAsync(job.Id);

        Assert.Equal((SimJobState.Running, 8, 34), (out8.State, out8.Sending, out8.Waiting));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(3));
        var done = await scene.WorkAsync(job.Id);
        Assert.Equal((SimJobState.Done, 8, 34), (done.State, done.Unknown, done.Done));
    }

    [Fact]
    public async Task Run_NoAnswerComesAnyMore_WaitsInsteadOfGoingOn()
    {
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims/*/tags", Method = "PUT", Status = 503, Count = 8 });

        var waiting = await scene.WorkAsync(job.Id);

        Assert.Equal((SimJobState.Running, 8, 34, nameof(VendorErrorKind.Unavailable)), (waiting.State, waiting.Unknown, waiting.Waiting, waiting.Trouble));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((8, 34), ((await scene.WorkAsync(job.Id)).Unknown, (await scene.GetAsync(job.Id)).Done));
        await scene.Jobs.RetryAsync(scene.Tenant, job.Id, Watchdog.Token);
        Assert.Equal(42, (await scene.WorkAsync(job.Id)).Done);
    }

    [Fact]
    public async Task Run_OwnerLosesTheRight_PausesAndSaysSo()
    {
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Owner, "Short Stay");
        using (var theirs = await scene.Portal.OpenAsync(person, PortalScene.Aoba))
        {
            var planned = (await scene.Plans.PlanFoundAsync(theirs, JobScene.Japan, new SimLookup(), Tag, Watchdog.Token)).Value;
            await scene.Jobs.StartAsync(theirs, planned.Id, typed: null, Watchdog.Token);
            await scene.Portal.TestDatabase.ExecuteAsync("UPDATE TenantMembers SET Role = 'Viewer' WHERE PersonId = $person", ("$person", person.PersonId.ToString().ToUpperInvariant()));

            var paused = await scene.WorkAsync(planned.Id);

            Assert.Equal((SimJobState.Paused, SimJobTrouble.RightLost, 42), (paused.State, paused.Trouble, paused.Waiting));
            Assert.Empty(await scene.CallsAsync());

            // Somebody who may takes it over.
            Assert.Equal(scene.Tenant.Actor.PersonId, (await scene.Jobs.ResumeAsync(scene.Tenant, planned.Id, Watchdog.Token)).Value.OwnerId);
            Assert.Equal(42, (await scene.WorkAsync(planned.Id)).Done);
        }
    }

    [Fact]
    public async Task Run_CredentialIsAnotherAccountsNow_SendsNothing()
    {
        var job = await scene.BeginAsync(Tag);
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET OperatorId = 'OP0099999999' WHERE Coverage = 'jp'");

        var paused = await scene.WorkAsync(job.Id);

        Assert.Equal((SimJobState.Paused, SimJobTrouble.OtherAccount, scene.Portal.Clock.GetUtcNow()), (paused.State, paused.Trouble, paused.PausedAt));
        Assert.Empty(await scene.CallsAsync());
    }

    [Fact]
    public async Task Pause_AndResume_GoesOnWhereItWas()
    {
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/sims/*/tags", Count = 8, Delay = TimeSpan.FromSeconds(1) });
        var working = scene.WorkAsync(job.Id);
        await scene.Portal.StruckAsync();

        var asked = await scene.Jobs.PauseAsync(scene.Tenant, job.Id, Watchdog.Token);
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var paused = await working;

        Assert.Equal((SimJobState.Paused, 8), (asked.Value.State, asked.Value.Sending));
        Assert.Null(paused.PausedAt);
        Assert.Equal("Paused: 42 = 34 waiting, 0 sending, 8 done, 0 already, 0 refused, 0 failed, 0 unknown, 0 skipped", JobScene.Describe(paused));
        await scene.Jobs.ResumeAsync(scene.Tenant, job.Id, Watchdog.Token);
        Assert.Equal(42, (await scene.WorkAsync(job.Id)).Done);
        Assert.Equal(Enumerable.Repeat(1, 42), (await scene.CallsAsync()).Values);
    }

    [Fact]
    public async Task Cancel_WhileItemsAreOut_LeavesTheRestOut()
    {
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/sims/*/tags", Count = 8, Delay = TimeSpan.FromSeconds(1) });
        var working = scene.WorkAsync(job.Id);
        await scene.Portal.StruckAsync();

        await scene.Jobs.CancelAsync(scene.Tenant, job.Id, Watchdog.Token);
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var cancelled = await working;

        Assert.Equal("Cancelled: 42 = 0 waiting, 0 sending, 8 done, 0 already, 0 refused, 0 failed, 0 unknown, 34 skipped", JobScene.Describe(cancelled));
        Assert.IsType<JobMovedError>((await scene.Jobs.ResumeAsync(scene.Tenant, job.Id, Watchdog.Token)).Error);
        Assert.Equal(8, (await scene.CallsAsync()).Count);
    }

    [Fact]
    public async Task Start_Terminations_AsksForTheirNumber()
    {
        var job = await scene.PlanAsync(new SimTermination());

        Assert.NotNull((await scene.Jobs.StartAsync(scene.Tenant, job.Id, typed: null, Watchdog.Token)).Error);
        Assert.NotNull((await scene.Jobs.StartAsync(scene.Tenant, job.Id, job.Waiting + 1, Watchdog.Token)).Error);
        Assert.Null((await scene.Jobs.StartAsync(scene.Tenant, job.Id, job.Waiting, Watchdog.Token)).Error);
        Assert.IsType<JobMovedError>((await scene.Jobs.StartAsync(scene.Tenant, job.Id, job.Waiting, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Run_TwoAtOnce_OneWorks()
    {
        var job = await scene.BeginAsync(Tag);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.WorkAsync(job.Id)));

        Assert.Equal(42, (await scene.GetAsync(job.Id)).Done);
        Assert.Equal(Enumerable.Repeat(1, 42), (await scene.CallsAsync()).Values);
    }

    [Fact]
    public async Task Run_ProgramEndsWhileItemsAreOut_TheNextLooksThemUp()
    {
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/sims/*/tags", Count = 8, Delay = TimeSpan.FromHours(1) });
        using var end = new CancellationTokenSource();
        var working = scene.Portal.Get<SimJobRunner>().RunAsync(scene.Tenant.TenantId, job.Id, end.Token);
        await scene.Portal.StruckAsync();
        await end.CancelAsync();
        scene.Portal.Clock.Advance(Turn.HandOver);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);

        // Nobody touches it while a call may still be on its way.
        Assert.Equal(8, (await scene.WorkAsync(job.Id)).Sending);
        scene.Portal.Clock.Advance(JobTurn.HeldFor);
        var done = await scene.WorkAsync(job.Id);

        Assert.Equal((SimJobState.Done, 42), (done.State, done.Done));
        Assert.All((await scene.VendorAsync()).Values, sim => Assert.Equal(Tag.Value, sim.Tags[Tag.Key]));
        Assert.Equal(42, (await scene.CallsAsync()).Count);
    }

    [Fact]
    public async Task Run_ProgramIsAskedToStop_WritesDownWhatIsUnderWay_AndTheNextGoesOnAtOnce()
    {
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/sims/*/tags", Delay = Held });
        using var end = new CancellationTokenSource();
        var working = scene.Portal.Get<SimJobRunner>().RunAsync(scene.Tenant.TenantId, job.Id, end.Token);
        await scene.Portal.Clock.TimerBetweenAsync(Held - TimeSpan.FromSeconds(1), Held, Watchdog.Token);
        await end.CancelAsync();
        scene.Portal.Clock.Advance(Held);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);

        var left = await scene.GetAsync(job.Id);
        Assert.Equal((0, null, 42), (left.Sending, left.Holder, left.Done + left.Waiting));
        Assert.Equal(8, left.Done);
        var done = await scene.WorkAsync(job.Id);

        Assert.Equal((SimJobState.Done, 42), (done.State, done.Done));
        Assert.Equal(Enumerable.Repeat(1, 42), (await scene.CallsAsync()).Values);
    }

    [Fact]
    public async Task Settle_AfterTheTurnWasLost_WritesNothing()
    {
        var store = scene.Portal.Get<SimJobStore>();
        var job = await scene.BeginAsync(Tag);
        var first = (await store.TakeAsync(scene.Tenant.TenantId, job.Id, Watchdog.Token))!;
        var batch = (await store.ClaimAsync(scene.Tenant.TenantId, first.Turn, 3, Watchdog.Token))!;
        Assert.True(first.Turn.IsSafe);
        scene.Portal.Clock.Advance(JobTurn.HeldFor);
        Assert.False(first.Turn.IsSafe);
        var second = await store.TakeAsync(scene.Tenant.TenantId, job.Id, Watchdog.Token);

        Assert.NotNull(second);
        Assert.Null(await store.SettleAsync(scene.Tenant.TenantId, first.Turn, [.. batch.Items.Select(item => new SimJobOutcome(item, SimJobItemState.Done))], Watchdog.Token));
        Assert.Null(await store.ClaimAsync(scene.Tenant.TenantId, first.Turn, 3, Watchdog.Token));
        Assert.False(await store.HoldAsync(scene.Tenant.TenantId, first.Turn, Watchdog.Token));
        Assert.Equal((3, 0), ((await scene.GetAsync(job.Id)).Sending, (await scene.GetAsync(job.Id)).Done));
    }

    [Fact]
    public async Task Send_TooLongAfterTheLastWord_SendsNothing_SinceAnotherMayHaveTakenTheJob()
    {
        var store = scene.Portal.Get<SimJobStore>();
        var job = await scene.BeginAsync(Tag);
        var taken = (await store.TakeAsync(scene.Tenant.TenantId, job.Id, Watchdog.Token))!;
        var batch = (await store.ClaimAsync(scene.Tenant.TenantId, taken.Turn, 2, Watchdog.Token))!;
        var sender = scene.Portal.Get<SimJobSender>();

        var safe = await sender.SendAsync(taken.Account, taken.Turn, batch.Items[0], Watchdog.Token);
        scene.Portal.Clock.Advance(JobTurn.HeldFor / 2);
        var late = await sender.SendAsync(taken.Account, taken.Turn, batch.Items[1], Watchdog.Token);

        Assert.Equal((SimJobItemState.Done, SimJobItemState.Waiting), (safe.State, late.State));
        Assert.Equal([batch.Items[0].SimId], (await scene.CallsAsync()).Keys);
    }
}
