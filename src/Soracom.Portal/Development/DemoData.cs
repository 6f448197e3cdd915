using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox;

namespace Soracom.Portal.Development;

/// <summary>
/// Makes the demo's reseller, tenants, members and credentials where they are missing. What was changed since, by
/// whoever plays with the demo, stays.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="vault">Seals the credentials.</param>
/// <param name="people">The people.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="services">Holds the sandbox, where it runs.</param>
/// <param name="clock">The clock.</param>
internal sealed class DemoData(PortalDatabase database, TenantVault vault, People people, AuditTrail audit, IServiceProvider services, TimeProvider clock)
{
    private const string ResellerSlug = "hamanasu";

    private static readonly DemoTenant[] Tenants =
    [
        new(
            "aoba",
            "Aoba Logistics 青葉物流",
            DemoFleets.Aoba,
            [SoracomCoverage.Japan, SoracomCoverage.Global],
            ("owner", TenantRole.Owner),
            ("operator", TenantRole.Operator),
            ("viewer", TenantRole.Viewer),
            ("billing", TenantRole.Billing))
        {
            Groups = [("aoba-night-watch", "Night watch 夜間警備", TenantRole.Guard)],
        },
        new("nagisa", "Nagisa Energy", DemoFleets.Nagisa, [SoracomCoverage.Japan], ("operator", TenantRole.Viewer)),
        new("metro", "Metro Metering", DemoFleets.Metro, [SoracomCoverage.Global]),
        new("komorebi", "Komorebi Farms こもれび農園", Fleet: null, [], ("viewer", TenantRole.Owner)),
    ];

    /// <summary>Makes what is missing.</summary>
    /// <param name="cancellationToken">Cancels; the next start makes the rest.</param>
    /// <returns>A task that ends when everything is there.</returns>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var persons = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var account in DemoAccounts.All)
        {
            persons[account.Key] = await people.ExpectAsync(DemoAccounts.KeyOf(account), account.Name, cancellationToken);
        }

        var reseller = await SeedResellerAsync(persons["reseller"], cancellationToken);
        foreach (var tenant in Tenants)
        {
            await SeedTenantAsync(tenant, reseller, persons, cancellationToken);
        }
    }

    private async Task<Guid> SeedResellerAsync(Guid administrator, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (await db.Resellers.SingleOrDefaultAsync(candidate => candidate.Slug == ResellerSlug, cancellationToken) is { } known)
        {
            return known.Id;
        }

        var reseller = new Reseller { Slug = ResellerSlug, Name = "Hamanasu IoT Partners" };
        db.Resellers.Add(reseller);
        db.ResellerAdministrators.Add(new ResellerAdministrator { ResellerId = reseller.Id, PersonId = administrator, AddedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        return reseller.Id;
    }

    private async Task SeedTenantAsync(DemoTenant demo, Guid resellerId, Dictionary<string, Guid> persons, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var tenant = new Tenant { ResellerId = resellerId, Slug = demo.Slug, Name = demo.Name, TimeZone = "Asia/Tokyo", CreatedAt = now };
        await using var db = database.ForTenant(tenant.Id);
        if (await db.Tenants.AnyAsync(candidate => candidate.Slug == demo.Slug, cancellationToken))
        {
            return;
        }

        db.Tenants.Add(tenant);
        audit.AddOfItself(db, tenant.Id, new AuditAct(AuditActions.TenantAdded, AuditOutcome.Succeeded) { ObjectId = demo.Slug, ObjectName = demo.Name });
        foreach (var (member, role) in demo.Members)
        {
            db.TenantMembers.Add(new TenantMember { TenantId = tenant.Id, PersonId = persons[member], Role = role, AddedAt = now });
        }

        foreach (var (place, (group, label, role)) in demo.Groups.Index())
        {
            db.GroupGrants.Add(new GroupGrant { TenantId = tenant.Id, Issuer = DemoAccounts.Issuer, GroupId = group, Label = label, Role = role, Position = place, MadeAt = now });
        }

        if (services.GetService<SandboxServer>()?.Operators.FirstOrDefault(candidate => candidate.Fleet == demo.Fleet) is { } account)
        {
            await SeedCredentialsAsync(db, tenant.Id, account, demo.Coverages, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task SeedCredentialsAsync(PortalDbContext db, Guid tenantId, SandboxOperator account, SoracomCoverage[] coverages, CancellationToken cancellationToken)
    {
        var user = account.User("portal");
        foreach (var coverage in coverages)
        {
            var credential = new AuthKeyCredential(user.AuthKeyId, user.AuthKey);
            var row = new VendorCredential
            {
                TenantId = tenantId,
                Coverage = coverage.ToWireName(),
                Kind = CredentialKind.AuthKey,
                OperatorId = account.OperatorId,
                Sealed = [],
                Version = 1,
                StoredBy = "Demo",
                StoredAt = clock.GetUtcNow(),
            };
            await vault.SealAsync(db, row, StoredSecret.Write(credential), cancellationToken);
            db.VendorCredentials.Add(row);
        }
    }

    private sealed record DemoTenant(string Slug, string Name, string? Fleet, SoracomCoverage[] Coverages, params (string Account, TenantRole Role)[] Members)
    {
        public (string Group, string Label, TenantRole Role)[] Groups { get; init; } = [];
    }
}
