using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;

namespace Soracom.Portal.Tests.Data.Audit;

public sealed class AppendOnlyTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Guid tenant;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        tenant = await database.AddTenantAsync("aoba");
        await using var db = database.Database.ForTenant(tenant);
        db.AuditEntries.Add(new AuditEntry { At = ManualTime.Start, TenantId = tenant, ActorName = "Haruto", Action = AuditActions.TenantOpened, Outcome = AuditOutcome.Denied });
        await db.SaveChangesAsync(None);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Theory]
    [InlineData("UPDATE AuditEntries SET ActorName = 'somebody else'")]
    [InlineData("UPDATE AuditEntries SET OnBehalfOf = 'Umi Partners'")]
    [InlineData("UPDATE AuditEntries SET Before = 'x'")]
    [InlineData("UPDATE AuditEntries SET After = 'x'")]
    [InlineData("UPDATE AuditEntries SET Reason = 'x'")]
    [InlineData("UPDATE AuditEntries SET VendorRequestId = 'x'")]
    [InlineData("UPDATE AuditEntries SET Outcome = 'Succeeded' WHERE Id = 1")]
    [InlineData("DELETE FROM AuditEntries")]
    [InlineData("INSERT OR REPLACE INTO AuditEntries (Id, At, ActorName, Action, Outcome) VALUES (1, 0, 'somebody else', 'sign-in', 'Succeeded')")]
    public async Task Database_ChangeOfAnEntry_IsRefused(string sql)
    {
        await Assert.ThrowsAsync<SqliteException>(() => database.ExecuteAsync(sql));

        Assert.Equal(("Haruto", AuditOutcome.Denied), await EntryAsync());
    }

    [Theory]
    [InlineData(EntityState.Modified)]
    [InlineData(EntityState.Deleted)]
    public async Task Context_ChangeOfAnEntry_IsRefused(EntityState state)
    {
        await using var db = database.Database.ForTenant(tenant);
        db.Entry(await db.AuditEntries.SingleAsync(None)).State = state;

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(None));

        Assert.Equal(("Haruto", AuditOutcome.Denied), await EntryAsync());
    }

    [Fact]
    public async Task Context_BulkDelete_IsRefusedByTheDatabase()
    {
        // Bulk operations pass by the change tracker, so only the database can refuse them.
        await using var db = database.Database.ForTenant(tenant);

        await Assert.ThrowsAsync<SqliteException>(() => db.AuditEntries.ExecuteDeleteAsync(None));

        Assert.Equal(("Haruto", AuditOutcome.Denied), await EntryAsync());
    }

    private async Task<(string Actor, AuditOutcome Outcome)> EntryAsync()
    {
        await using var db = database.Database.ForTenant(tenant);
        var entry = await db.AuditEntries.SingleAsync(None);
        return (entry.ActorName, entry.Outcome);
    }
}
