using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>The player of one page. Its scripts are loaded when something is played.</summary>
/// <param name="browser">The browser.</param>
internal sealed class PlayerInBrowser(IJSRuntime browser) : IAsyncDisposable
{
    private DotNetObjectReference<CameraPlayer>? owner;
    private IJSObjectReference? module;
    private IJSObjectReference? playing;

    /// <summary>Counts up with each stop.</summary>
    private int stops;

    /// <summary>Plays.</summary>
    /// <param name="listener">Is told how far it is.</param>
    /// <param name="scripts">Addresses of the page's script and of the player.</param>
    /// <param name="screen">Where it is seen, and where the time that is seen is written.</param>
    /// <param name="parts">Addresses of manifests, with when their footage begins in Unix milliseconds; null for the newest.</param>
    /// <param name="zone">IANA time zone of the time that is written.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the browser was told.</returns>
    /// <exception cref="JSException">The script could not be loaded.</exception>
    public async Task PlayAsync(
        CameraPlayer listener,
        (string Page, string Player) scripts,
        (ElementReference Video, ElementReference Clock) screen,
        IEnumerable<(string Manifest, long? From)> parts,
        string zone,
        CancellationToken cancellationToken)
    {
        var before = stops;
        module ??= await browser.InvokeAsync<IJSObjectReference>("import", cancellationToken, scripts.Page);
        owner ??= DotNetObjectReference.Create(listener);
        var handle = await module.InvokeAsync<IJSObjectReference>(
            "play", cancellationToken, screen.Video, screen.Clock, owner, scripts.Player, parts.Select(part => new { manifest = part.Manifest, from = part.From }), zone);
        if (before == stops)
        {
            playing = handle;
        }
        else
        {
            // It was stopped before it was told that it had begun.
            await StopAsync(handle);
        }
    }

    /// <summary>Stops what is played.</summary>
    /// <returns>A task that ends when the browser was told.</returns>
    public async Task StopAsync()
    {
        stops++;
        var handle = playing;
        playing = null;
        if (handle is not null)
        {
            await StopAsync(handle);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (module is { } loaded)
        {
            await QuietlyAsync(() => loaded.DisposeAsync());
        }

        owner?.Dispose();
    }

    private static async Task StopAsync(IJSObjectReference handle)
    {
        await QuietlyAsync(() => handle.InvokeVoidAsync("stop"));
        await QuietlyAsync(() => handle.DisposeAsync());
    }

    /// <summary>Tells the browser what it need not hear any more where it has gone away.</summary>
    private static async ValueTask QuietlyAsync(Func<ValueTask> act)
    {
        try
        {
            await act();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException or JSException)
        {
            // It went away, and what it played with it.
        }
    }
}
