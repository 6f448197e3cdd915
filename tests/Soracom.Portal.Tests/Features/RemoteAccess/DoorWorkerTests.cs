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
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET" });
        using var worker = await StartAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(15.5));
        await UntilAsync(async () => (await scene.LookAsync(door.Id)).Trouble is not null);

        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(2));

        await UntilAsync(door.Id, RemoteDoorState.Expired);
        await worker.StopAsync(Watchdog.Token);
    }

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        while (!await happened())
        {
            Watchdog.Token.ThrowIfCancellationRequested();
            await Task.Yield();
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
