namespace Soracom.Portal.Shared.Data;

/// <summary>
/// Which rows of a long list stand in a window that is scrolled, and where. Browsers cap how high an element may be, so that a longer
/// list is squeezed into what they all take: scrolling then moves through it faster, and within what is drawn as usual.
/// </summary>
/// <param name="Total">Rows in all.</param>
/// <param name="RowHeight">Height of a row in CSS pixels.</param>
/// <param name="ViewHeight">Height of the window in CSS pixels.</param>
/// <param name="ScrollTop">How far it is scrolled, in CSS pixels.</param>
public readonly record struct VirtualWindow(int Total, double RowHeight, double ViewHeight, double ScrollTop)
{
    /// <summary>The highest space, in CSS pixels: half of what Firefox, which takes the least, lays out.</summary>
    public const double HighestSpace = 8_000_000;

    /// <summary>The highest window, in CSS pixels: more than the largest screens have. Whoever says more would have a whole list drawn.</summary>
    public const double HighestView = 10_000;

    /// <summary>The lowest row, in CSS pixels: a line of text is no lower.</summary>
    public const double LowestRow = 12;

    /// <summary>Rows drawn beyond each end of the window, to be there when it is scrolled a little.</summary>
    public const int Beyond = 20;

    /// <summary>Height of the space that is scrolled over.</summary>
    public double SpaceHeight => Math.Min(Total * RowHeight, HighestSpace);

    /// <summary>The first row that is drawn.</summary>
    public int First => Math.Clamp((int)(Position / RowHeight) - Beyond, 0, Math.Max(0, Total - 1));

    /// <summary>How many rows are drawn.</summary>
    public int Count => Math.Min(Total - First, (int)Math.Ceiling(ViewHeight / RowHeight) + 1 + (2 * Beyond));

    /// <summary>Where the first of them begins, from the top of the space; above it, where the list is squeezed.</summary>
    public double Offset => Scrolled + (First * RowHeight) - Position;

    /// <summary>The same as a browser says that it stands now. What no browser would say is taken for the nearest that one could.</summary>
    /// <param name="scrollTop">How far it is scrolled.</param>
    /// <param name="viewHeight">Height of the window.</param>
    /// <param name="rowHeight">Height of a row; 0 where none is drawn: then the one that was known stays.</param>
    /// <returns>The window.</returns>
    public VirtualWindow Moved(double scrollTop, double viewHeight, double rowHeight) => this with
    {
        ScrollTop = double.IsNaN(scrollTop) ? 0 : Math.Clamp(scrollTop, 0, HighestSpace),
        ViewHeight = double.IsNaN(viewHeight) ? LowestRow : Math.Clamp(viewHeight, LowestRow, HighestView),
        RowHeight = rowHeight > 1 ? Math.Clamp(rowHeight, LowestRow, HighestView) : RowHeight,
    };

    /// <summary>How far the space has to be scrolled for a row to stand at the window's top.</summary>
    /// <param name="row">The row, counted from 0.</param>
    /// <returns>CSS pixels.</returns>
    public double ScrollTopOf(int row) => Math.Clamp(row * RowHeight / Scale, 0, MostScrolled);

    /// <summary>How far the space has to be scrolled for a row to be seen whole: as little as possible.</summary>
    /// <param name="row">The row, counted from 0.</param>
    /// <returns>CSS pixels.</returns>
    public double ScrollTopShowing(int row) =>
        row * RowHeight < Position ? ScrollTopOf(row)
        : (row + 1) * RowHeight > Position + ViewHeight ? Math.Clamp((((row + 1) * RowHeight) - ViewHeight) / Scale, 0, MostScrolled)
        : Scrolled;

    /// <summary>The first row that is seen whole, not only drawn.</summary>
    public int FirstSeen => Math.Clamp((int)Math.Ceiling((Position - 0.5) / RowHeight), 0, Math.Max(0, Total - 1));

    /// <summary>How many rows fit into the window, at least one.</summary>
    public int Fitting => Math.Max(1, (int)(ViewHeight / RowHeight));

    private double MostScrolled => Math.Max(0, SpaceHeight - ViewHeight);

    private double Scrolled => Math.Clamp(ScrollTop, 0, MostScrolled);

    /// <summary>How many pixels of the list one of the space stands for.</summary>
    private double Scale => MostScrolled == 0 ? 1 : ((Total * RowHeight) - ViewHeight) / MostScrolled;

    /// <summary>How far the list is scrolled, as if it had its full height.</summary>
    private double Position => Scrolled * Scale;
}
