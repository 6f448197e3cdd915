using System.Globalization;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>What a page shows of a list of SIMs.</summary>
internal sealed class SimListShown
{
    private readonly PageNode grid;

    private SimListShown(PageNode grid) => this.grid = grid;

    /// <summary>How many SIMs the list holds.</summary>
    public int Total => int.Parse(grid["aria-rowcount"]!, CultureInfo.InvariantCulture) - 1;

    /// <summary>The rows that are drawn.</summary>
    public IReadOnlyList<PageNode> Rows => [.. grid.All.Where(node => node["data-row"] is not null)];

    /// <summary>The headers that one sorts by.</summary>
    public IReadOnlyList<PageNode> Headers => [.. grid.All.Where(node => node["aria-sort"] is not null)];

    /// <summary>Whether it shows the answer to what was asked last, in all its rows.</summary>
    public bool IsSettled => grid["aria-busy"] is null && Rows is { Count: > 0 } rows && rows.All(row => LinkOf(row) is not null);

    /// <summary>The list of a page; null where it shows none.</summary>
    public static SimListShown? On(DrawnPage page) => page.All.FirstOrDefault(node => node["role"] == "grid") is { } grid ? new SimListShown(grid) : null;

    /// <summary>The link to a row's SIM; null where the row is not there yet.</summary>
    public static PageNode? LinkOf(PageNode row) => row.All.FirstOrDefault(node => node is { Name: "a" } && node.Is("strong"));
}
