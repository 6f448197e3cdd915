using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Napter;

/// <summary>The listeners behind mappings. Thread-safe; it waits for no account, so that an account may open and close them under its lock.</summary>
internal sealed partial class Doors : IDisposable
{
    private readonly World world;
    private readonly NapterListening settings;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly Dictionary<DoorKey, Door> open = [];
    private readonly Lazy<X509Certificate2> certificate;
    private bool stopped;

    public Doors(World world, NapterListening settings, ILogger logger)
    {
        this.world = world;
        this.settings = settings;
        this.logger = logger;
        certificate = new(() => DoorCertificate.Make(world.Options.Clock.GetUtcNow()));
    }

    /// <summary>Whether mappings are named by their listeners.</summary>
    public bool GivesOutListeners => settings.GivesOutListeners;

    /// <summary>What is open: the endpoint as the API tells it, and the port that listens.</summary>
    public IReadOnlyList<(string Endpoint, int Port)> All
    {
        get
        {
            lock (gate)
            {
                return [.. open.Select(door => (door.Key.Endpoint, door.Value.Port)).OrderBy(door => door.Endpoint, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The address that somebody counts as.</summary>
    public IPAddress Outside(IPAddress address) => IPAddress.IsLoopback(address) ? settings.LoopbackCountsAs : address;

    /// <summary>Listens at a port, so far for nobody.</summary>
    /// <exception cref="SocketException">The port can't be had.</exception>
    public static TcpListener Listen(int port = 0)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    /// <summary>Lets visitors of a mapping in by a listener, which belongs to the door from now on.</summary>
    public void Open(OperatorAccount account, Coverage coverage, PortMapping mapping, TcpListener listener)
    {
        var door = new Door(new DoorKey(account, coverage, mapping.Endpoint), mapping, listener, world, this, logger);
        lock (gate)
        {
            if (!stopped)
            {
                open.Add(door.Key, door);
                door.Start(mapping.TlsRequired ? certificate : null);
                return;
            }
        }

        door.Dispose();
    }

    /// <summary>Opens once more what an earlier run of the sandbox has left; vendor-shaped ones at any port.</summary>
    /// <returns>False when the port of one that is named by it is somebody else's now.</returns>
    public bool TryReopen(OperatorAccount account, Coverage coverage, PortMapping mapping)
    {
        try
        {
            Open(account, coverage, mapping, Listen(mapping.IsItsListener ? mapping.Port : 0));
            return true;
        }
        catch (SocketException taken)
        {
            LogTaken(logger, mapping.Endpoint, taken);
            return false;
        }
    }

    /// <summary>Ends a mapping's listener and its connections.</summary>
    public void Close(OperatorAccount account, Coverage coverage, string endpoint) => Close(key => key == new DoorKey(account, coverage, endpoint));

    /// <summary>Ends those of an account, or all.</summary>
    public void CloseAll(OperatorAccount? account = null) => Close(key => account is null || key.Account == account);

    /// <summary>Ends all, and completes when the last connection has its end on record.</summary>
    public async Task StopAsync()
    {
        Task[] ends;
        lock (gate)
        {
            stopped = true;
            ends = [.. open.Values.Select(door => door.Ended)];
        }

        CloseAll();
        await Task.WhenAll(ends);
    }

    public void Dispose()
    {
        if (certificate.IsValueCreated)
        {
            certificate.Value.Dispose();
        }
    }

    private void Close(Func<DoorKey, bool> matches)
    {
        List<Door> closing;
        lock (gate)
        {
            closing = [.. open.Where(door => matches(door.Key)).Select(door => door.Value)];
            closing.ForEach(door => open.Remove(door.Key));
        }

        closing.ForEach(door => door.Dispose());
    }

    [LoggerMessage(LogLevel.Warning, "The port of {Endpoint} is taken: the remote access stays listed, but nobody can connect to it.")]
    private static partial void LogTaken(ILogger logger, string endpoint, Exception exception);
}

/// <summary>Which mapping a listener belongs to.</summary>
internal sealed record DoorKey(OperatorAccount Account, Coverage Coverage, string Endpoint);
