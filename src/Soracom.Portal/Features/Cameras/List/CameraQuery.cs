using Soracom.Api;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Cameras.List;

/// <summary>
/// The whole view of the list of cameras: what it looks for, in which order, and whether as a table or as cards. Its text form is the
/// page's query string, so that every view is a link.
/// </summary>
public sealed record CameraQuery
{
    /// <summary>The most characters that are searched for; what comes after them is left out.</summary>
    public const int MostCharacters = 100;

    /// <summary>A camera that the cloud hears of, in <see cref="Connections"/>.</summary>
    public const string Connected = "connected";

    /// <summary>A camera that it does not.</summary>
    public const string Offline = "offline";

    /// <summary>Everything, by name, as a table.</summary>
    public static readonly CameraQuery All = new();

    private const string Waiting = "waiting";
    private const string CardView = "cards";

    /// <summary>The coverage; null for both.</summary>
    public SoracomCoverage? Coverage { get; init; }

    /// <summary>Words, each of which has to be somewhere in the camera's name, id or model. Quotes keep words together.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary><see cref="Connected"/>, <see cref="Offline"/>; any when empty.</summary>
    public FilterValues Connections { get; init; } = FilterValues.None;

    /// <summary>The vendor's power states; any when empty.</summary>
    public FilterValues Powers { get; init; } = FilterValues.None;

    /// <summary>Kinds of licences, by their names in lower case; any when empty.</summary>
    public FilterValues Licences { get; init; } = FilterValues.None;

    /// <summary>Whether only cameras are wanted that a firmware waits for.</summary>
    public bool FirmwareWaiting { get; init; }

    /// <summary>What the list is sorted by.</summary>
    public CameraColumn SortBy { get; init; }

    /// <summary>Whether the order is turned around.</summary>
    public bool Descending { get; init; }

    /// <summary>Whether cameras are shown as cards, with their pictures.</summary>
    public bool Cards { get; init; }

    /// <summary>Whether anything narrows the list, the coverage aside.</summary>
    public bool IsFiltered => this with { Coverage = null, SortBy = All.SortBy, Descending = false, Cards = false } != All;

    /// <summary>This view without what narrows it; coverage, order and form stay.</summary>
    public CameraQuery Cleared => All with { Coverage = Coverage, SortBy = SortBy, Descending = Descending, Cards = Cards };

    /// <summary>Reads an address. What makes no sense it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static CameraQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        var text = address.Text("q");
        return new CameraQuery
        {
            Coverage = SoracomCoverages.TryParseWireName(address.Text("coverage"), out var coverage) ? coverage : null,
            Text = text.Length <= MostCharacters ? text : text[..MostCharacters].TrimEnd(),
            Connections = address.Values("connection"),
            Powers = address.Values("power"),
            Licences = address.Values("licence"),
            FirmwareWaiting = address.Text("firmware") == Waiting,
            SortBy = address.Choice("sort", All.SortBy),
            Descending = address.Text("order") is "desc",
            Cards = address.Text("view") is CardView,
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("coverage", Coverage?.ToWireName())
        .Add("q", Text)
        .AddAll("connection", Connections)
        .AddAll("power", Powers)
        .AddAll("licence", Licences)
        .Add("firmware", FirmwareWaiting ? Waiting : null)
        .Add("sort", SortBy == All.SortBy ? null : SortBy.ToString().ToLowerInvariant())
        .Add("order", Descending ? "desc" : null)
        .Add("view", Cards ? CardView : null)
        .ToString();

    /// <summary>The view sorted by a column; by the one that it is sorted by already, the other way round.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The view.</returns>
    public CameraQuery SortedBy(CameraColumn column) => this with { SortBy = column, Descending = SortBy == column && !Descending };
}
