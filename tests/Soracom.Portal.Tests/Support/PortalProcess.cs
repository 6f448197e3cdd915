using System.Diagnostics;

namespace Soracom.Portal.Tests.Support;

/// <summary>The portal as a process of its own, on the database and the sandbox of a scene, so that it can be killed.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly FollowedClock.Follower? follower;
    private readonly Task<string> errors;

    private PortalProcess(Process process, FollowedClock.Follower? follower)
    {
        this.process = process;
        this.follower = follower;
        errors = process.StandardError.ReadToEndAsync(Watchdog.Token);
        // A full pipe would stop it.
        process.OutputDataReceived += (_, line) => follower?.Hear(line.Data);
        process.BeginOutputReadLine();
    }

    /// <summary>Starts it, with the machine's own clock.</summary>
    public static PortalProcess Start(PortalScene scene, params string[] settings) => Start(scene, clock: null, settings);

    /// <summary>Starts it, with a clock that the test moves.</summary>
    public static PortalProcess Start(PortalScene scene, FollowedClock? clock, params string[] settings)
    {
        var portal = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = AppContext.BaseDirectory };
        string[] args =
        [
            Path.Combine(AppContext.BaseDirectory, "Soracom.Portal.dll"),
            "--environment=Development",
            "--urls=http://127.0.0.1:0",
            "--Demo:Sandbox=false",
            $"--ConnectionStrings:Portal={scene.TestDatabase.ConnectionString}",
            $"--Soracom:JapanEndpoint={scene.Sandbox.JapanAddress}",
            $"--Soracom:GlobalEndpoint={scene.Sandbox.GlobalAddress}",
            "--Inventory:Walk=false",
            .. settings,
        ];
        if (clock is not null)
        {
            portal.RedirectStandardInput = true;
            portal.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
            portal.Environment[FollowedClock.Variable] = clock.Now;
        }

        foreach (var arg in args)
        {
            portal.ArgumentList.Add(arg);
        }

        var started = Process.Start(portal)!;
        return new PortalProcess(started, clock?.Lead(started.StandardInput));
    }

    /// <summary>Waits for something that it does.</summary>
    /// <param name="happened">Looks whether it was done.</param>
    /// <param name="every">How often is looked; null for as often as is good.</param>
    public async Task UntilAsync(Func<Task<bool>> happened, TimeSpan? every = null)
    {
        // Not as fast as can be: what is asked meanwhile is counted by the sandbox, too.
        using var look = new PeriodicTimer(every ?? TimeSpan.FromMilliseconds(20));
        while (!await happened() && await look.WaitForNextTickAsync(Watchdog.Token))
        {
            Assert.False(process.HasExited, process.HasExited ? await errors : null);
        }
    }

    /// <summary>Kills it, as by a power cut: nothing of it runs on.</summary>
    public async Task KillAsync()
    {
        follower?.Dispose();
        process.Kill();
        await process.WaitForExitAsync(Watchdog.Token);
    }

    /// <summary>Asks it to end, as a platform does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var asking = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(Watchdog.Token);
        follower?.Dispose();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
