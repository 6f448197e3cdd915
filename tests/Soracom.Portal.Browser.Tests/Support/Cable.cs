using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>The connection between a visitor's page and its circuit, to be cut and mended. It may be long: then what the circuit says arrives late.</summary>
internal sealed class Cable
{
    private readonly ConcurrentBag<IWebSocketRoute> sockets = [];
    private volatile bool cut;

    private Cable()
    {
    }

    /// <summary>Puts the cable in place, before the page is opened.</summary>
    /// <param name="visitor">Whose page it is.</param>
    /// <param name="lag">By how much what the circuit says is late.</param>
    public static async Task<Cable> LayAsync(Visitor visitor, TimeSpan lag = default)
    {
        var cable = new Cable();
        await visitor.Page.RouteWebSocketAsync("**/_blazor**", socket =>
        {
            cable.sockets.Add(socket);
            var server = socket.ConnectToServer();
            if (lag > TimeSpan.Zero)
            {
                Stretch(socket, server, lag);
            }
        });
        await visitor.Page.RouteAsync("**/_blazor/negotiate**", route => cable.cut ? route.AbortAsync("connectionfailed") : route.ContinueAsync());
        return cable;
    }

    /// <summary>Passes on what the circuit says in its order, each message late.</summary>
    private static void Stretch(IWebSocketRoute page, IWebSocketRoute server, TimeSpan lag)
    {
        var last = Task.CompletedTask;
        server.OnMessage(message =>
        {
            var (before, wait) = (last, Task.Delay(lag, TimeProvider.System));
            last = PassAsync();

            async Task PassAsync()
            {
                await before;
                await wait;
                if (message.Binary is { } bytes)
                {
                    page.Send(bytes);
                }
                else
                {
                    page.Send(message.Text!);
                }
            }
        });
    }

    /// <summary>Cuts the connection; new ones fail.</summary>
    public async Task CutAsync()
    {
        cut = true;
        foreach (var socket in sockets)
        {
            await socket.CloseAsync(new() { Code = 3001 });
        }
    }

    /// <summary>Lets new connections through.</summary>
    public void Mend() => cut = false;
}
