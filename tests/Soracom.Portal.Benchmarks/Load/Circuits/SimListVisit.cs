using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>
/// What somebody does with a list of SIMs. Each act ends when the page shows its effect, whole, and tells how long that took from the click,
/// key or movement that asked for it.
/// </summary>
/// <param name="circuit">A page with a list of SIMs.</param>
/// <param name="random">Decides what is acted on.</param>
internal sealed class SimListVisit(Circuit circuit, Random random)
{
    private const string Watch = "portal.rows.watch";
    private const double ViewHeight = 640, RowHeight = 42;

    /// <summary>How long nobody waits: what takes longer has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the list is there.</summary>
    public Task ArriveAsync() => UntilAsync("the list", IsSettled);

    /// <summary>How many SIMs the list holds.</summary>
    public int Total => circuit.Look(page => SimListShown.On(page)!.Total);

    /// <summary>Types the end of the id of a SIM in sight into the search, and presses Enter; counted from there, without the pause that the box waits for who does not press it.</summary>
    public Task<TimeSpan> SearchAsync()
    {
        var row = AnyRow();
        var id = circuit.Look(_ => row.All.First(node => node.Name == "code").Text);
        return SearchAsync(id[^4..]);
    }

    /// <summary>Empties the search.</summary>
    public Task<TimeSpan> ClearAsync() => SearchAsync(string.Empty);

    /// <summary>Clicks a column's head.</summary>
    public Task<TimeSpan> SortAsync()
    {
        var (column, before) = circuit.Look(page => Any(SimListShown.On(page)!.Headers) is var header ? (header["class"], header["aria-sort"]) : default);
        PageNode Header(DrawnPage page) => SimListShown.On(page)!.Headers.Single(header => header["class"] == column);
        var began = Stopwatch.GetTimestamp();
        circuit.Raise(page => Header(page).All.First(node => node.Name == "button"), "click", []);
        return SinceAsync(began, $"the list sorted by {column}", page => IsSettled(page) && Header(page)["aria-sort"] != before);
    }

    /// <summary>Scrolls to a row anywhere in the list.</summary>
    public Task<TimeSpan> ScrollAsync()
    {
        var target = random.Next(Total);
        var top = new VirtualWindow(Total, RowHeight, ViewHeight, 0).ScrollTopOf(target);
        var began = Stopwatch.GetTimestamp();
        circuit.Call(Watch, 1, nameof(VirtualRows.MovedAsync), top, ViewHeight, RowHeight);
        var shown = target.ToString(CultureInfo.InvariantCulture);
        return SinceAsync(began, $"row {shown}", page => IsSettled(page) && SimListShown.On(page)!.Rows.Any(row => row["data-row"] == shown));
    }

    /// <summary>Follows the link of a SIM in sight, until its page shows its state and its ids.</summary>
    public Task<TimeSpan> OpenAsync()
    {
        var row = AnyRow();
        var address = circuit.Look(_ => SimListShown.LinkOf(row)!["href"]!);
        var began = Stopwatch.GetTimestamp();
        circuit.Go(address, byLink: true);
        return SinceAsync(began, "a SIM's page", page => page.All.Any(node => node is { Name: "dl" } && node.Is("ids")));
    }

    /// <summary>Goes back to the list.</summary>
    /// <param name="address">The list's address.</param>
    public Task<TimeSpan> BackAsync(Uri address)
    {
        var began = Stopwatch.GetTimestamp();
        circuit.Go(address.AbsoluteUri, byLink: false);
        return SinceAsync(began, "the list again", IsSettled);
    }

    private static bool IsSettled(DrawnPage page) => SimListShown.On(page) is { IsSettled: true };

    private Task<TimeSpan> SearchAsync(string text)
    {
        static PageNode Box(DrawnPage page) => page.All.First(node => node["role"] == "search");
        for (var typed = Math.Min(1, text.Length); typed <= text.Length; typed++)
        {
            circuit.Raise(page => Box(page).All.First(node => node.Name == "input"), "input", new JsonObject { ["value"] = text[..typed] });
        }

        // A word of one SIM leaves fewer of them, and none brings all of them back.
        var before = Total;
        var began = Stopwatch.GetTimestamp();
        circuit.Raise(Box, "submit", []);
        return SinceAsync(began, $"what is found for '{text}'", page => IsSettled(page) && SimListShown.On(page)!.Total != before);
    }

    private PageNode AnyRow() => circuit.Look(page => Any(SimListShown.On(page)!.Rows));

    private T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    private async Task<TimeSpan> SinceAsync(long began, string what, Func<DrawnPage, bool> shows) => Stopwatch.GetElapsedTime(began, await UntilAsync(what, shows));

    private async Task<long> UntilAsync(string what, Func<DrawnPage, bool> shows)
    {
        using var limit = new CancellationTokenSource(Patience);
        return await circuit.UntilAsync(what, shows, limit.Token);
    }
}
