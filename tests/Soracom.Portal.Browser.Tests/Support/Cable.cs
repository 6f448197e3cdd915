using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>The connection between a visitor's page and its circuit, to be cut and mended.</summary>
internal sealed class Cable
{
    private readonly ConcurrentBag<IWebSocketRoute> sockets = [];
    private volatile bool cut;

    private Cable()
    {
    }

    /// <summary>Puts the cable in place, before the page is opened.</summary>
    public static async Task<Cable> LayAsync(Visitor visitor)
    {
        var cable = new Cable();
        await visitor.Page.RouteWebSocketAsync("**/_blazor**", socket =>
        {
            cable.sockets.Add(socket);
            socket.ConnectToServer();
        });
        await visitor.Page.RouteAsync("**/_blazor/negotiate**", route => cable.cut ? route.AbortAsync("connectionfailed") : route.ContinueAsync());
        return cable;
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
