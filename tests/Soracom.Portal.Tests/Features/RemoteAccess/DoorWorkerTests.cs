using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Keeping;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>When doors are looked after, on a portal that does: the scene's own does not.</summary>
public sealed class DoorWorkerTests : IAsyncLifetime
{
    private DoorScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await DoorScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Door_AtItsTime_IsSeenToBeGone()
    {
        var door = await scene.OpenAsync();
        using var worker = await StartAsync();

        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(15.5));

        await UntilAsync(door.Id, RemoteDoorState.Expired);
        await worker.StopAsync(Watchdog.Token);
    }

    [Fact]
    public async Task Start_AfterThePortalWasDown_SettlesWhatItLeft()
    {
        var (over, closing) = (await scene.OpenAsync(), await scene.OpenAsync(scene.Request(443) with { Duration = TimeSpan.FromHours(8) }));
        // It ended before it could close this one.
        await scene.ChangeAsync(closing.Id, row => (row.State, row.End) = (RemoteDoorState.Closing, RemoteDoorEnd.OpenerLeft));
        scene.Portal.Clock.Advance(TimeSpan.FromHours(3));

        using var worker = await StartAsync();

        await UntilAsync(over.Id, RemoteDoorState.Expired);
        await UntilAsync(closing.Id, RemoteDoorState.Closed);
        Assert.Empty(await scene.OfSimAsync());
        await worker.StopAsync(Watchdog.Token);
    }

    [Fact]
    public async Task Door_ThatCouldNotBeLookedAt_IsLookedAtAgain()
    {
        var door = await scene.OpenAsync();
        // More often than the client tries again while the clock moves.
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET", Count = 1000 });
        using var worker = await StartAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(15.5));
        await UntilAsync(async () => (await scene.LookAsync(door.Id)).Trouble is not null);

        scene.Portal.Sandbox.Faults.Clear();

        await UntilAsync(door.Id, RemoteDoorState.Expired);
        await worker.StopAsync(Watchdog.Token);
    }

    /// <summary>
    /// Lets time go by until something has happened: the worker waits between its looks, and the client between its tries. It goes by no
    /// faster than twenty times as fast as everybody's, so that no call runs into its time limit on the way.
    /// </summary>
    private async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await happened())
        {
            await pace.WaitForNextTickAsync(Watchdog.Token);
            scene.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private Task UntilAsync(Guid doorId, RemoteDoorState state) => UntilAsync(async () => (await scene.LookAsync(doorId)).State == state);

    private async Task<DoorWorker> StartAsync()
    {
        var worker = new DoorWorker(
            new Lazy<DoorKeeper>(scene.Portal.Get<DoorKeeper>), Options.Create(new RemoteAccessOptions { Run = true }), scene.Portal.Clock, NullLogger<DoorWorker>.Instance);
        await worker.StartAsync(Watchdog.Token);
        return worker;
    }
}
