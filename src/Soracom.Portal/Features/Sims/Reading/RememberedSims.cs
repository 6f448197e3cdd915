using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims.Reading;

/// <summary>What the inventory knows of single SIMs: for the moment before the vendor answers, and for when it does not.</summary>
/// <param name="database">The portal's database.</param>
internal sealed class RememberedSims(PortalDatabase database)
{
    /// <summary>A SIM as it was when the portal last heard of it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIM; null when it was never met, or by another account's credential only.</returns>
    public async Task<SimGlance?> FindAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        if (simId.Length > InventorySim.IdLength)
        {
            return null;
        }

        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenant.TenantId);
        var operators = db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId);
        var own = db.SimInventories.Where(inventory => inventory.Coverage == name && operators.Contains(inventory.OperatorId));
        var row = await db.InventorySims.AsNoTracking().SingleOrDefaultAsync(sim => sim.Coverage == name && sim.SimId == simId && own.Any(), cancellationToken);
        return row is null ? null : Glance(row);
    }

    private static SimGlance Glance(InventorySim row) => new(row.SimId, row.Name)
    {
        Iccid = First(row.Iccids),
        Imsi = First(row.Imsis),
        Msisdn = First(row.Msisdns),
        Subscriptions = InventoryRow.Split(row.Subscriptions),
        SerialNumber = row.SerialNumber,
        Imei = row.Imei,
        IpAddress = row.IpAddress,
        ModuleType = row.ModuleType,
        SpeedClass = row.SpeedClass,
        Status = row.Status,
        IsOnline = row.Online,
        IsProtected = !row.TerminationEnabled,
        LastHeardAt = row.LastHeardAt,
        GroupLabel = row.GroupName.Length > 0 ? row.GroupName : row.GroupId,
        Tags = InventoryRow.TagsOf(row),
        ExpiresAt = row.ExpiresAt,
        ReadAt = row.ReadAt,
        GoneAt = row.GoneAt,
    };

    private static string? First(string list) => InventoryRow.Split(list) is [var first, ..] ? first : null;
}
