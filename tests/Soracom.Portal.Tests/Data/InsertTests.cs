using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Sims;

namespace Soracom.Portal.Tests.Data;

public sealed class InsertTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Guid aoba;
    private Guid nagisa;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        aoba = await database.AddTenantAsync("aoba");
        nagisa = await database.AddTenantAsync("nagisa");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Insert_RowsFullAndEmpty_AreReadBackAsTheyWere()
    {
        InventorySim[] rows = [Sim(aoba, "1", full: true), Sim(aoba, "2", full: false)];

        await InsertAsync(aoba, rows);

        await using var db = database.Database.ForTenant(aoba);
        var read = await db.InventorySims.OrderBy(sim => sim.SimId).ToListAsync(None);
        Assert.Equal(rows.Select(Values), read.Select(Values));
    }

    [Fact]
    public async Task Insert_RowOfAnotherTenantAmongOnesOwn_InsertsNone()
    {
        await Assert.ThrowsAsync<ForeignTenantException>(() => InsertAsync(aoba, [Sim(aoba, "1", full: true), Sim(nagisa, "2", full: true)]));

        Assert.Equal(0, await CountAsync(aoba));
        Assert.Equal(0, await CountAsync(nagisa));
    }

    [Fact]
    public async Task Insert_InATransactionThatIsRolledBack_LeavesNothing()
    {
        await using (var db = database.Database.ForTenant(aoba))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(None);
            await db.InsertAsync([Sim(aoba, "1", full: true)], None);
            Assert.Equal(1, await db.InventorySims.CountAsync(None));
        }

        Assert.Equal(0, await CountAsync(aoba));
    }

    [Fact]
    public async Task Insert_TheSameRowTwice_Throws() =>
        await Assert.ThrowsAsync<SqliteException>(() => InsertAsync(aoba, [Sim(aoba, "1", full: true), Sim(aoba, "1", full: true)]));

    private async Task InsertAsync(Guid tenantId, InventorySim[] rows)
    {
        await using var db = database.Database.ForTenant(tenantId);
        await db.InsertAsync(rows, None);
        await db.SaveChangesAsync(None);
    }

    private async Task<int> CountAsync(Guid tenantId)
    {
        await using var db = database.Database.ForTenant(tenantId);
        return await db.InventorySims.CountAsync(None);
    }

    /// <summary>A SIM with a value of its own in every column, or with nothing where nothing may be.</summary>
    private static InventorySim Sim(Guid tenantId, string simId, bool full)
    {
        var row = new InventorySim
        {
            TenantId = tenantId,
            Coverage = "jp",
            SimId = simId,
            ReadAt = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(9)),
            Name = "",
            Tags = "",
            Iccids = "",
            Imsis = "",
            Msisdns = "",
            Subscriptions = "",
            Imei = "",
            SerialNumber = "",
            GroupId = "",
            GroupName = "",
            Status = "",
            SpeedClass = "",
            ModuleType = "",
            SessionId = "",
            IpAddress = "",
            Cell = "",
            ExpiryAction = "",
            ImeiLock = "",
        };
        var number = 0;
        foreach (var property in typeof(InventorySim).GetProperties().Where(property => full && property.Name is not (nameof(InventorySim.TenantId) or nameof(InventorySim.SimId) or nameof(InventorySim.Coverage))))
        {
            number++;
            property.SetValue(row, property.PropertyType switch
            {
                var type when type == typeof(string) => $"倉庫 {number}",
                var type when type == typeof(int) => number,
                var type when type == typeof(long) => (long)number,
                var type when type == typeof(bool) => true,
                var type when type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?) => row.ReadAt.AddMinutes(number),
                var type => throw new InvalidOperationException($"There is no example of {type}."),
            });
        }

        return row;
    }

    private static string Values(InventorySim row) => string.Join('|', typeof(InventorySim).GetProperties().Select(property => property.GetValue(row) switch
    {
        DateTimeOffset time => $"{property.Name}={time.UtcTicks}",
        var value => $"{property.Name}={value}",
    }));
}
