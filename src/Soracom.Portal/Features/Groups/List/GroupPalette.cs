using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Palette;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>Finds groups for the palette among those that the portal remembers.</summary>
/// <param name="groups">The groups.</param>
/// <param name="soracom">Knows the tenant's coverages.</param>
/// <param name="database">The portal's database.</param>
internal sealed class GroupPalette(RememberedGroups groups, TenantSoracom soracom, PortalDatabase database) : IPaletteSource, IPortfolioPaletteSource
{
    /// <summary>How many found groups are put in order at once.</summary>
    private const int AtOnce = 1_000;

    /// <inheritdoc />
    public PaletteKind Kind => PaletteKind.Groups;

    /// <inheritdoc />
    public Permission Needs => Permission.GroupsRead;

    /// <inheritdoc />
    public async Task<PaletteFinds> FindAsync(TenantContext tenant, string text, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Needs, cancellationToken);
        var words = Folding.Words(text);
        var found = new List<PaletteEntry>();
        foreach (var coverage in await soracom.CoveragesAsync(tenant, cancellationToken))
        {
            found.AddRange(
                from name in await groups.NamesAsync(tenant, coverage, cancellationToken)
                where Folding.HasAll($"{name.Name} {name.GroupId}", words)
                select new PaletteEntry(PortalUrls.Group(tenant.Slug, coverage, name.GroupId), "layers", name.Text, null));
        }

        return new PaletteFinds([.. found.Take(most)], found.Count, PortalUrls.Groups(tenant.Slug, GroupQuery.All with { Text = text }));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(Portfolio portfolio, string text, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var tenants = (await portfolio.PermittingAsync(Needs, cancellationToken)).ToDictionary(tenant => tenant.TenantId);
        var ids = tenants.Keys.ToList();
        var words = Folding.Words(text);
        await using var db = database.ForInstallation();
        // Of the accounts that the present credentials open. One after the other, however many: names are compared here, as no database folds them so.
        var known = db.InventoryGroups.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(group => ids.Contains(group.TenantId) && group.GoneAt == null
                && db.VendorCredentials.Any(credential => credential.TenantId == group.TenantId && credential.Coverage == group.Coverage && credential.OperatorId == group.OperatorId))
            .Select(group => new Known(group.TenantId, group.Coverage, new GroupLabel(group.GroupId, group.Name)))
            .AsAsyncEnumerable();
        var found = new List<Known>();
        await foreach (var group in known.WithCancellation(cancellationToken))
        {
            if (Folding.HasAll($"{group.Label.Name} {group.Label.GroupId}", words))
            {
                found.Add(group);
                found = found.Count < AtOnce + most ? found : First(found, most);
            }
        }

        return
        [
            .. First(found, most).Select(group => new PaletteEntry(
                PortalUrls.Group(tenants[group.TenantId].Slug, SoracomCoverages.TryParseWireName(group.Coverage, out var coverage) ? coverage : default, group.Label.GroupId),
                "layers",
                group.Label.Text,
                Names.InText(tenants[group.TenantId].Tenant.Name))),
        ];
    }

    private static List<Known> First(IEnumerable<Known> found, int most) =>
        [.. found.OrderBy(group => group.Label.Text, StringComparer.CurrentCultureIgnoreCase).ThenBy(group => group.TenantId).ThenBy(group => group.Label.GroupId, StringComparer.Ordinal).Take(most)];

    private sealed record Known(Guid TenantId, string Coverage, GroupLabel Label);
}
