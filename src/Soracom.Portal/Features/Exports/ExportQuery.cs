using System.Globalization;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Exports;

/// <summary>Which exports the list shows. Its text form is the page's query string.</summary>
public sealed record ExportQuery
{
    /// <summary>All of them, from the newest.</summary>
    public static readonly ExportQuery All = new();

    /// <summary>Only those of a camera; null for all.</summary>
    public string? Camera { get; init; }

    /// <summary>Only those in a state; null for all.</summary>
    public FootageExportState? State { get; init; }

    /// <summary>Only those with pieces that could not be had.</summary>
    public bool Lost { get; init; }

    /// <summary>Only those with a smaller number; null for all.</summary>
    public int? Before { get; init; }

    /// <summary>Reads an address. What makes no sense it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static ExportQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new ExportQuery
        {
            Camera = address.Text("camera") is { Length: > 0 and <= FootageExport.DeviceIdLength } camera ? camera : null,
            State = Enum.GetValues<FootageExportState>().Cast<FootageExportState?>().FirstOrDefault(state => state.ToString()!.Equals(address.Text("state"), StringComparison.OrdinalIgnoreCase)),
            Lost = address.Text("lost") == "1",
            Before = int.TryParse(address.Text("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null,
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("camera", Camera)
        .Add("state", State?.ToString().ToLowerInvariant())
        .Add("lost", Lost ? "1" : null)
        .Add("before", Before?.ToString(CultureInfo.InvariantCulture))
        .ToString();
}

/// <summary>Which of an export's pieces its page shows. Its text form is the page's query string.</summary>
public sealed record PieceQuery
{
    /// <summary>All of them, from the first.</summary>
    public static readonly PieceQuery All = new();

    /// <summary>Only those in a state; null for all.</summary>
    public FootagePieceState? State { get; init; }

    /// <summary>Only those about whose file, or whose export, the table says that it may not be what was asked for.</summary>
    public bool Marked { get; init; }

    /// <summary>Only those after a number.</summary>
    public int After { get; init; }

    /// <summary>Reads an address. What makes no sense it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static PieceQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new PieceQuery
        {
            State = Enum.GetValues<FootagePieceState>().Cast<FootagePieceState?>().FirstOrDefault(state => state.ToString()!.Equals(address.Text("state"), StringComparison.OrdinalIgnoreCase)),
            Marked = address.Text("marked") == "1",
            After = int.TryParse(address.Text("after"), NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0,
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("state", State?.ToString().ToLowerInvariant())
        .Add("marked", Marked ? "1" : null)
        .Add("after", After == 0 ? null : After.ToString(CultureInfo.InvariantCulture))
        .ToString();
}
