using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;

namespace Soracom.Portal.Tests.Data.Audit;

/// <summary>The oldest entries go by the anchor, and nothing else does.</summary>
public sealed class AuditTrimmingTests : IAsyncLifetime
{
    /// <summary>Ten years: what is older than that by the tests' clock is older than one by any.</summary>
    private const int Kept = 3650;

    private static readonly DateTimeOffset Long = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private TestDatabase database = null!;
    private Guid tenant;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    /// <summary>What the database refuses after entries 1 to 5 were removed: 6 is as old as those, 7 to 9 are young.</summary>
    public static TheoryData<string> Refused => new()
    {
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number = 6" },
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number = 7" },
        { "DELETE FROM AuditEntries WHERE TenantId = $other" },
        { "UPDATE AuditEntries SET Number = 1 WHERE TenantId = $tenant AND Number = 7" },
        { "UPDATE AuditEntries SET At = 0 WHERE TenantId = $tenant AND Number = 7" },
        { "DELETE FROM AuditAnchors" },
        { "UPDATE AuditAnchors SET Number = 4" },
        { "UPDATE AuditAnchors SET Number = 6" },
        { "UPDATE AuditAnchors SET Number = 8, Hash = (SELECT Hash FROM AuditEntries WHERE TenantId = $tenant AND Number = 8)" },
        { "UPDATE AuditAnchors SET Number = 8, Hash = (SELECT Hash FROM AuditEntries WHERE TenantId = $tenant AND Number = 8), OlderThan = 9000000000000000000" },
        { "UPDATE AuditAnchors SET Number = 6, Hash = (SELECT Hash FROM AuditEntries WHERE TenantId = $tenant AND Number = 6), OlderThan = OlderThan - 1" },
        { "UPDATE AuditAnchors SET Id = $other, Number = 6, Hash = (SELECT Hash FROM AuditEntries WHERE TenantId = $other AND Number = 6)" },
        { "INSERT OR REPLACE INTO AuditAnchors (Id, Number, Hash, OlderThan, RemovedAt, KeptDays) SELECT TenantId, Number, Hash, At + 1, 0, 365 FROM AuditEntries WHERE TenantId = $tenant AND Number = 6" },
        { "INSERT INTO AuditAnchors (Id, Number, Hash, OlderThan, RemovedAt, KeptDays) SELECT TenantId, Number, Hash, 9000000000000000000, 0, 365 FROM AuditEntries WHERE TenantId = $other AND Number = 8" },
        { "INSERT INTO AuditAnchors (Id, Number, Hash, OlderThan, RemovedAt, KeptDays) SELECT TenantId, Number, zeroblob(32), At + 1, 0, 365 FROM AuditEntries WHERE TenantId = $other AND Number = 3" },
    };

    /// <summary>What the database refuses while the tenant keeps its trail for ever, and not otherwise; a forged entry has place 3 then.</summary>
    public static TheoryData<string> RefusedForEver => new()
    {
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number = 3" },
        { "UPDATE AuditAnchors SET Number = 6, Hash = (SELECT Hash FROM AuditEntries WHERE TenantId = $tenant AND Number = 6), OlderThan = OlderThan + 864000000000" },
        { "INSERT INTO AuditAnchors (Id, Number, Hash, OlderThan, RemovedAt, KeptDays) SELECT TenantId, Number, Hash, At + 1, 0, 365 FROM AuditEntries WHERE TenantId = $other AND Number = 3" },
    };

    public static TheoryData<string, string> Forgeries => new()
    {
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number = 6", "Missing 6" },
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number <= 8", "Missing 6" },
        { "DELETE FROM AuditAnchors", "Missing 1" },
        { "UPDATE Tenants SET AuditKeepDays = 365 WHERE Id = $tenant", "KeepDiffers 0" },
        { "UPDATE Tenants SET AuditKeepDays = NULL WHERE Id = $tenant", "KeepDiffers 0" },
        { "UPDATE AuditEntries SET ActorName = 'Somebody' WHERE TenantId = $tenant AND Number = 6", "Altered 6" },
        { "UPDATE AuditAnchors SET Hash = zeroblob(32)", "Altered 6, BeginningDiffers 5" },
        { "UPDATE AuditAnchors SET Number = 6, Hash = (SELECT Hash FROM AuditEntries WHERE TenantId = $tenant AND Number = 6)", "Inserted 6, BeginningDiffers 6" },
        { "UPDATE AuditAnchors SET Number = 6, Hash = (SELECT Hash FROM AuditEntries WHERE TenantId = $tenant AND Number = 6); DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number = 6", "BeginningDiffers 6" },
        { "INSERT INTO AuditEntries (At, TenantId, ActorName, Action, Outcome, Number, Hash) SELECT At, TenantId, 'Forger', Action, Outcome, 3, Hash FROM AuditEntries WHERE TenantId = $tenant AND Number = 6", "Inserted 3" },
    };

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        tenant = await database.AddTenantAsync("aoba");
        await AddAsync(tenant);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Trim_RemovesWhatIsOlder_AndTheRestIsVerifiedFromThere()
    {
        var trimmed = await TrimAsync(ManualTime.Start);

        Assert.Equal((6L, 6L), (trimmed!.Entries, trimmed.Last));
        var check = await CheckAsync();
        Assert.Equal((4L, 6L, Kept, Kept), (check.Entries, check.Anchor!.Number, check.Anchor.KeptDays, check.KeptDays));
        Assert.Empty(check.Faults);
        Assert.Null(await TrimAsync(ManualTime.Start));
        Assert.Equal([7L, 8, 9, 10], await NumbersAsync());
    }

    [Fact]
    public async Task Trim_AgainLater_GoesOnFromThere()
    {
        Assert.Equal(2, (await TrimAsync(Long.AddDays(Kept + 3.5)))!.Last);
        Assert.Equal((3L, 5L), (await TrimAsync(Long.AddDays(Kept + 6.5))) is { } second ? (second.Entries, second.Last) : default);
        Assert.Null(await TrimAsync(Long.AddDays(Kept + 4)));

        var check = await CheckAsync();
        Assert.Equal((5L, 0), (check.Anchor!.Number, check.Faults.Count));
        // 6 is left, three young ones, and two that tell of it.
        Assert.Equal([6L, 7, 8, 9, 10, 11], await NumbersAsync());
    }

    [Fact]
    public async Task Trim_OfEntriesThatWereForged_RemovesNone()
    {
        await ForgeAsync("UPDATE AuditEntries SET ActorName = 'Somebody' WHERE TenantId = $tenant AND Number = 3");

        await Assert.ThrowsAsync<AuditChainBrokenException>(() => TrimAsync(ManualTime.Start));

        Assert.Equal(9, (await NumbersAsync()).Count);
        Assert.Equal("Altered 3", Said(await CheckAsync()));
    }

    [Fact]
    public async Task Trim_LeavesWhatWasInsertedBeforeTheBeginning_ToBeFound()
    {
        await TrimAsync(Long.AddDays(Kept + 6.5));
        await InsertAsync(3);

        Assert.Equal((1L, 6L), (await TrimAsync(ManualTime.Start)) is { } trimmed ? (trimmed.Entries, trimmed.Last) : default);

        Assert.Equal([3L, 7, 8, 9, 10, 11], await NumbersAsync());
        Assert.Equal("Inserted 3", Said(await CheckAsync()));
    }

    [Fact]
    public async Task Trim_WhereNotAllGo_RemovesNone()
    {
        await database.ExecuteAsync("CREATE TRIGGER Held BEFORE DELETE ON AuditEntries WHEN OLD.Number = 3 BEGIN SELECT RAISE(IGNORE); END");

        await Assert.ThrowsAsync<AuditChainBrokenException>(() => TrimAsync(ManualTime.Start));

        Assert.Equal(9, (await NumbersAsync()).Count);
        var check = await CheckAsync();
        Assert.Null(check.Anchor);
        Assert.Empty(check.Faults);
    }

    [Theory]
    [InlineData(AuditAnchor.LeastDays - 1)]
    [InlineData(AuditAnchor.MostDays + 1)]
    [InlineData(int.MaxValue)]
    public async Task Trim_ToLessThanAYear_OrToWhatNobodyCanSay_IsRefused(int keptDays) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => TrimAsync(ManualTime.Start, keptDays));

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    public async Task Trim_ToAYear_WhereTheDatabasesClockIsHoursBehind_IsDone(int hours) =>
        Assert.Equal(6, (await TrimAsync(DateTimeOffset.UtcNow.AddHours(hours), AuditAnchor.LeastDays))!.Last);

    [Fact]
    public async Task Trim_WithAClockThatRunsAhead_IsRefusedByTheDatabase()
    {
        // The database goes by its own.
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => TrimAsync(DateTimeOffset.UtcNow.AddDays(2), AuditAnchor.LeastDays));

        Assert.Contains("Audit trails are kept for a year.", Assert.IsType<SqliteException>(refused.InnerException).Message, StringComparison.Ordinal);
        Assert.Equal(9, (await NumbersAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Database_RefusesWhatIsNoRemovalByTheAnchor(string statement)
    {
        var other = await database.AddTenantAsync("nagisa");
        await AddAsync(other);
        await TrimAsync(Long.AddDays(Kept + 6.5));
        var (before, theirs) = (await NumbersAsync(), await NumbersAsync(other));

        await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(statement, other));

        Assert.Equal(before, await NumbersAsync());
        Assert.Equal(theirs, await NumbersAsync(other));
        Assert.Equal(5, (await CheckAsync()).Anchor!.Number);
    }

    [Theory]
    [MemberData(nameof(RefusedForEver))]
    public async Task Database_WhereTheTrailIsKeptForEver_RefusesAnyRemoval(string statement)
    {
        var other = await database.AddTenantAsync("nagisa");
        await AddAsync(other);
        await TrimAsync(Long.AddDays(Kept + 6.5));
        await InsertAsync(3);

        await database.ExecuteAsync("UPDATE Tenants SET AuditKeepDays = NULL");
        await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(statement, other));

        await database.ExecuteAsync("UPDATE Tenants SET AuditKeepDays = 3650");
        Assert.Equal(1, await ExecuteAsync(statement, other));
    }

    [Fact]
    public async Task Database_RefusesABeginningBehindTheChainsEnd()
    {
        const string Move = "UPDATE AuditAnchors SET Number = 99, Hash = (SELECT Hash FROM AuditEntries WHERE TenantId = $tenant AND Number = 99), OlderThan = OlderThan + 864000000000";
        await TrimAsync(Long.AddDays(Kept + 6.5));
        await InsertAsync(99);

        await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(Move));

        await database.ExecuteAsync("UPDATE AuditHeads SET Number = 99");
        Assert.Equal(1, await ExecuteAsync(Move));
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Forgery_AfterARemoval_IsFound(string forgery, string found)
    {
        await TrimAsync(Long.AddDays(Kept + 6.5));
        Assert.Empty((await CheckAsync()).Faults);

        await ForgeAsync(forgery);

        Assert.Equal(found, Said(await CheckAsync()));
    }

    private static string Said(AuditCheck check) => string.Join(", ", check.Faults.Select(fault => $"{fault.Kind} {fault.Number}"));

    /// <summary>Six entries, a day apart from long ago, and three of now, of which the last says for how long they are kept.</summary>
    private async Task AddAsync(Guid tenantId)
    {
        await database.ExecuteAsync($"UPDATE Tenants SET AuditKeepDays = {Kept} WHERE Id = $id", ("$id", Text(tenantId)));
        foreach (var number in Enumerable.Range(1, 9))
        {
            await using var db = database.Database.ForTenant(tenantId);
            var (action, after) = number == 9 ? (AuditActions.AuditKeepChanged, AuditKept.Told(Kept)) : (AuditActions.SimNamed, null);
            db.AuditEntries.Add(new AuditEntry { At = number <= 6 ? Long.AddDays(number) : ManualTime.Start, TenantId = tenantId, ActorName = $"Actor {number}", Action = action, Outcome = AuditOutcome.Succeeded, After = after, Reason = "OPS-1" });
            await db.SaveChangesAsync(None);
        }
    }

    private Task<AuditTrimmed?> TrimAsync(DateTimeOffset now, int keptDays = Kept) => database.Database.InTurnAsync(
        tenant,
        async (db, token) =>
        {
            var trimmed = await AuditTrimming.RunAsync(db, tenant, keptDays, now, token);
            if (trimmed is not null)
            {
                db.AuditEntries.Add(new AuditEntry
                {
                    At = ManualTime.Start,
                    TenantId = tenant,
                    ActorName = AuditEntry.Itself,
                    Action = AuditActions.AuditTrimmed,
                    ObjectId = trimmed.Last.ToString(CultureInfo.InvariantCulture),
                    Outcome = AuditOutcome.Succeeded,
                    After = trimmed.Told,
                    Reason = AuditKept.Told(keptDays),
                });
                await db.SaveChangesAsync(token);
            }

            return trimmed;
        },
        None);

    private async Task<AuditCheck> CheckAsync()
    {
        await using var db = database.Database.ForTenant(tenant);
        return await AuditCheck.RunAsync(db, tenant, None);
    }

    private async Task<List<long>> NumbersAsync(Guid? tenantId = null)
    {
        await using var db = database.Database.ForTenant(tenantId ?? tenant);
        return [.. db.AuditEntries.OrderBy(entry => entry.Number).Select(entry => entry.Number!.Value)];
    }

    private Task<int> ExecuteAsync(string statement, Guid? other = null) =>
        database.ExecuteAsync(statement, ("$tenant", Text(tenant)), ("$other", Text(other ?? tenant)));

    /// <summary>Adds an entry past the portal, a day older than the sixth.</summary>
    private Task<int> InsertAsync(int place) => ExecuteAsync(
        "INSERT INTO AuditEntries (At, TenantId, ActorName, Action, Outcome, Number, Hash) SELECT At - 864000000000, TenantId, 'Forger', Action, Outcome, $place, Hash FROM AuditEntries WHERE TenantId = $tenant AND Number = 6".Replace("$place", place.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>Does what nobody but the database's master can: past the triggers that forbid it.</summary>
    private async Task ForgeAsync(string statement)
    {
        foreach (var trigger in new[] { "AuditEntries_AppendOnly", "AuditEntries_AppendOnly_Delete", "AuditAnchors_Forward", "AuditAnchors_Forward_Insert", "AuditAnchors_Forward_Delete" })
        {
            await database.ExecuteAsync($"DROP TRIGGER {trigger}");
        }

        await ExecuteAsync(statement);
    }

    private static string Text(Guid id) => id.ToString().ToUpperInvariant();
}
