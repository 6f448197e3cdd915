using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Tests.Data;

public sealed class InTurnTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Guid tenant;
    private Guid person;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        tenant = await database.AddTenantAsync("aoba");
        person = await database.AddPersonAsync("Haruto");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task InTurnAsync_TheChangeFails_LeavesNothingBehind()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => database.Database.InTurnAsync<int>(
            tenant,
            async (db, cancellationToken) =>
            {
                await JoinAsync(db, cancellationToken);
                throw new TimeoutException();
            },
            Watchdog.Token));

        Assert.Equal(0, await MembersAsync());
    }

    [Fact]
    public async Task InTurnAsync_TheConnectionIsLostOnce_RunsFromTheStartAgain()
    {
        var tries = 0;
        // As SQL Server's strategy does; SQLite's own never tries again.
        var host = new PortalDatabase(new DbContextOptionsBuilder<PortalDbContext>()
            .UseSqlite(database.ConnectionString, sqlite => sqlite.ExecutionStrategy(dependencies => new TriesAgain(dependencies)))
            .Options);

        var answer = await host.InTurnAsync(
            tenant,
            async (db, cancellationToken) =>
            {
                await JoinAsync(db, cancellationToken);
                return ++tries == 1 ? throw new TimeoutException() : tries;
            },
            Watchdog.Token);

        Assert.Equal(2, answer);
        Assert.Equal(1, await MembersAsync());
    }

    [Fact]
    public async Task InTurnAsync_ManyAtOnce_EachReadsWhatTheOneBeforeSaved()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => database.Open().InTurnAsync(
            tenant,
            async (db, cancellationToken) =>
            {
                var self = await db.People.SingleAsync(cancellationToken);
                self.Name += "!";
                return await db.SaveChangesAsync(cancellationToken);
            },
            Watchdog.Token))));

        await using var after = database.Database.ForInstallation();
        Assert.Equal("Haruto!!!!!!", (await after.People.SingleAsync(Watchdog.Token)).Name);
    }

    private async Task JoinAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        db.TenantMembers.Add(new TenantMember { TenantId = tenant, PersonId = person, Role = TenantRole.Owner, AddedAt = ManualTime.Start });
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<int> MembersAsync()
    {
        await using var db = database.Database.ForTenant(tenant);
        return await db.TenantMembers.CountAsync(Watchdog.Token);
    }

    private sealed class TriesAgain(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 1, maxRetryDelay: TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is TimeoutException;
    }
}
