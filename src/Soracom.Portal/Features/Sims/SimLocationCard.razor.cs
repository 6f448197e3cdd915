using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Api.CellLocations;
using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Location;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims;

/// <summary>Where the base station is that a SIM was last seen at. Nothing is fetched from outside to show it.</summary>
public sealed partial class SimLocationCard
{
    /// <summary>The base station of the session, or of the last one; null when unknown.</summary>
    [Parameter]
    [EditorRequired]
    public Cell? Cell { get; set; }

    [Inject]
    private SimLocation Locations { get; set; } = null!;

    /// <inheritdoc />
    protected override SimCellView Parse(string uri) => new(Cell);

    /// <inheritdoc />
    protected override async Task<Result<SimPlaceOfCell>> ReadAsync(CancellationToken cancellationToken) => View.Cell is { } cell
        ? (await Locations.FindAsync(Tenant, Place.Coverage, cell, cancellationToken)).Then(location => new SimPlaceOfCell(location))
        : new SimPlaceOfCell(Location: null);

    private static string Position(double latitude, double longitude) => string.Create(CultureInfo.InvariantCulture, $"{latitude:0.#####}, {longitude:0.#####}");

    private static string Map(double latitude, double longitude) =>
        string.Create(CultureInfo.InvariantCulture, $"https://www.openstreetmap.org/?mlat={latitude:0.#####}&mlon={longitude:0.#####}#map=14/{latitude:0.#####}/{longitude:0.#####}");
}

/// <summary>The base station that is looked for.</summary>
/// <param name="Cell">The station; null when unknown.</param>
public sealed record SimCellView(Cell? Cell);

/// <summary>Where a base station is.</summary>
/// <param name="Location">The place; null when nobody knows it.</param>
public sealed record SimPlaceOfCell(CellLocation? Location);
