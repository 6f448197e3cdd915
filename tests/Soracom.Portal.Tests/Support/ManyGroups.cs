using System.Globalization;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Data.Sims;

namespace Soracom.Portal.Tests.Support;

/// <summary>An account's groups with their SIMs, put straight into the database, past the vendor, who knows none of them. The same every time.</summary>
internal static class ManyGroups
{
    private static readonly string[] Places = ["Osaka", "横浜港", "Sapporo", "Nagoya", "北浜", "Fukuoka", "千葉", "Sendai"];
    private static readonly string[] Statuses = ["active", "active", "active", "ready", "inactive", "suspended"];
    private static readonly string[] Namespaces = ["SoracomAir", "SoracomAir SoracomBeam", "SoracomAir SoracomHarvest", "", "SoracomFunk UnifiedEndpoint"];

    /// <summary>Adds them. SIM n is in group n modulo <paramref name="groups"/>.</summary>
    /// <param name="database">The database.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="operatorId">The account that its credential for Japan coverage opens.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="sims">How many SIMs.</param>
    /// <param name="now">When they were read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when they are there.</returns>
    public static async Task AddAsync(PortalDatabase database, Guid tenantId, string operatorId, int groups, int sims, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var random = new Random(groups);
        await using (var db = database.ForTenant(tenantId))
        {
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.SimInventories.Add(new SimInventory { TenantId = tenantId, Coverage = "jp", OperatorId = operatorId, ChangeNumber = 1, Walk = 1, CompleteAsOf = now, CompletedAt = now });
            db.InventoryGroups.AddRange(Enumerable.Range(0, groups).Select(i => Group(tenantId, operatorId, i, random, now)));
            await db.SaveChangesAsync(cancellationToken);
        }

        foreach (var some in Enumerable.Range(0, sims).Chunk(5_000))
        {
            await using var db = database.ForTenant(tenantId);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.InventorySims.AddRange(some.Select(i => Sim(tenantId, i, IdOf(i % groups), random, now)));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>The id of a group.</summary>
    public static string IdOf(int group) => string.Create(CultureInfo.InvariantCulture, $"{group:x8}-4a5f-11ee-be56-0242ac120002");

    private static InventoryGroup Group(Guid tenantId, string operatorId, int i, Random random, DateTimeOffset now)
    {
        var place = Places[random.Next(Places.Length)];
        return new InventoryGroup
        {
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = operatorId,
            GroupId = IdOf(i),
            ReadAt = now,
            Name = string.Create(CultureInfo.InvariantCulture, $"{place} {i:0000}"),
            Tags = $$"""{"site":"{{place}}","tier":"{{random.Next(4)}}"}""",
            Namespaces = Namespaces[random.Next(Namespaces.Length)],
            CreatedAt = now.AddDays(-400),
            ModifiedAt = now.AddMinutes(-random.Next(400_000)),
            WrittenAt = i % 3 == 0 ? now.AddMinutes(-random.Next(100_000)) : null,
            WrittenBy = i % 3 == 0 ? "Nagisa Insider" : null,
            Digest = [],
        };
    }

    private static InventorySim Sim(Guid tenantId, int i, string groupId, Random random, DateTimeOffset now) => new()
    {
        TenantId = tenantId,
        Coverage = "jp",
        SimId = string.Create(CultureInfo.InvariantCulture, $"894231019{i:0000000000}"),
        ReadAt = now,
        Walk = 1,
        ChangeNumber = 1,
        Name = string.Create(CultureInfo.InvariantCulture, $"pump-{i:000000}"),
        Tags = "{}",
        Iccids = string.Create(CultureInfo.InvariantCulture, $"894231019{i:0000000000}"),
        Imsis = string.Create(CultureInfo.InvariantCulture, $"44010{i:0000000000}"),
        Msisdns = "",
        Subscriptions = "plan-D",
        Imei = "",
        SerialNumber = "",
        GroupId = groupId,
        GroupName = groupId,
        Status = Statuses[random.Next(Statuses.Length)],
        SpeedClass = "s1.standard",
        ModuleType = "nano",
        Online = i % 3 > 0,
        SessionId = "",
        IpAddress = "",
        Cell = "",
        LastHeardAt = now.AddMinutes(-random.Next(100_000)),
        ExpiryAction = "",
        ImeiLock = "",
        TerminationEnabled = true,
        CreatedAt = now.AddDays(-400),
        ModifiedAt = now,
    };
}
