using System.Globalization;
using Soracom.Api;
using Soracom.Api.CellLocations;
using Soracom.Api.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Location;

/// <summary>Tells where the base station is that a SIM was last seen at (operation getCellLocation).</summary>
/// <param name="soracom">The way to the vendor.</param>
internal sealed class SimLocation(TenantSoracom soracom)
{
    /// <summary>Where a base station is.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cell">The station.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The place; null when nobody knows it; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<CellLocation?>> FindAsync(TenantContext tenant, SoracomCoverage coverage, Cell cell, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(cell);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        if (cell is not { Mcc: { } mcc, Mnc: { } mnc } || (cell.Lac is null && cell.Tac is null))
        {
            return Result.Of<CellLocation?>(null);
        }

        // Where there is an LTE station the older numbers, if any, are of another one.
        var isLte = cell.Tac is not null;
        var found = await soracom.ReadAsync(
            tenant,
            coverage,
            async (client, token) => (CellLocation?)await client.CellLocations.GetCellLocationAsync(
                Number(mcc, "000"),
                Number(mnc, "00"),
                lac: isLte ? null : Number(cell.Lac),
                cid: isLte ? null : Number(cell.Ci),
                tac: Number(cell.Tac),
                ecid: isLte ? Number(cell.Eci) : null,
                cancellationToken: token),
            cancellationToken);
        return found.Error is VendorError { Kind: VendorErrorKind.NotFound } || (found.Error is null && found.Value is { Lat: null } or { Lon: null }) ? Result.Of<CellLocation?>(null) : found;
    }

    private static string Number(int number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
