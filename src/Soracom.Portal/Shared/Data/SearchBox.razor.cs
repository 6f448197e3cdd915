using Microsoft.AspNetCore.Components;

namespace Soracom.Portal.Shared.Data;

/// <summary>A box to search as one types: it speaks up when the typing pauses, or at once on Enter.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(350);

    private string text = string.Empty;
    private string? told;
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
    public void Dispose() => waiting?.Dispose();

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // What is being typed is only replaced by a value that did not come from here, such as the way back.
        if (Value != told)
        {
            text = told = Value;
        }
    }

    private async Task TypedAsync(ChangeEventArgs change)
    {
        text = change.Value as string ?? string.Empty;
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
        told = text.Trim();
        await ValueChanged.InvokeAsync(told);
    }

    private void StopWaiting()
    {
        waiting?.Cancel();
        waiting?.Dispose();
        waiting = null;
    }
}
