using Microsoft.AspNetCore.Components;

namespace Soracom.Portal.Shared.Data;

/// <summary>A box to search as one types: it speaks up when the typing pauses, or at once on Enter.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(350);

    // Told, but not yet come back as the value: the way leads through the address, and one may type on meanwhile.
    private readonly Queue<string> underWay = new();

    private string text = string.Empty;
    private string? seen;
    private CancellationTokenSource? waiting;

    /// <summary>What is searched for.</summary>
    [Parameter]
    [EditorRequired]
    public required string Value { get; set; }

    /// <summary>Called with what to search for.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>Says what can be searched for.</summary>
    [Parameter]
    [EditorRequired]
    public required string Placeholder { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose() => StopWaiting();

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (Value == seen)
        {
            return;
        }

        seen = Value;
        if (underWay.Contains(Value, StringComparer.Ordinal))
        {
            while (underWay.Dequeue() != Value)
            {
                // What was told before it has been overtaken.
            }

            return;
        }

        // A value that did not come from here, such as the way back, replaces what is typed.
        underWay.Clear();
        text = Value;
    }

    private async Task TypedAsync(string? typed)
    {
        text = typed ?? string.Empty;
        StopWaiting();
        var mine = waiting = new CancellationTokenSource();
        try
        {
            await Task.Delay(Pause, Clock, mine.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await TellAsync();
    }

    private async Task SubmitAsync()
    {
        StopWaiting();
        await TellAsync();
    }

    private async Task TellAsync()
    {
        var value = text.Trim();
        if (value == (underWay.LastOrDefault() ?? seen))
        {
            return;
        }

        underWay.Enqueue(value);
        await ValueChanged.InvokeAsync(value);
    }

    private void StopWaiting()
    {
        waiting?.Cancel();
        waiting?.Dispose();
        waiting = null;
    }
}
