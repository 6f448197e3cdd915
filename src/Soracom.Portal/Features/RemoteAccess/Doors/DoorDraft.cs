using System.Globalization;
using Soracom.Api;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>
/// What a link to the page for a new door has chosen. Its text form is the page's query string; sources, reason and ticket are not in it, as
/// addresses are seen by many.
/// </summary>
public sealed record DoorDraft
{
    /// <summary>The coverage; null where the tenant has only one, or it is not chosen.</summary>
    public SoracomCoverage? Coverage { get; init; }

    /// <summary>The SIM; empty before it is chosen.</summary>
    public string SimId { get; init; } = string.Empty;

    /// <summary>A door that is to be opened again: what is not chosen otherwise is as it was. Null for a new one.</summary>
    public Guid? Again { get; init; }

    /// <summary>Reads an address. What makes no sense it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The draft.</returns>
    public static DoorDraft Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new DoorDraft
        {
            Coverage = SoracomCoverages.TryParseWireName(address.Text("coverage"), out var coverage) ? coverage : null,
            SimId = address.Text("sim") is { Length: <= InventorySim.IdLength } sim ? sim : string.Empty,
            Again = Guid.TryParseExact(address.Text("again"), "D", out var door) ? door : null,
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("coverage", Coverage?.ToWireName())
        .Add("sim", SimId)
        .Add("again", Again?.ToString("D", CultureInfo.InvariantCulture))
        .ToString();
}
