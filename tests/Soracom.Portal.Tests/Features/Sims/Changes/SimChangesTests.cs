using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Changes;

/// <summary>A change of one SIM: permitted, looked at before, audited, and told as it went.</summary>
public sealed class SimChangesTests(ClassScene own) : IClassFixture<ClassScene>
{
    /// <summary>How long the vendor takes: less than a stop waits, and not as long as anything else does.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(7);

    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Apply_Name_IsThereAtTheVendorAndInTheTrail()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);

        var changed = await ApplyAsync(tenant, sim.SimId, new SimNameChange("Pump 7"));
        Assert.Null(changed.Error);

        Assert.Equal(("Pump 7", false), (changed.Value.Sim.Name, changed.Value.Already));
        Assert.Equal("Pump 7", (await GetAsync(tenant, sim.SimId)).Name);
        var trail = await TrailAsync(tenant, sim.SimId);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], trail.Select(entry => entry.Outcome));
        Assert.All(trail, entry => Assert.Equal(("sim.name", sim.Name, "Pump 7", null), (entry.Action, entry.Before, entry.After, entry.Detail)));
        Assert.Equal([false, true], trail.Select(entry => entry.VendorRequestId is { Length: > 0 }));
    }

    [Fact]
    public async Task Apply_WhatIsSoAlready_SendsNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);

        var changed = await ApplyAsync(tenant, sim.SimId, new SimStatusChange(SimStatus.Active));

        Assert.True(changed.Value.Already);
        Assert.Empty(await TrailAsync(tenant, sim.SimId));
    }

    [Fact]
    public async Task Apply_WhatTheSimDoesNotAllow_SendsNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var sim = await ActiveSimAsync(tenant, protectedOnly: true);

        var refused = await ApplyAsync(tenant, sim.SimId, new SimTermination());

        Assert.Equal("Protected", Assert.IsType<ObstacleError>(refused.Error).Why.Key);
        Assert.Empty(await TrailAsync(tenant, sim.SimId));
        Assert.Equal(SimStatus.Active, (await GetAsync(tenant, sim.SimId)).Status);
    }

    [Fact]
    public async Task Apply_BadValue_IsNamedBeforeTheVendorIsAsked()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var refused = await ApplyAsync(tenant, "8942310099999999999", new SimImeiLockChange("123"));

        Assert.Equal("Imei", Assert.IsType<InputError>(refused.Error).Key);
    }

    [Fact]
    public async Task Apply_TerminationByAnOperator_IsDenied()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);

        foreach (var change in new SimChange[] { new SimTermination(), new SimProtectionChange(On: false), new SimExpiryChange(scene.Clock.GetUtcNow().AddDays(1), ExpiryAction.Terminate) })
        {
            await Assert.ThrowsAsync<PermissionDeniedException>(() => ApplyAsync(tenant, sim.SimId, change));
        }
    }

    [Fact]
    public async Task Apply_TagThenItsRemoval_LeavesTheSimAsItWas()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);

        var tagged = await ApplyAsync(tenant, sim.SimId, new SimTagChange("設置 場所/1", "大阪"));
        var removed = await ApplyAsync(tenant, sim.SimId, new SimTagRemoval("設置 場所/1"));

        Assert.Equal("大阪", tagged.Value.Sim.Tags["設置 場所/1"]);
        Assert.DoesNotContain("設置 場所/1", removed.Value.Sim.Tags.Keys);
    }

    [Fact]
    public async Task Apply_NoAnswerThoughItWasDone_IsSeenAfterwardsAndToldAsDone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = $"/v1/sims/{sim.SimId}/tags", Afterwards = true });

        var changed = await ApplyAsync(tenant, sim.SimId, new SimTagChange("seen", "yes"));

        Assert.Equal("yes", changed.Value.Sim.Tags["seen"]);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], (await TrailAsync(tenant, sim.SimId)).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Apply_NoAnswerAndNothingToSee_SaysThatTheOutcomeIsUnknown()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = $"/v1/sims/{sim.SimId}/tags" });

        var changed = await ApplyAsync(tenant, sim.SimId, new SimTagChange("unseen", "yes"));

        Assert.True(Assert.IsType<VendorError>(changed.Error).OutcomeUnknown);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Unknown], (await TrailAsync(tenant, sim.SimId)).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Apply_VendorRefuses_IsToldInItsOwnWordsAndNothingIsChanged()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);

        var refused = await ApplyAsync(tenant, sim.SimId, new SimGroupChange("11111111-2222-3333-4444-555555555555"));

        var error = Assert.IsType<VendorError>(refused.Error);
        Assert.False(error.OutcomeUnknown);
        Assert.NotNull(error.VendorMessage);
        var told = (await TrailAsync(tenant, sim.SimId))[^1];
        Assert.Equal(AuditOutcome.Failed, told.Outcome);
        Assert.Contains(error.Kind.ToString(), told.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_PageIsLeftMeanwhile_TheChangeIsMadeAndItsOutcomeRecorded()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = $"/v1/sims/{sim.SimId}/tags", Delay = TimeSpan.FromSeconds(1) });
        using var leaving = new CancellationTokenSource();

        var applying = scene.Get<SimChanges>().ApplyAsync(tenant, SoracomCoverage.Japan, sim.SimId, new SimTagChange("left", "yes"), leaving.Token);
        var answered = await scene.Clock.TimerWithinAsync(TimeSpan.FromSeconds(1), Watchdog.Token);
        await leaving.CancelAsync();
        scene.Clock.Advance(answered);

        Assert.Equal("yes", (await applying).Value.Sim.Tags["left"]);
        Assert.Equal(AuditOutcome.Succeeded, (await TrailAsync(tenant, sim.SimId))[^1].Outcome);
    }

    [Fact]
    public async Task Stop_WhileAChangeIsUnderWay_WaitsUntilItsOutcomeIsRecorded()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = $"/v1/sims/{sim.SimId}/tags", Delay = Held });
        var applying = ApplyAsync(tenant, sim.SimId, new SimTagChange("stopped", "no"));
        await scene.Clock.TimerBetweenAsync(Held - TimeSpan.FromSeconds(1), Held, Watchdog.Token);

        var stopping = scene.Get<ActsUnderWay>().StopAsync(Watchdog.Token);
        Assert.False(stopping.IsCompleted);
        scene.Clock.Advance(Held);
        await stopping;

        Assert.Equal(AuditOutcome.Succeeded, (await TrailAsync(tenant, sim.SimId))[^1].Outcome);
        await applying;
    }

    [Fact]
    public async Task Stop_TheVendorDoesNotAnswerInTime_EndsAllTheSame()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await ActiveSimAsync(tenant);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = $"/v1/sims/{sim.SimId}/tags", Delay = Held });
        var applying = ApplyAsync(tenant, sim.SimId, new SimTagChange("stopped", "late"));
        await scene.Clock.TimerBetweenAsync(Held - TimeSpan.FromSeconds(1), Held, Watchdog.Token);
        using var over = new CancellationTokenSource();

        var stopping = scene.Get<ActsUnderWay>().StopAsync(over.Token);
        await over.CancelAsync();

        await stopping.WaitAsync(Watchdog.Token);
        Assert.Equal(AuditOutcome.Begun, (await TrailAsync(tenant, sim.SimId))[^1].Outcome);
        scene.Clock.Advance(Held);
        await applying;
    }

    private Task<Result<SimChanged>> ApplyAsync(TenantContext tenant, string simId, SimChange change) =>
        scene.Get<SimChanges>().ApplyAsync(tenant, SoracomCoverage.Japan, simId, change, Watchdog.Token);

    private async Task<Sim> GetAsync(TenantContext tenant, string simId) =>
        (await scene.Get<TenantSoracom>().ReadAsync(tenant, SoracomCoverage.Japan, (client, token) => client.Sims.GetSimAsync(simId, token), Watchdog.Token)).Value;

    /// <summary>An active SIM that no other fact here has.</summary>
    private async Task<Sim> ActiveSimAsync(TenantContext tenant, bool protectedOnly = false)
    {
        var sims = await scene.Get<TenantSoracom>().ReadAsync(
            tenant,
            SoracomCoverage.Japan,
            async (client, token) => await client.Sims.SearchSimsAsync(status: [SimStatus.Active], limit: 100, cancellationToken: token),
            Watchdog.Token);
        var trail = (await scene.TrailAsync(PortalScene.Aoba)).Select(entry => entry.ObjectId).ToHashSet();
        return sims.Value.Items.First(sim => !trail.Contains(sim.SimId) && sim.Type != SimType.Virtual && (!protectedOnly || sim.TerminationEnabled == false));
    }

    private async Task<IReadOnlyList<AuditEntry>> TrailAsync(TenantContext tenant, string simId) =>
        [.. (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.ObjectId == simId && entry.ActorId == tenant.Actor.PersonId && entry.Action != AuditActions.PermissionUsed)];
}
