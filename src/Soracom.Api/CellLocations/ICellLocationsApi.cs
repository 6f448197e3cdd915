using System.Text.Json.Serialization;
using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.CellLocations;

/// <summary>
/// Where base stations are, from the database of the OpenCelliD project (CC BY-SA 4.0: whoever shows it has to say so). 2G and 3G
/// stations have LAC and CID, LTE ones TAC and ECID; without CID or ECID the answer is the middle of an area, and coarse.
/// </summary>
public interface ICellLocationsApi
{
    /// <summary>Vendor operation getCellLocation: where one station is. 404 when it is not known.</summary>
    /// <param name="mcc">Mobile Country Code.</param>
    /// <param name="mnc">Mobile Network Code, of two digits at least.</param>
    /// <param name="lac">Location Area Code.</param>
    /// <param name="cid">Cell ID.</param>
    /// <param name="tac">Tracking Area Code.</param>
    /// <param name="ecid">Enhanced Cell ID.</param>
    /// <param name="eci">The same as <paramref name="ecid"/>; one of the two is enough.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getCellLocation"), Get("/cell_locations")]
    Task<CellLocation> GetCellLocationAsync(
        [Query("mcc")] string mcc,
        [Query("mnc")] string mnc,
        [Query("lac")] string? lac = null,
        [Query("cid")] string? cid = null,
        [Query("tac")] string? tac = null,
        [Query("ecid")] string? ecid = null,
        [Query("eci")] string? eci = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation batchGetCellLocations: where several are. <see cref="CellLocation.Identifier"/> tells which is which.</summary>
    [SoracomOperation("batchGetCellLocations", Effect = CallEffect.Reads), Post("/cell_locations")]
    Task<IReadOnlyList<CellLocation>> BatchGetCellLocationsAsync([Body] IReadOnlyList<CellIdentifier> cells, CancellationToken cancellationToken = default);
}

/// <summary>A base station, all numbers as text (wire: CellIdentifier).</summary>
public sealed record CellIdentifier
{
    /// <summary>Mobile Country Code.</summary>
    public string? Mcc { get; init; }

    /// <summary>Mobile Network Code, of two digits at least.</summary>
    public string? Mnc { get; init; }

    /// <summary>Location Area Code (2G, 3G).</summary>
    public string? Lac { get; init; }

    /// <summary>Cell ID (2G, 3G).</summary>
    public string? Cid { get; init; }

    /// <summary>Tracking Area Code (LTE).</summary>
    public string? Tac { get; init; }

    /// <summary>Enhanced Cell ID (LTE).</summary>
    public string? Ecid { get; init; }

    /// <summary>The same as <see cref="Ecid"/>; one of the two is enough.</summary>
    public string? Eci { get; init; }

    /// <summary>Comes back with the answer.</summary>
    public string? Identifier { get; init; }
}

/// <summary>Where a base station is believed to be (wire: CellLocation).</summary>
public sealed record CellLocation
{
    /// <summary>Latitude in degrees.</summary>
    public double? Lat { get; init; }

    /// <summary>Longitude in degrees.</summary>
    public double? Lon { get; init; }

    /// <summary>The radius of what it covers, in metres.</summary>
    public int? Range { get; init; }

    /// <summary>How many observations that rests on.</summary>
    public int? Samples { get; init; }

    /// <summary>1: known exactly; 0: estimated.</summary>
    public int? Exact { get; init; }

    /// <summary>Average signal strength in dBm.</summary>
    [JsonPropertyName("avg_strength")]
    public int? AverageStrength { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>The one that was given with the question.</summary>
    public string? Identifier { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<CellLocation>))]
[JsonSerializable(typeof(IReadOnlyList<CellIdentifier>))]
[JsonSerializable(typeof(List<CellIdentifier>))]
internal sealed partial class CellLocationsJson : JsonSerializerContext;
