using Microsoft.Extensions.Logging;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Jobs;

/// <summary>When jobs are worked on, on a portal that does.</summary>
public sealed class SimJobWorkerTests : IAsyncLifetime
{
    private JobScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await JobScene.StartAsync("--Jobs:Run=true", "--Jobs:SimsAtOnce=1");

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Start_IsWorkedOnAtOnce()
    {
        var job = await scene.BeginAsync(new SimTagChange("a", "b"));

        await UntilAsync(async () => (await scene.GetAsync(job.Id)).State == SimJobState.Done);

        Assert.Equal(42, (await scene.GetAsync(job.Id)).Done);
    }

    [Fact]
    public async Task Job_ThatWasToldToWait_GoesOnByItself()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims/*/tags", Status = 429 });
        var job = await scene.BeginAsync(new SimTagChange("a", "b"));
        await UntilAsync(async () => await scene.GetAsync(job.Id) is { NotBefore: not null, Holder: null });

        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));

        await UntilAsync(async () => (await scene.GetAsync(job.Id)).State == SimJobState.Done);
        Assert.DoesNotContain(scene.Portal.Logs.Lines, line => line.Level >= LogLevel.Error);
    }

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        while (!await happened())
        {
            Watchdog.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
