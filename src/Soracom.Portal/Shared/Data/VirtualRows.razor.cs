using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Soracom.Portal.Shared.Data;

/// <summary>
/// A list of any number of rows, of which those in sight are drawn. The keyboard moves through it by arrows, Page Up and Down, Home and
/// End; Enter opens the row it stands on and the space bar picks it. With Shift, each of them but Enter picks all from one row to another.
/// </summary>
public sealed partial class VirtualRows : IDisposable
{
    /// <summary>What is taken for the window's and a row's height until the browser has told.</summary>
    private const double LikelyView = 640, LikelyRow = 42;

    private const string Shift = "Shift+";

    private ElementReference frame;
    private DotNetObjectReference<VirtualRows>? self;
    private VirtualWindow window = new(0, LikelyRow, LikelyView, 0);
    private (int First, int Count) told = (-1, 0);
    private object? shown;
    private int? active;

    /// <summary>What is listed.</summary>
    [Parameter]
    [EditorRequired]
    public required string Label { get; set; }

    /// <summary>Rows in all.</summary>
    [Parameter]
    [EditorRequired]
    public int Total { get; set; }

    /// <summary>The head: a row of column headers.</summary>
    [Parameter]
    [EditorRequired]
    public required RenderFragment Head { get; set; }

    /// <summary>A row: an element with the role row, the id that it is given and the attribute data-row.</summary>
    [Parameter]
    [EditorRequired]
    public required RenderFragment<VirtualRow> Row { get; set; }

    /// <summary>What the rows answer. With another question the list begins at its top.</summary>
    [Parameter]
    [EditorRequired]
    public required object Question { get; set; }

    /// <summary>Whether what is shown is about to be replaced.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>What the ids of the rows begin with; another one for each list of a page.</summary>
    [Parameter]
    public string Name { get; set; } = "row";

    /// <summary>Style of the list, for the widths of its columns.</summary>
    [Parameter]
    public string? Style { get; set; }

    /// <summary>Called with the rows that are to be drawn, before they are seen. The next call waits until it has ended.</summary>
    [Parameter]
    public EventCallback<(int First, int Count)> OnDraw { get; set; }

    /// <summary>Called with a row that is to be opened.</summary>
    [Parameter]
    public EventCallback<int> OnOpen { get; set; }

    /// <summary>Called with a row that is to be picked, or to be given up.</summary>
    [Parameter]
    public EventCallback<int> OnPick { get; set; }

    /// <summary>
    /// Called with a row up to which all are to be picked, and the row that the keyboard has come from; without that, from the row that was
    /// picked last.
    /// </summary>
    [Parameter]
    public EventCallback<(int? From, int To)> OnExtend { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose() => self?.Dispose();

    /// <summary>Called by the browser when the list is scrolled or its window changes. Heights in CSS pixels; a row's is 0 where none is drawn.</summary>
    /// <param name="scrollTop">How far it is scrolled.</param>
    /// <param name="viewHeight">Height of the window below the head.</param>
    /// <param name="rowHeight">Height of a row.</param>
    /// <returns>A task that ends when the rows are there.</returns>
    [JSInvokable]
    public Task MovedAsync(double scrollTop, double viewHeight, double rowHeight) => GuardedAsync(() =>
    {
        window = window.Moved(scrollTop, Math.Max(viewHeight, LikelyRow), rowHeight);
        return DrawAsync();
    });

    /// <summary>Called by the browser when a key that moves or acts is pressed while the list has the focus.</summary>
    /// <param name="key">The key, with Shift+ ahead of it where it is held down.</param>
    /// <returns>A task that ends when it has had its effect.</returns>
    [JSInvokable]
    public Task PressedAsync(string key) => GuardedAsync(() =>
    {
        ArgumentNullException.ThrowIfNull(key);
        var shifted = key.StartsWith(Shift, StringComparison.Ordinal);
        var extends = shifted && OnExtend.HasDelegate;
        var plain = shifted ? key[Shift.Length..] : key;
        if (Total > 0 && Target(plain) is { } target)
        {
            var row = Math.Clamp(target, 0, Total - 1);
            // Begun before anything is waited for, so that keys that follow each other fast have their effects in this order.
            return Task.WhenAll(extends ? OnExtend.InvokeAsync((active ?? row, row)) : Task.CompletedTask, GoAsync(row));
        }

        return plain switch
        {
            "Enter" when active is { } at => OnOpen.InvokeAsync(at),
            " " when active is { } at => extends ? OnExtend.InvokeAsync((null, at)) : OnPick.InvokeAsync(at),
            _ => Task.CompletedTask,
        };
    });

    /// <summary>Has the keyboard stand on a row that is in sight.</summary>
    /// <param name="row">The row.</param>
    public void StandOn(int row)
    {
        active = row;
        StateHasChanged();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var another = shown is not null && !shown.Equals(Question);
        shown = Question;
        if (another)
        {
            (active, told) = (null, (-1, 0));
            window = window with { ScrollTop = 0 };
        }

        active = active >= Total ? null : active;
        window = window with { Total = Total };
        if (another)
        {
            await ScrollAsync();
        }

        await TellAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            await CallAsync("portal.rows.watch", frame, self);
        }
    }

    private static string Pixels(double pixels) => string.Create(CultureInfo.InvariantCulture, $"{pixels:0.##}px");

    private string RowId(int row) => string.Create(CultureInfo.InvariantCulture, $"{Name}-{row}");

    private bool IsDrawn(int row) => row >= window.First && row < window.First + window.Count;

    /// <summary>The row that a key leads to, perhaps beyond the ends; null for a key that leads nowhere.</summary>
    private int? Target(string key) => key switch
    {
        "ArrowDown" => active is { } at ? at + 1 : window.FirstSeen,
        "ArrowUp" => active is { } at ? at - 1 : window.FirstSeen,
        "PageDown" => (active ?? window.FirstSeen) + window.Fitting,
        "PageUp" => (active ?? window.FirstSeen) - window.Fitting,
        "Home" => 0,
        "End" => Total - 1,
        _ => null,
    };

    private async Task GoAsync(int row)
    {
        active = row;
        var top = window.ScrollTopShowing(row);
        if (Math.Abs(top - window.ScrollTop) > 0.5)
        {
            window = window with { ScrollTop = top };
            await ScrollAsync();
        }

        await DrawAsync();
    }

    private Task DrawAsync()
    {
        StateHasChanged();
        return TellAsync();
    }

    private Task TellAsync()
    {
        if (told == (window.First, window.Count))
        {
            return Task.CompletedTask;
        }

        told = (window.First, window.Count);
        return OnDraw.InvokeAsync(told);
    }

    private Task ScrollAsync() => self is null ? Task.CompletedTask : CallAsync("portal.rows.scroll", frame, window.ScrollTop);

    private async Task CallAsync(string name, params object?[] arguments)
    {
        try
        {
            await Script.InvokeVoidAsync(name, arguments);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser went away meanwhile, and its list with it.
        }
    }

    /// <summary>What fails on a call from the browser would be told to its console; here it reaches the page's error boundary.</summary>
    private async Task GuardedAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }
}
