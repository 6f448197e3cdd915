using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Jobs;

/// <summary>A job whose process is killed, and that another process goes on with.</summary>
public sealed class SimJobKillTests
{
    private static readonly SimTagChange Tag = new("campaign", "autumn");

    [Fact]
    public async Task Kill_WhileItemsAreOut_EachIsDoneOnceAndNoneIsLost()
    {
        await using var scene = await JobScene.StartAsync();
        var job = await scene.BeginAsync(Tag);
        // One of the first eight is held up on its way; the others are carried out, and nobody has written that down yet.
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/sims/*/tags", Delay = TimeSpan.FromHours(1) });
        await using (var first = PortalProcess.Start(scene.Portal))
        {
            await first.UntilAsync(async () => (await scene.VendorAsync()).Values.Count(sim => sim.Tags.ContainsKey(Tag.Key)) == 7);
            await first.KillAsync();
        }

        var left = await scene.GetAsync(job.Id);
        Assert.Equal((SimJobState.Running, 8, 34, 0), (left.State, left.Sending, left.Waiting, left.Done));

        await PassTheTurnAsync(scene, job.Id);
        await using (var second = PortalProcess.Start(scene.Portal))
        {
            await second.UntilAsync(async () => (await scene.GetAsync(job.Id)).State == SimJobState.Done);
        }

        Assert.Equal("Done: 42 = 0 waiting, 0 sending, 42 done, 0 already, 0 refused, 0 failed, 0 unknown, 0 skipped", JobScene.Describe(await scene.GetAsync(job.Id)));
        Assert.All((await scene.VendorAsync()).Values, sim => Assert.Equal(Tag.Value, sim.Tags[Tag.Key]));
        Assert.Equal(Enumerable.Repeat(1, 42), (await scene.CallsAsync()).Values);
        Assert.Equal(42, (await scene.Portal.TrailAsync(PortalScene.Aoba)).Count(entry => entry.Action == Tag.Action));
    }

    [Fact]
    public async Task Kill_AtAnyMoment_EachIsDoneOnceAndNoneIsLost()
    {
        await using var scene = await JobScene.StartAsync("--Jobs:SimsAtOnce=3");
        var job = await scene.BeginAsync(Tag);
        foreach (var enough in (int[])[1, 15, 28])
        {
            await using var portal = PortalProcess.Start(scene.Portal, "--Jobs:SimsAtOnce=3");
            await portal.UntilAsync(async () => (await scene.GetAsync(job.Id)).Done >= enough);
            await portal.KillAsync();
            await PassTheTurnAsync(scene, job.Id);
        }

        await using (var last = PortalProcess.Start(scene.Portal))
        {
            await last.UntilAsync(async () => (await scene.GetAsync(job.Id)).State == SimJobState.Done);
        }

        Assert.Equal("Done: 42 = 0 waiting, 0 sending, 42 done, 0 already, 0 refused, 0 failed, 0 unknown, 0 skipped", JobScene.Describe(await scene.GetAsync(job.Id)));
        Assert.Equal(Enumerable.Repeat(1, 42), (await scene.CallsAsync()).Values);
        Assert.Equal(42, (await scene.Portal.TrailAsync(PortalScene.Aoba)).Count(entry => entry.Action == Tag.Action));
    }

    [Fact]
    public async Task Stop_WhileAnItemIsOut_WritesDownWhatBecameOfIt_AndLetsGoOfTheJob()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that asks a program to end.");
        await using var scene = await JobScene.StartAsync();
        var job = await scene.BeginAsync(Tag);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/sims/*/tags", Delay = TimeSpan.FromHours(1) });
        await using var portal = PortalProcess.Start(scene.Portal);
        await portal.UntilAsync(async () => (await scene.VendorAsync()).Values.Count(sim => sim.Tags.ContainsKey(Tag.Key)) == 7);

        var stopping = portal.StopAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await stopping);
        var left = await scene.GetAsync(job.Id);
        Assert.Equal((0, null, 42), (left.Sending, left.Holder, left.Done + left.Waiting));
        Assert.Equal(left.Done, (await scene.VendorAsync()).Values.Count(sim => sim.Tags.ContainsKey(Tag.Key)));
    }

    /// <summary>Lets the time run out that the killed process had the job for; the processes go by the machine's clock.</summary>
    private static Task PassTheTurnAsync(JobScene scene, Guid jobId) => scene.ChangeItemsAsync(jobId, (job, _) => job.HeldUntil = DateTimeOffset.UnixEpoch);
}
