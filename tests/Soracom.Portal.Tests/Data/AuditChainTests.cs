using Soracom.Portal.Data.Audit;

namespace Soracom.Portal.Tests.Data;

/// <summary>Audit entries that were altered, removed or inserted behind the portal's back are found.</summary>
public sealed class AuditChainTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Guid aoba;
    private Guid nagisa;

    private const string FirstHash = "6cd9b8ae4da4c03aace83a2ef209daf368ab867fad19d26231db555d8a92dd13";

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Forgeries => new()
    {
        { "UPDATE AuditEntries SET ActorName = 'Somebody else' WHERE TenantId = $tenant AND Number = 3", "Altered 3" },
        { "UPDATE AuditEntries SET At = At + 1 WHERE TenantId = $tenant AND Number = 3", "Altered 3" },
        { "UPDATE AuditEntries SET Detail = NULL WHERE TenantId = $tenant AND Number = 3", "Altered 3" },
        { "UPDATE AuditEntries SET Detail = '', ObjectName = Detail WHERE TenantId = $tenant AND Number = 3", "Altered 3" },
        { "UPDATE AuditEntries SET OnBehalfOf = 'Somebody' WHERE TenantId = $tenant AND Number = 3", "Altered 3" },
        { "UPDATE AuditEntries SET Before = '' WHERE TenantId = $tenant AND Number = 3", "Altered 3" },
        { "UPDATE AuditEntries SET After = 'Pump 9' WHERE TenantId = $tenant AND Number = 3", "Altered 3" },
        { "UPDATE AuditEntries SET Reason = 'None' WHERE TenantId = $tenant AND Number = 3", "Altered 3" },
        { "UPDATE AuditEntries SET VendorRequestId = 'none' WHERE TenantId = $tenant AND Number = 3", "Altered 3" },
        { "UPDATE AuditEntries SET OnBehalfOf = NULL WHERE TenantId = $tenant AND Number = 4", "Altered 4" },
        { "UPDATE AuditEntries SET Before = NULL WHERE TenantId = $tenant AND Number = 4", "Altered 4" },
        { "UPDATE AuditEntries SET After = 'Pump 9' WHERE TenantId = $tenant AND Number = 4", "Altered 4" },
        { "UPDATE AuditEntries SET Before = After, After = Before WHERE TenantId = $tenant AND Number = 4", "Altered 4" },
        { "UPDATE AuditEntries SET Reason = '' WHERE TenantId = $tenant AND Number = 4", "Altered 4" },
        { "UPDATE AuditEntries SET VendorRequestId = NULL WHERE TenantId = $tenant AND Number = 4", "Altered 4" },
        { "UPDATE AuditEntries SET OnBehalfOf = NULL, Before = NULL, After = NULL, Reason = NULL, VendorRequestId = NULL WHERE TenantId = $tenant AND Number = 4", "Altered 4" },
        { "UPDATE AuditEntries SET Outcome = 'Succeeded' WHERE TenantId = $tenant AND Number = 5", "Altered 5" },
        { "UPDATE AuditEntries SET Hash = zeroblob(32) WHERE TenantId = $tenant AND Number = 3", "Altered 3, Altered 4" },
        { "UPDATE AuditEntries SET Hash = NULL WHERE TenantId = $tenant AND Number = 5", "Altered 5, EndDiffers 5" },
        { "UPDATE AuditEntries SET Number = 7 - Number WHERE TenantId = $tenant AND Number IN (3, 4)", "Altered 3, Altered 4, Altered 5" },
        { "UPDATE AuditEntries SET Number = NULL, Hash = NULL WHERE TenantId = $tenant AND Number = 3", "Missing 3, Inserted 0" },
        { "UPDATE AuditEntries SET TenantId = $other WHERE TenantId = $tenant AND Number = 3", "Missing 3" },
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number = 1", "Missing 1" },
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number IN (2, 3)", "Missing 2" },
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number >= 4", "Missing 4" },
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant", "Missing 1" },
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant AND Number = 5; UPDATE AuditHeads SET Number = 4 WHERE Id = $tenant", "EndDiffers 4" },
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant; DELETE FROM AuditHeads WHERE Id = $tenant", "Missing 1" },
        { "DELETE FROM AuditEntries WHERE TenantId = $tenant; UPDATE AuditHeads SET Number = 0, Hash = zeroblob(32) WHERE Id = $tenant", "Missing 1" },
        { "DELETE FROM AuditHeads WHERE Id = $tenant", "Inserted 1, Inserted 2, Inserted 3, Inserted 4, Inserted 5" },
        { Insert("3", "Hash"), "Inserted 3" },
        { Insert("6", "Hash"), "Inserted 6" },
        { Insert("NULL", "NULL"), "Inserted 0" },
    };

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        (aoba, nagisa) = (await database.AddTenantAsync("aoba"), await database.AddTenantAsync("nagisa"));
        foreach (var number in Enumerable.Range(1, 5))
        {
            // The fourth says all that an entry can.
            await RecordAsync(aoba, number == 4 ? Full(aoba) : Entry(aoba, number));
            await RecordAsync(nagisa, Entry(nagisa, number));
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Entries_OfEachTenant_AreAChainOfTheirOwn()
    {
        var check = await CheckAsync(aoba);

        Assert.Equal((5L, 0L), (check.Entries, check.Unchained));
        Assert.Empty(check.Faults);
        Assert.Equal(32, check.Head!.Length);
        Assert.NotEqual(check.Head, (await CheckAsync(nagisa)).Head);
    }

    [Fact]
    public async Task Installation_HasItsOwnChain()
    {
        await using (var db = database.Database.ForInstallation())
        {
            db.AuditEntries.AddRange(Entry(tenantId: null, 1), Entry(tenantId: null, 2));
            await db.SaveChangesAsync(None);
        }

        await using var read = database.Database.ForInstallation();
        var check = await AuditCheck.RunAsync(read, Guid.Empty, None);
        Assert.Equal((2L, 0), (check.Entries, check.Faults.Count));
    }

    [Fact]
    public async Task Entries_SavedTogetherAndWithWhatTheyTellOf_AreChained()
    {
        await RecordAsync(aoba, Entry(aoba, 6), Entry(aoba, 7));
        await database.Database.InTurnAsync(
            aoba,
            async (db, token) =>
            {
                db.AuditEntries.Add(Entry(aoba, 8));
                await db.SaveChangesAsync(token);
                db.AuditEntries.Add(Entry(aoba, 9));
                return await db.SaveChangesAsync(token);
            },
            None);

        Assert.Equal((9L, 0), ((await CheckAsync(aoba)).Entries, (await CheckAsync(aoba)).Faults.Count));
    }

    [Fact]
    public async Task Entry_WhoseTransactionIsGivenUp_LeavesNoGap()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Database.InTurnAsync<int>(
            aoba,
            async (db, token) =>
            {
                db.AuditEntries.Add(Entry(aoba, 6));
                await db.SaveChangesAsync(token);
                throw new InvalidOperationException();
            },
            None));
        await RecordAsync(aoba, Entry(aoba, 6));

        Assert.Equal((6L, 0), ((await CheckAsync(aoba)).Entries, (await CheckAsync(aoba)).Faults.Count));
    }

    [Fact]
    public async Task Entries_SavedAtOnce_EachHasItsPlace()
    {
        await Task.WhenAll(Enumerable.Range(6, 20).Select(number => RecordAsync(aoba, Entry(aoba, number))));

        Assert.Equal((25L, 0), ((await CheckAsync(aoba)).Entries, (await CheckAsync(aoba)).Faults.Count));
    }

    [Fact]
    public async Task Entries_WithOddText_AreReadAsTheyWereWritten()
    {
        await RecordAsync(aoba, Entry(aoba, 6, "\uD800 \r\n\t 冷蔵 \u202E e\u0301"));

        Assert.Empty((await CheckAsync(aoba)).Faults);
    }

    [Fact]
    public void EntryThatSaysNoneOfWhatWasAddedSince_HasTheHashThatItAlwaysHad()
    {
        var entry = new AuditEntry { At = DateTimeOffset.UnixEpoch, ActorName = "Haruto", Action = "sign-in", Outcome = AuditOutcome.Succeeded, Detail = "Details" };

        // Worked out apart from the program, as decision 0026 says.
        Assert.Equal(FirstHash, Convert.ToHexStringLower(AuditChain.HashOf(entry, 7, new byte[32])));
        Assert.NotEqual(FirstHash, Convert.ToHexStringLower(AuditChain.HashOf(Full(Guid.Empty), 7, new byte[32])));
    }

    [Fact]
    public async Task EntriesFromBeforeTheChain_AreCounted_AndOneMoreIsFound()
    {
        // As the upgrade finds them.
        await ForgeAsync("DELETE FROM AuditHeads; UPDATE AuditEntries SET Number = NULL, Hash = NULL");
        await RecordAsync(aoba, Entry(aoba, 6));

        var check = await CheckAsync(aoba);
        Assert.Equal((1L, 5L, 0), (check.Entries, check.Unchained, check.Faults.Count));
        await ForgeAsync(Insert("NULL", "NULL"));
        Assert.Equal("Inserted 0", Said(await CheckAsync(aoba)));
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Forgery_IsFoundWhereItIs_AndNowhereElse(string forgery, string found)
    {
        await ForgeAsync(forgery);

        Assert.Equal(found, Said(await CheckAsync(aoba)));
        if (!forgery.Contains("$other", StringComparison.Ordinal))
        {
            Assert.Empty((await CheckAsync(nagisa)).Faults);
        }
    }

    private static string Insert(string number, string hash) =>
        $"INSERT INTO AuditEntries (At, TenantId, ActorName, Action, Outcome, Number, Hash) SELECT At, TenantId, 'Forger', Action, Outcome, {number}, {hash} FROM AuditEntries WHERE TenantId = $tenant AND Action = 'sim.name' LIMIT 1";

    private static AuditEntry Entry(Guid? tenantId, int number, string? detail = null) => new()
    {
        At = ManualTime.Start.AddMinutes(number),
        TenantId = tenantId,
        ActorName = $"Actor {number}",
        Action = AuditActions.SimNamed,
        Outcome = AuditOutcome.Failed,
        Detail = detail ?? $"Detail {number}",
    };

    private static AuditEntry Full(Guid tenantId) => new()
    {
        At = ManualTime.Start.AddMinutes(4),
        TenantId = tenantId,
        ActorName = "Actor 4",
        OnBehalfOf = "Umi Partners",
        Action = AuditActions.SimNamed,
        Outcome = AuditOutcome.Succeeded,
        Before = "Pump 6",
        After = "Pump 7",
        Reason = "OPS-1",
        VendorRequestId = "request-4",
    };

    private static string Said(AuditCheck check) => string.Join(", ", check.Faults.Select(fault => $"{fault.Kind} {fault.Number}"));

    private async Task RecordAsync(Guid tenantId, params AuditEntry[] entries)
    {
        await using var db = database.Database.ForTenant(tenantId);
        db.AuditEntries.AddRange(entries);
        await db.SaveChangesAsync(None);
    }

    private async Task<AuditCheck> CheckAsync(Guid tenantId)
    {
        await using var db = database.Database.ForTenant(tenantId);
        return await AuditCheck.RunAsync(db, tenantId, None);
    }

    /// <summary>Does what nobody but the database's master can: past the triggers that forbid it.</summary>
    private async Task ForgeAsync(string statement)
    {
        foreach (var trigger in new[] { "AuditEntries_AppendOnly", "AuditEntries_AppendOnly_Delete", "AuditEntries_AppendOnly_Replace" })
        {
            await database.ExecuteAsync($"DROP TRIGGER IF EXISTS {trigger}");
        }

        await database.ExecuteAsync(statement, ("$tenant", aoba.ToString().ToUpperInvariant()), ("$other", nagisa.ToString().ToUpperInvariant()));
    }
}
