using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Tenants;

/// <summary>Makes tenants for a reseller's customers.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class CustomerTenants(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Makes a tenant that the reseller runs.</summary>
    /// <param name="reseller">The reseller.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The tenant's name in addresses; an <see cref="InputError"/> where none was made.</returns>
    public async Task<Result<string>> AddAsync(ResellerContext reseller, NewCustomer customer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reseller);
        ArgumentNullException.ThrowIfNull(customer);
        await reseller.RequireAsync(cancellationToken);
        if ((new TenantDetails(customer.Name, customer.TimeZone, customer.Language).Problem() ?? Problem(customer)) is { } problem)
        {
            return problem;
        }

        await using (var look = database.ForInstallation())
        {
            if (await IsTakenAsync(look, customer.Slug, cancellationToken))
            {
                return new InputError("TenantSlugTaken", customer.Slug);
            }
        }

        var added = new Tenant
        {
            ResellerId = reseller.ResellerId,
            Slug = customer.Slug,
            Name = customer.Name.Trim(),
            TimeZone = customer.TimeZone,
            Language = customer.Language,
            Coverages = string.Join(',', customer.Coverages.Distinct().Order().Select(coverage => coverage.ToWireName())),
            CreatedAt = clock.GetUtcNow(),
        };
        await using var db = database.ForTenant(added.Id);
        db.Tenants.Add(added);
        audit.AddOf(db, added.Id, reseller.Actor, new AuditAct(AuditActions.TenantAdded, AuditOutcome.Succeeded) { ObjectId = added.Slug, ObjectName = added.Name, Detail = reseller.Name, OnBehalfOf = reseller.Name });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return added.Slug;
        }
        catch (DbUpdateException)
        {
            // Somebody else may have taken the name a moment ago; anything else is unexpected.
            await using var look = database.ForInstallation();
            if (await IsTakenAsync(look, customer.Slug, cancellationToken))
            {
                return new InputError("TenantSlugTaken", customer.Slug);
            }

            throw;
        }
    }

    private static InputError? Problem(NewCustomer customer) => customer switch
    {
        _ when !Slugs.IsValid(customer.Slug) => new InputError("TenantSlug"),
        _ when customer.Coverages.Count == 0 || !customer.Coverages.All(Enum.IsDefined) => new InputError("TenantCoverage"),
        _ => null,
    };

    private static Task<bool> IsTakenAsync(PortalDbContext db, string slug, CancellationToken cancellationToken) => db.Tenants.AnyAsync(tenant => tenant.Slug == slug, cancellationToken);
}

/// <summary>A customer whose tenant is to be made.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Coverages">The coverages that the customer has SIMs of.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Language">en or ja.</param>
public sealed record NewCustomer(string Name, string Slug, IReadOnlyCollection<SoracomCoverage> Coverages, string TimeZone, string Language);
