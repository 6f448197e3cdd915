using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>
/// A WebSocket to the portal's hub that speaks "blazorpack": messages of MessagePack, each behind its length. It offers compression, as
/// browsers do: that costs the portal memory for each of them.
/// </summary>
internal sealed class HubConnection : IAsyncDisposable
{
    private const int Invocation = 1, Completion = 3, Ping = 6, Close = 7;
    private const byte EndOfHandshake = 0x1e;
    private const int AnswerIsError = 1, AnswerIsResult = 3;

    /// <summary>The portal takes a browser for gone that says nothing for 30 s.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    private readonly ClientWebSocket socket;
    private readonly IHubReceiver receiver;
    private readonly Channel<ReadOnlyMemory<byte>> outgoing = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly CancellationTokenSource ending = new();
    private Task running = Task.CompletedTask;

    private HubConnection(ClientWebSocket socket, IHubReceiver receiver)
    {
        this.socket = socket;
        this.receiver = receiver;
    }

    /// <summary>Connects.</summary>
    /// <param name="address">The hub, with the token of the negotiation.</param>
    /// <param name="origin">The portal's own address, as a page of it would say.</param>
    /// <param name="cookies">Who is signed in.</param>
    /// <param name="compressed">Whether compression is offered.</param>
    /// <param name="receiver">Gets what comes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<HubConnection> ConnectAsync(Uri address, string origin, CookieContainer cookies, bool compressed, IHubReceiver receiver, CancellationToken cancellationToken)
    {
        var mine = new ClientWebSocket();
        try
        {
            mine.Options.Cookies = cookies;
            mine.Options.SetRequestHeader("Origin", origin);
            mine.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
            if (compressed)
            {
                mine.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
            }

            await mine.ConnectAsync(address, cancellationToken);
            await mine.SendAsync(Encoding.UTF8.GetBytes("""{"protocol":"blazorpack","version":1}""" + (char)EndOfHandshake), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            var connection = new HubConnection(mine, receiver);
            connection.running = connection.RunAsync();
            return connection;
        }
        catch
        {
            mine.Dispose();
            throw;
        }
    }

    /// <summary>Calls a method of the hub that answers nothing.</summary>
    public void Send(string method, params object?[] arguments) => Send(id: null, method, arguments);

    /// <summary>Calls a method of the hub that answers.</summary>
    public void Ask(string method, params object?[] arguments) => Send("0", method, arguments);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        socket.Dispose();
        ending.Dispose();
    }

    private void Send(string? id, string method, object?[] arguments)
    {
        var message = new PackWriter().Array(6).Value(Invocation).NoEntries().Value(id).Value(method).Array(arguments.Length);
        foreach (var argument in arguments)
        {
            message.Value(argument);
        }

        Queue(message.Array(0));
    }

    private void Queue(PackWriter message) => outgoing.Writer.TryWrite(Framed(message.Written));

    private static byte[] Framed(ReadOnlyMemory<byte> message)
    {
        var framed = new List<byte>(message.Length + 5);
        for (var length = (uint)message.Length; ; length >>= 7)
        {
            if (length < 0x80)
            {
                framed.Add((byte)length);
                break;
            }

            framed.Add((byte)(length | 0x80));
        }

        framed.AddRange(message.Span);
        return [.. framed];
    }

    private async Task RunAsync()
    {
        // The first of the three that ends takes the others along.
        Task[] all = [ReceiveAsync(), SendAsync(), PingAsync()];
        var first = await Task.WhenAny(all);
        var mine = ending.IsCancellationRequested;
        await ending.CancelAsync();
        await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);
        receiver.Ended(mine ? null : first.Exception?.InnerException ?? new IOException("The portal has closed the connection."));
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(PingEvery, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(ending.Token))
        {
            Queue(new PackWriter().Array(1).Value(Ping));
        }
    }

    private async Task SendAsync()
    {
        await foreach (var message in outgoing.Reader.ReadAllAsync(ending.Token))
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, ending.Token);
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[16 * 1024];
        var (filled, greeted) = (0, false);
        while (true)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }

            var got = await socket.ReceiveAsync(buffer.AsMemory(filled), ending.Token);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            filled += got.Count;
            var used = 0;
            if (!greeted)
            {
                used = Greeted(buffer.AsSpan(0, filled));
                greeted = used > 0;
            }

            while (greeted && TryFrame(buffer.AsSpan(used, filled - used), out var start, out var length))
            {
                Read(buffer.AsSpan(used + start, length));
                used += start + length;
            }

            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
        }
    }

    /// <summary>How long the answer to the handshake is; 0 where it is not all there.</summary>
    private static int Greeted(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf(EndOfHandshake);
        if (end >= 0 && !received[..end].SequenceEqual("{}"u8))
        {
            throw new InvalidDataException($"The hub refuses the handshake: {Encoding.UTF8.GetString(received[..end])}");
        }

        return end + 1;
    }

    private static bool TryFrame(ReadOnlySpan<byte> received, out int start, out int length)
    {
        (start, length) = (0, 0);
        for (var shift = 0; start < received.Length; shift += 7)
        {
            var digit = received[start++];
            length |= (digit & 0x7f) << shift;
            if ((digit & 0x80) == 0)
            {
                return received.Length - start >= length;
            }
        }

        return false;
    }

    private void Read(ReadOnlySpan<byte> message)
    {
        var reader = new PackReader(message);
        var values = reader.Array();
        switch (reader.Number())
        {
            case Invocation:
                reader.NoEntries();
                reader.Text();
                var method = reader.Text() ?? string.Empty;
                reader.Array();
                receiver.Receive(method, ref reader);
                break;
            case Completion:
                reader.NoEntries();
                reader.Text();
                var kind = reader.Number();
                receiver.Receive(kind switch
                {
                    AnswerIsError => throw new InvalidOperationException($"The hub has failed: {reader.Text()}"),
                    AnswerIsResult => reader.Text(),
                    _ => null,
                });
                break;
            case Close:
                throw new IOException($"The hub has closed the connection: {(values > 1 ? reader.Text() : null) ?? "without a word"}.");
            default:
                // A ping.
                break;
        }
    }
}
