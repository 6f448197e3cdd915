using Soracom.Portal.Security;
using Soracom.Portal.Shared.Palette;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>Finds groups for the palette among those that the portal remembers.</summary>
/// <param name="groups">The groups.</param>
/// <param name="soracom">Knows the tenant's coverages.</param>
internal sealed class GroupPalette(RememberedGroups groups, TenantSoracom soracom) : IPaletteSource
{
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
}
