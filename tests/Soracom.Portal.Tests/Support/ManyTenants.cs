using System.Globalization;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Data.Tenants;

namespace Soracom.Portal.Tests.Support;

/// <summary>
/// Tenants of one reseller, each with an account whose inventory is whole: put straight into the database, past the vendor, who knows
/// none of them. The same every time.
/// </summary>
internal static class ManyTenants
{
    /// <summary>What the tenants' names in addresses begin with.</summary>
    public const string Slug = "customer-";

    private static readonly string[] Places = ["Osaka", "横浜港", "Sapporo", "Nagoya", "北浜", "Fukuoka", "千葉", "Sendai"];
    private static readonly string[] Statuses = ["active", "active", "active", "ready", "inactive", "suspended"];

    /// <summary>Adds them.</summary>
    /// <param name="database">The database.</param>
    /// <param name="resellerId">The reseller.</param>
    /// <param name="tenants">How many tenants.</param>
    /// <param name="simsEach">How many SIMs each has.</param>
    /// <param name="now">When they were read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The tenants, in the order of their names in addresses.</returns>
    public static async Task<IReadOnlyList<Tenant>> AddAsync(
        PortalDatabase database, Guid resellerId, int tenants, int simsEach, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Tenant[] added = [.. Enumerable.Range(0, tenants).Select(number => new Tenant
        {
            Slug = string.Create(CultureInfo.InvariantCulture, $"{Slug}{number:000}"),
            Name = string.Create(CultureInfo.InvariantCulture, $"{Places[number % Places.Length]} {number:000}"),
            TimeZone = "Asia/Tokyo",
            ResellerId = resellerId,
            CreatedAt = now,
        })];
        await using (var installation = database.ForInstallation())
        {
            installation.Tenants.AddRange(added);
            await installation.SaveChangesAsync(cancellationToken);
        }

        for (var number = 0; number < tenants; number++)
        {
            await FillAsync(database, added[number].Id, number, simsEach, now, cancellationToken);
        }

        return added;
    }

    private static async Task FillAsync(PortalDatabase database, Guid tenantId, int number, int sims, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var operatorId = string.Create(CultureInfo.InvariantCulture, $"OP00{number:00000000}");
        await using var db = database.ForTenant(tenantId);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.VendorCredentials.Add(new VendorCredential
        {
            TenantId = tenantId,
            Coverage = "jp",
            Kind = CredentialKind.AuthKey,
            OperatorId = operatorId,
            // No vault can open it: these accounts are nowhere but here.
            Sealed = [0],
            Version = 1,
            StoredBy = "Nobody",
            StoredAt = now,
        });
        var random = new Random(number);
        List<InventorySim> fleet = [.. Enumerable.Range(0, sims).Select(i => Sim(tenantId, number, i, random, now))];
        db.InventorySims.AddRange(fleet);
        db.SimInventories.Add(new SimInventory
        {
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = operatorId,
            ChangeNumber = 1,
            Walk = 1,
            CompleteAsOf = now,
            CompletedAt = now,
            Counts = SimCounts.Write([.. fleet.GroupBy(sim => sim.Status, StringComparer.Ordinal).Select(status => new SimCount(status.Key, status.Count(), status.Count(sim => sim.Online)))]),
            CountedAt = 1,
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    private static InventorySim Sim(Guid tenantId, int number, int i, Random random, DateTimeOffset now)
    {
        var place = Places[random.Next(Places.Length)];
        var online = random.Next(3) > 0;
        return new InventorySim
        {
            TenantId = tenantId,
            Coverage = "jp",
            SimId = string.Create(CultureInfo.InvariantCulture, $"89423101{number:0000}{i:0000000}"),
            ReadAt = now,
            Walk = 1,
            ChangeNumber = 1,
            Name = string.Create(CultureInfo.InvariantCulture, $"{place} pump-{i:000000}"),
            Tags = $$"""{"site":"{{place}}","model":"Hydra 3"}""",
            Iccids = string.Create(CultureInfo.InvariantCulture, $"89423101{number:0000}{i:0000000}"),
            Imsis = string.Create(CultureInfo.InvariantCulture, $"44010{number:000}{i:0000000}"),
            Msisdns = string.Create(CultureInfo.InvariantCulture, $"8120{random.NextInt64(100_000_000):00000000}"),
            Subscriptions = "plan-D",
            Imei = string.Create(CultureInfo.InvariantCulture, $"3592{random.NextInt64(100_000_000_000):00000000000}"),
            SerialNumber = string.Create(CultureInfo.InvariantCulture, $"DN{i:00000000}"),
            GroupId = string.Create(CultureInfo.InvariantCulture, $"{number:0000}{i % 5:00}-4a5f-11ee-be56"),
            GroupName = string.Create(CultureInfo.InvariantCulture, $"{place} {i % 5}"),
            Status = Statuses[random.Next(Statuses.Length)],
            SpeedClass = "s1.standard",
            ModuleType = "nano",
            Online = online,
            SessionId = "",
            IpAddress = online ? string.Create(CultureInfo.InvariantCulture, $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}") : "",
            Cell = "",
            LastHeardAt = now.AddMinutes(-random.Next(100_000)),
            ExpiryAction = "",
            ImeiLock = "",
            TerminationEnabled = true,
            CreatedAt = now.AddDays(-400),
            ModifiedAt = now.AddMinutes(-random.Next(100_000)),
        };
    }
}
