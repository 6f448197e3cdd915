using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Branding;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Tenants;

/// <summary>Changes how the portal looks: a reseller to the people of all its tenants, a tenant to its own.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="brands">How it looks.</param>
internal sealed class BrandSettings(PortalDatabase database, AuditTrail audit, Brands brands)
{
    /// <summary>A tenant's own brand.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The brand, and what stands behind it.</returns>
    public async Task<(BrandDetails Own, BrandView Behind)> LookAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.TenantManage, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var own = await db.TenantBrands.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var behind = await db.Tenants.Where(row => row.Id == tenant.TenantId)
            .SelectMany(row => db.ResellerBrands.Where(brand => brand.ResellerId == row.ResellerId))
            .Select(brand => new BrandView(brand.Name, brand.Accent, brand.SupportMail, brand.SupportAddress, brand.LogoId))
            .SingleOrDefaultAsync(cancellationToken);
        return (DetailsOf(own), behind ?? BrandView.Own);
    }

    /// <summary>Changes a tenant's own brand.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="former">What it is believed to be.</param>
    /// <param name="details">What it is to be.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it is; an <see cref="InputError"/>, or a <see cref="ConflictError"/> where somebody else changed it meanwhile: then nothing was changed.</returns>
    public async Task<Result<BrandDetails>> ChangeAsync(TenantContext tenant, BrandDetails former, BrandDetails details, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.TenantManage, cancellationToken);
        return await ChangeAsync(former, details, change => database.InTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                var own = await db.TenantBrands.SingleOrDefaultAsync(token);
                if (own is null)
                {
                    db.TenantBrands.Add(own = new TenantBrand { TenantId = tenant.TenantId });
                }

                return await change(db, own, act => audit.Add(db, tenant, act with { ObjectId = tenant.Slug, ObjectName = tenant.Tenant.Name }), token);
            },
            cancellationToken));
    }

    /// <summary>A reseller's brand.</summary>
    /// <param name="reseller">The reseller.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The brand.</returns>
    public async Task<BrandDetails> LookAsync(ResellerContext reseller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reseller);
        await reseller.RequireAsync(cancellationToken);
        await using var db = database.ForInstallation();
        return DetailsOf(await db.ResellerBrands.AsNoTracking().SingleOrDefaultAsync(brand => brand.ResellerId == reseller.ResellerId, cancellationToken));
    }

    /// <summary>Changes a reseller's brand.</summary>
    /// <param name="reseller">The reseller.</param>
    /// <param name="former">What it is believed to be.</param>
    /// <param name="details">What it is to be.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it is; an <see cref="InputError"/>, or a <see cref="ConflictError"/> where somebody else changed it meanwhile: then nothing was changed.</returns>
    public async Task<Result<BrandDetails>> ChangeAsync(ResellerContext reseller, BrandDetails former, BrandDetails details, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reseller);
        await reseller.RequireAsync(cancellationToken);
        return await ChangeAsync(former, details, change => database.InResellersTurnAsync(
            reseller.ResellerId,
            async (db, token) =>
            {
                var own = await db.ResellerBrands.SingleOrDefaultAsync(brand => brand.ResellerId == reseller.ResellerId, token);
                if (own is null)
                {
                    db.ResellerBrands.Add(own = new ResellerBrand { ResellerId = reseller.ResellerId });
                }

                return await change(db, own, act => audit.AddOf(db, tenantId: null, reseller.Actor, act with { ObjectId = reseller.Slug, ObjectName = reseller.Name, OnBehalfOf = reseller.Name }), token);
            },
            cancellationToken));
    }

    private async Task<Result<BrandDetails>> ChangeAsync(
        BrandDetails former, BrandDetails details, Func<Func<PortalDbContext, Brand, Action<AuditAct>, CancellationToken, Task<Result<BrandDetails>>>, Task<Result<BrandDetails>>> inTurn)
    {
        ArgumentNullException.ThrowIfNull(former);
        ArgumentNullException.ThrowIfNull(details);
        var wanted = details.Tidy();
        if (wanted.Problem() is { } problem)
        {
            return problem;
        }

        var changed = await inTurn(async (db, own, note, token) =>
        {
            var present = DetailsOf(own);
            if (present != former)
            {
                return new ConflictError();
            }

            if (present != wanted)
            {
                own.LogoId = wanted.LogoPng is null ? null : wanted.LogoPng == own.LogoPng ? own.LogoId : Guid.NewGuid();
                (own.Name, own.Accent, own.SupportMail, own.SupportAddress, own.LogoPng) = (wanted.Name, wanted.Accent, wanted.SupportMail, wanted.SupportAddress, wanted.LogoPng);
                note(new AuditAct(AuditActions.BrandChanged, AuditOutcome.Succeeded) { Before = InTrail(present), After = InTrail(wanted) });
                await db.SaveChangesAsync(token);
            }

            return wanted;
        });
        brands.Forget();
        return changed;
    }

    private static BrandDetails DetailsOf(Brand? brand) =>
        brand is null ? BrandDetails.None : new BrandDetails(brand.Name, brand.Accent, brand.SupportMail, brand.SupportAddress, brand.LogoPng);

    private static string InTrail(BrandDetails details) =>
        $"{details.Name ?? "-"}, {details.Accent ?? "-"}, {details.SupportMail ?? "-"}, {details.SupportAddress ?? "-"}, {(details.LogoPng is null ? "-" : "logo")}";
}
