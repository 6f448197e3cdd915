using System.Net;
using Soracom.Sandbox.Control;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Faults;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Saving;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox;

/// <summary>
/// The vendor's API served from memory, on an address for each coverage. Leaves its process alone: reads no configuration
/// or environment, takes no signals, and logs only to the logger that it is given.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly StateFile? stateFile;
    private readonly Uri? globalAddress;

    private SandboxServer(WebApplication application, World world, StateFile? stateFile, SandboxFaults faults, Uri japanAddress, Uri? globalAddress)
    {
        this.stateFile = stateFile;
        this.application = application;
        this.globalAddress = globalAddress;
        World = world;
        Faults = faults;
        JapanAddress = japanAddress;
    }

    /// <summary>Where the Japan coverage is served; clients append v1/...</summary>
    public Uri JapanAddress { get; }

    /// <summary>Where the Global coverage is served; clients append v1/...</summary>
    /// <exception cref="InvalidOperationException">The options leave it out.</exception>
    public Uri GlobalAddress => globalAddress ?? throw new InvalidOperationException("This sandbox serves the Japan coverage only.");

    /// <summary>The demo operators with their credentials, in the order of <see cref="SandboxOptions.Fleets"/>.</summary>
    public IReadOnlyList<SandboxOperator> Operators => World.Operators;

    /// <summary>What goes wrong on the next calls.</summary>
    public SandboxFaults Faults { get; }

    /// <summary>The state, for tests of rules that no operation reaches yet.</summary>
    internal World World { get; }

    /// <summary>Starts serving.</summary>
    /// <exception cref="ArgumentException">The options make no sense; the message says which.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        SandboxOptions.Validate(options);
        var keeper = options.StateFile is { } path ? new StateFile(path, options.LoggerFactory.CreateLogger<StateFile>()) : null;
        var world = new World(options, keeper?.Read(options.Seed, options.Clock.GetUtcNow()));
        keeper?.Keep(world);
        var faults = new SandboxFaults();

        var japan = new Listener(options.JapanAddress, Coverage.Japan);
        var global = options.GlobalAddress is { } address ? new Listener(address, Coverage.Global) : null;
        var host = Build(options.LoggerFactory, [japan, .. global is null ? (Listener[])[] : [global]]);
        var requests = new RequestHandler(
            new ApiHandler(world, faults),
            new ControlHandler(world, faults),
            new DownloadHandler(world, faults),
            options.LoggerFactory.CreateLogger<RequestHandler>());
        world.Stopping = host.Lifetime.ApplicationStopping;
        host.Run(context => requests.HandleAsync(context, host.Lifetime.ApplicationStopping));
        try
        {
            world.Resume();
            await host.StartAsync(cancellationToken);
        }
        catch
        {
            await StopDoorsAsync(world);
            await host.DisposeAsync();
            keeper?.Dispose();
            throw;
        }

        return new SandboxServer(host, world, keeper, faults, japan.BoundAddress, global?.BoundAddress);
    }

    /// <summary>Moves the sandbox's clock ahead; what is due by then happens.</summary>
    /// <param name="by">How far: at most 731 days in one go, and not beyond the year 2199.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is too far, or back. Nothing has changed.</exception>
    /// <exception cref="OperationCanceledException">The server is going to stop; the clock stays where it has come to.</exception>
    public void Advance(TimeSpan by) => World.Advance(by, CancellationToken.None);

    /// <summary>Where one can connect to a way into a device, see <see cref="SandboxOptions.Napter"/>.</summary>
    /// <param name="endpoint">Its address and port as the API tells them.</param>
    /// <returns>The listener; null when there is none any more, or there never was.</returns>
    public IPEndPoint? FindListener(string endpoint) =>
        World.Doors?.All.Where(door => door.Endpoint == endpoint).Select(door => new IPEndPoint(IPAddress.Loopback, door.Port)).FirstOrDefault();

    /// <summary>Makes everything as it was at the first start. API keys and tokens end, and armed faults are disarmed.</summary>
    public void Reset()
    {
        Faults.Clear();
        World.Reset();
    }

    /// <summary>Stops serving: delayed answers are dropped, others are finished. Then the state is saved, where it is kept.</summary>
    /// <exception cref="IOException">The state can't be saved.</exception>
    public async ValueTask DisposeAsync()
    {
        await StopDoorsAsync(World);
        await application.StopAsync();
        await application.DisposeAsync();
        stateFile?.Dispose();
        stateFile?.Write();
    }

    private static async Task StopDoorsAsync(World world)
    {
        if (world.Doors is { } doors)
        {
            await doors.StopAsync();
            doors.Dispose();
        }
    }

    private static WebApplication Build(ILoggerFactory loggerFactory, Listener[] listeners)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The API has a limit and an answer of its own.
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (var listener in listeners)
            {
                listener.Open(kestrel);
            }
        });
        return builder.Build();
    }

    /// <summary>The default one listens to Ctrl-C and termination signals, which belong to the process that the sandbox is a guest in.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
