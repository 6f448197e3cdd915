using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Branding;

/// <summary>How the portal looks to whom. Remembered for half a minute, as every page asks; no longer, as another instance may change it.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="access">Who may enter what.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class Brands(PortalDatabase database, TenantAccess access, TimeProvider clock, ILogger<Brands> log)
{
    /// <summary>For how long a look is remembered.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(30);

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<Guid, (BrandView Brand, DateTimeOffset At)> remembered = new();

    /// <summary>How it looks in a tenant: to all of its people alike, and to its partner's.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The look.</returns>
    public ValueTask<BrandView> OfAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return RememberedAsync(tenant.TenantId, async () => (await OfAsync([tenant.TenantId], cancellationToken)).Single());
    }

    /// <summary>How it looks outside of tenants: as in all tenants that the person may enter, where it looks the same in each.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The look.</returns>
    public ValueTask<BrandView> OfAsync(SignedIn person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        return RememberedAsync(person.PersonId, async () =>
        {
            var reachable = await access.ListAsync(person, cancellationToken);
            var looks = (await OfAsync([.. reachable.Select(tenant => tenant.Tenant.Id)], cancellationToken)).Distinct().Take(2).ToList();
            return looks.Count == 1 ? looks[0] : BrandView.Own;
        });
    }

    /// <summary>What it is called in a tenant, for those who are outside of it still: whoever is invited. It is read within whatever the caller is at.</summary>
    /// <param name="db">The portal's database.</param>
    /// <param name="tenantId">The tenant. Whoever asks may tell its name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The tenant's own name for it, or its reseller's; null for the portal's own.</returns>
    public static async Task<string?> NameAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Reachable<TenantBrand>().Where(brand => brand.TenantId == tenantId).Select(brand => brand.Name).SingleOrDefaultAsync(cancellationToken)
            ?? await db.Tenants.Where(tenant => tenant.Id == tenantId).SelectMany(tenant => db.ResellerBrands.Where(brand => brand.ResellerId == tenant.ResellerId)).Select(brand => brand.Name).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A logo. Whoever knows its id may see it, signed in or not: it is made to be seen, and its id cannot be guessed.</summary>
    /// <param name="logoId">What it goes by.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A PNG file; null where there is none.</returns>
    public async Task<byte[]?> LogoAsync(Guid logoId, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var logo = await db.TenantBrands.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(brand => brand.LogoId == logoId).Select(brand => brand.LogoPng).FirstOrDefaultAsync(cancellationToken)
            ?? await db.ResellerBrands.Where(brand => brand.LogoId == logoId).Select(brand => brand.LogoPng).FirstOrDefaultAsync(cancellationToken);
        return logo is null ? null : Convert.FromBase64String(logo);
    }

    /// <summary>Has looks read anew in this process, after one changed.</summary>
    public void Forget() => remembered.Clear();

    private async ValueTask<BrandView> RememberedAsync(Guid whose, Func<Task<BrandView>> read)
    {
        var now = clock.GetUtcNow();
        if (remembered.TryGetValue(whose, out var known) && now - known.At < RememberedFor)
        {
            return known.Brand;
        }

        BrandView brand;
        try
        {
            brand = await read();
        }
        catch (DbException error)
        {
            // Every page stands in the layout that asks. What the page itself needs of the database says what is wrong; a colour is not worth it.
            LogNotRead(error);
            return known.Brand ?? BrandView.Own;
        }

        if (remembered.Count >= MostRemembered)
        {
            remembered.Clear();
        }

        remembered[whose] = (brand, now);
        return brand;
    }

    private async Task<List<BrandView>> OfAsync(IReadOnlyList<Guid> tenants, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        // Without the logos themselves, which may be large.
        var own = await db.TenantBrands
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(brand => tenants.Contains(brand.TenantId))
            .Select(brand => new { brand.TenantId, View = new BrandView(brand.Name, brand.Accent, brand.SupportMail, brand.SupportAddress, brand.LogoId) })
            .ToDictionaryAsync(brand => brand.TenantId, brand => brand.View, cancellationToken);
        var partners = await db.Tenants.Where(tenant => tenants.Contains(tenant.Id) && tenant.ResellerId != null).ToDictionaryAsync(tenant => tenant.Id, tenant => tenant.ResellerId!.Value, cancellationToken);
        var resellers = partners.Values.Distinct().ToList();
        var behind = await db.ResellerBrands
            .Where(brand => resellers.Contains(brand.ResellerId))
            .Select(brand => new { brand.ResellerId, View = new BrandView(brand.Name, brand.Accent, brand.SupportMail, brand.SupportAddress, brand.LogoId) })
            .ToDictionaryAsync(brand => brand.ResellerId, brand => brand.View, cancellationToken);
        return
        [
            .. tenants.Select(tenant => (own.GetValueOrDefault(tenant) ?? BrandView.Own)
                .Over(partners.TryGetValue(tenant, out var partner) ? behind.GetValueOrDefault(partner) ?? BrandView.Own : BrandView.Own)),
        ];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "How the portal looks could not be read; it keeps the look that it has.")]
    private partial void LogNotRead(Exception error);
}
