using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Napter;

/// <summary>The listener of one mapping, and the connections that came in by it. What may happen and what is on record is the account's business.</summary>
internal sealed partial class Door(DoorKey key, PortMapping mapping, TcpListener listener, World world, Doors doors, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly ITimer end = world.Clock.CreateTimer(_ => Look(key, world), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    // The listener forgets it when it is disposed, and makes another one.
    private readonly Socket accepting = listener.Server;
    private Lazy<X509Certificate2>? certificate;

    public DoorKey Key => key;

    /// <summary>Where it listens.</summary>
    public int Port { get; } = ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Completes when it is closed and nobody is left in it.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to let people in.</summary>
    /// <param name="tls">The certificate to show; null where TLS is not required.</param>
    public void Start(Lazy<X509Certificate2>? tls)
    {
        certificate = tls;
        Ended = Task.Run(AcceptAsync);

        // The mapping ends when somebody looks. Visitors are to be out in time though nobody does.
        var left = DateTimeOffset.FromUnixTimeMilliseconds(mapping.ExpiredTime) - world.Clock.GetUtcNow();
        end.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Stops listening, and ends the connections soon.</summary>
    public void Dispose()
    {
        end.Dispose();
        listener.Dispose();
        _ = EndAsync();
    }

    private static void Look(DoorKey key, World world)
    {
        try
        {
            key.Account.Run(world.Clock.GetUtcNow(), changing: false, static () => true);
        }
        catch (OperationCanceledException)
        {
            // The sandbox is ending, and the listener with it.
        }
    }

    private async Task EndAsync()
    {
        // What waits goes on on other threads: this one may hold the account's lock.
        await closing.CancelAsync();
        await Ended;
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var inside = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await accepting.AcceptAsync(closing.Token);
                inside.RemoveAll(visit => visit.IsCompleted);
                inside.Add(ServeAsync(socket));
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The mapping has ended.
        }

        await Task.WhenAll(inside);
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        try
        {
            if (socket.RemoteEndPoint is not IPEndPoint from)
            {
                return;
            }

            var visit = new Visit(0, "", Guid.NewGuid().ToString(), doors.Outside(from.Address).ToString(), from.Port);
            if (Ask((part, at) => part.Enter(key.Endpoint, visit, at)))
            {
                await LeadAsync(socket, visit);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            // The visitor has gone, spoke no TLS, or was shown out.
        }
        catch (Exception failure)
        {
            LogFailure(logger, key.Endpoint, failure);
        }
    }

    private async Task LeadAsync(Socket socket, Visit visit)
    {
        await using var plain = new NetworkStream(socket);
        await using var tls = certificate is null ? null : new SslStream(plain);
        if (tls is not null)
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate!.Value }, closing.Token);
        }

        if (!Ask((part, at) => part.Reach(key.Endpoint, visit, at)))
        {
            return;
        }

        try
        {
            await DeviceSockets.ServeAsync((Stream?)tls ?? plain, mapping.Target.Port, closing.Token);
        }
        finally
        {
            Ask((part, at) => part.Leave(key.Endpoint, visit, at));
        }
    }

    private bool Ask(Func<NapterPart, DateTimeOffset, bool> ask)
    {
        var now = world.Clock.GetUtcNow();
        return key.Account.Run(now, changing: true, () => ask(key.Account.Data(key.Coverage).Part<NapterPart>(), now));
    }

    [LoggerMessage(LogLevel.Error, "A connection to {Endpoint} failed.")]
    private static partial void LogFailure(ILogger logger, string endpoint, Exception exception);
}
