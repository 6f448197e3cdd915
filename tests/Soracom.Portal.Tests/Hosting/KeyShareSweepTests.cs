using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Hosting;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>What is done with keys by itself: halves that no backup needs go, and keys without halves get them.</summary>
public sealed class KeyShareSweepTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private VaultHost host = null!;
    private Guid aoba;
    private Guid nagisa;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        host = new VaultHost(database);
        aoba = await database.AddTenantAsync("aoba");
        nagisa = await database.AddTenantAsync("nagisa");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task HalvesOfReplacedKeys_AreDeletedOnceTheyWereKeptLongEnough()
    {
        var credential = await host.StoreAsync(aoba, "secret");
        await host.RotateAsync(aoba);

        await SweepAsync(TimeSpan.FromDays(30));
        Assert.Equal(2, Halves(aoba));

        await SweepAsync(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));
        Assert.Equal(1, Halves(aoba));
        Assert.Equal("secret", await host.OpenAsync(aoba, credential));
        await using var db = host.Database.ForTenant(aoba);
        Assert.Equal([false, true], await db.TenantDataKeys.OrderBy(key => key.Number).Select(key => key.ShareId != null).ToListAsync(Watchdog.Token));
    }

    [Fact]
    public async Task KeysFromBeforeThereWereHalves_AreReplaced_WhateverBecomesOfAnotherTenants()
    {
        var (broken, old) = (await host.StoreAsync(aoba, "broken"), await host.StoreAsync(nagisa, "secret"));
        await MakeWholeAsync(aoba);
        await MakeWholeAsync(nagisa);
        await database.ExecuteAsync("UPDATE VendorCredentials SET Sealed = zeroblob(64) WHERE Id = $id", ("$id", broken.ToString().ToUpperInvariant()));

        using var logs = new LogCapture();
        await SweepAsync(TimeSpan.FromDays(1), logs);

        Assert.Equal("secret", await host.OpenAsync(nagisa, old));
        Assert.Equal((0, 1), (Halves(aoba), Halves(nagisa)));
        Assert.Contains(aoba.ToString(), logs.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(nagisa.ToString(), logs.Everything, StringComparison.Ordinal);
        await using var db = host.Database.ForTenant(nagisa);
        var entry = await db.AuditEntries.SingleAsync(Watchdog.Token);
        Assert.Equal((AuditActions.DataKeyRotated, AuditEntry.Itself), (entry.Action, entry.ActorName));
        Assert.All(await db.TenantDataKeys.Where(key => key.Wrapped != null).ToListAsync(Watchdog.Token), key => Assert.NotNull(key.ShareId));
    }

    [Fact]
    public async Task WhateverGoesWrongWithOneTenant_IsNoOthersBusiness()
    {
        await host.StoreAsync(aoba, "one");
        await host.StoreAsync(nagisa, "other");
        await host.RotateAsync(aoba);
        await host.RotateAsync(nagisa);
        var failed = new HashSet<string>();
        var hook = new DatabaseHook
        {
            // Whichever of them comes first.
            BeforeQuery = query => failed.Count == 0 && new[] { aoba, nagisa }.Select(id => id.ToString()).FirstOrDefault(id => query.Contains(id, StringComparison.OrdinalIgnoreCase)) is { } first && failed.Add(first)
                ? throw new TimeoutException("The database is busy.")
                : Task.CompletedTask,
        };

        using var logs = new LogCapture();
        await SweepAsync(TimeSpan.FromDays(31), logs, hook.Open(database));

        Assert.Equal([1, 2], new[] { Halves(aoba), Halves(nagisa) }.Order());
        Assert.Contains(Assert.Single(failed), logs.Everything, StringComparison.OrdinalIgnoreCase);
    }

    private int Halves(Guid tenant) => Directory.Exists(FolderOf(tenant)) ? Directory.GetFiles(FolderOf(tenant)).Length : 0;

    private string FolderOf(Guid tenant) => Path.Combine(database.KeysFolder, tenant.ToString("N"));

    /// <summary>Makes a tenant's key one of the former build's: whole in the database.</summary>
    private async Task MakeWholeAsync(Guid tenant)
    {
        await using var db = host.Database.ForTenant(tenant);
        var row = await db.TenantDataKeys.SingleAsync(Watchdog.Token);
        var half = host.Ring.CreateProtector("Soracom.Portal.TenantDataKey", tenant.ToString("N"), "1", row.ShareId!.Value.ToString("N")).Unprotect(row.Wrapped!);
        var share = await File.ReadAllBytesAsync(Directory.GetFiles(FolderOf(tenant)).Single(), Watchdog.Token);
        row.Wrapped = host.Ring.CreateProtector("Soracom.Portal.TenantDataKey", tenant.ToString("N"), "1").Protect([.. half.Zip(share, (one, other) => (byte)(one ^ other))]);
        row.ShareId = null;
        await db.SaveChangesAsync(Watchdog.Token);
        host.Shares.Delete(tenant);
    }

    /// <summary>Sweeps so long after all was done.</summary>
    private async Task SweepAsync(TimeSpan later, LogCapture? logs = null, PortalDatabase? through = null)
    {
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(logs ?? new LogCapture()));
        var clock = new ManualTime();
        clock.Advance(later);
        using var sweep = new KeyShareSweep(through ?? host.Database, host.Vault, new AuditTrail(host.Database, clock), new KeyRingOptions(), Options.Create(new RecurringOptions()), clock, logging.CreateLogger<KeyShareSweep>());
        await sweep.RunOnceAsync(Watchdog.Token);
    }
}
