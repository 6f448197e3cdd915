using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>The folder for the halves of keys belongs to one database, and a database to one folder.</summary>
public sealed class KeyShareFolderTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private VaultHost host = null!;
    private Guid aoba;

    private string Folder => database.KeysFolder;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        host = new VaultHost(database);
        aoba = await database.AddTenantAsync("aoba");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Require_WhereNoneWasBegun_SaysHow_AndBeginsOnlyWhereItMay()
    {
        await NeverBegunAsync();
        Directory.Delete(Folder, recursive: true);

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => host.Shares.RequireAsync(begins: false, Watchdog.Token));

        Assert.Contains("begin-key-store", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
        await host.Shares.RequireAsync(begins: true, Watchdog.Token);
        await host.Shares.RequireAsync(begins: false, Watchdog.Token);
    }

    [Fact]
    public async Task Begin_InTheFolderOfAnotherDatabase_IsRefused()
    {
        await NeverBegunAsync();

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => host.Shares.RequireAsync(begins: true, Watchdog.Token));

        Assert.Contains("KeyRing:SharesFolder", refused.Message, StringComparison.Ordinal);
        await using var db = host.Database.ForInstallation();
        Assert.False(await db.KeyStores.AnyAsync(Watchdog.Token));
    }

    [Fact]
    public async Task Begin_OfOneThatWasLostBeforeItHeldAnything_IsDoneAnew()
    {
        Directory.Delete(Folder, recursive: true);
        await Assert.ThrowsAsync<ConfigurationException>(() => host.Shares.RequireAsync(begins: false, Watchdog.Token));

        await host.Shares.BeginAsync(lost: false, Watchdog.Token);

        await host.Shares.RequireAsync(begins: false, Watchdog.Token);
        Assert.Equal("secret", await host.OpenAsync(aoba, await host.StoreAsync(aoba, "secret")));
    }

    [Fact]
    public async Task Begin_WhereTheFormerIsLost_ServesNewKeys_AndKeepsTheOldForTheirHalvesToComeBack()
    {
        var old = await host.StoreAsync(aoba, "old");
        await Assert.ThrowsAsync<ConfigurationException>(() => host.Shares.BeginAsync(lost: true, Watchdog.Token));
        var (halves, away) = (Path.Combine(Folder, aoba.ToString("N")), Folder + "-away");
        Directory.Move(Folder, away);
        await Assert.ThrowsAsync<ConfigurationException>(() => host.Shares.BeginAsync(lost: false, Watchdog.Token));

        await host.Shares.BeginAsync(lost: true, Watchdog.Token);

        await host.Shares.RequireAsync(begins: false, Watchdog.Token);
        Assert.Equal("new", await host.OpenAsync(aoba, await host.StoreAsync(aoba, "new", "g")));
        Assert.Equal(VaultFailure.KeyShareLost, (await Assert.ThrowsAsync<VaultException>(() => host.OpenAsync(aoba, old))).Failure);
        foreach (var half in Directory.GetFiles(Path.Combine(away, aoba.ToString("N"))))
        {
            File.Copy(half, Path.Combine(halves, Path.GetFileName(half)));
        }

        Assert.Equal("old", await host.OpenAsync(aoba, old));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("empty")]
    [InlineData("another's")]
    public async Task Require_OfAnotherFolder_IsRefused(string what)
    {
        await host.Shares.RequireAsync(begins: false, Watchdog.Token);
        var credential = await host.StoreAsync(aoba, "secret");
        var away = Folder + "-away";
        Directory.Move(Folder, away);
        if (what is not "gone")
        {
            Directory.CreateDirectory(Folder);
        }

        if (what is "another's")
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, KeyShareFolder.Mark), Guid.NewGuid().ToString("N"), Watchdog.Token);
        }

        await using (var restarted = new VaultHost(database))
        {
            var refused = await Assert.ThrowsAsync<ConfigurationException>(() => restarted.Shares.RequireAsync(begins: true, Watchdog.Token));
            Assert.Contains("KeyRing:SharesFolder", refused.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<ConfigurationException>(() => restarted.Shares.BeginAsync(lost: false, Watchdog.Token));
        }

        // And while it runs: nothing is written to another store.
        await Assert.ThrowsAsync<IOException>(() => host.Shares.KeepAsync(aoba, Guid.NewGuid(), new byte[32], Watchdog.Token));
        Assert.ThrowsAny<IOException>(() => host.Shares.Delete(aoba));
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Directory.Move(away, Folder);
        Assert.Equal("secret", await host.OpenAsync(aoba, credential));
    }

    [Fact]
    public async Task Require_WithHalvesMissing_StartsAndNamesTheTenant()
    {
        await host.StoreAsync(aoba, "secret");
        host.Shares.Delete(aoba);

        await host.Shares.RequireAsync(begins: false, Watchdog.Token);

        Assert.Contains(aoba.ToString(), host.Log.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Halves_AreForThePortalsOwnAccountAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await host.StoreAsync(aoba, "secret");

        var folder = Path.Combine(Folder, aoba.ToString("N"));
#pragma warning disable CA1416 // It is skipped there.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(folder))));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task Find_InAFolderThatHangs_IsGivenUp_AndIsGivenNoMoreThreads_UntilItAnswers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A pipe that nobody writes to stands in for a share that hangs.");
        await host.StoreAsync(aoba, "secret");
        var half = Assert.Single(Directory.GetFiles(Path.Combine(Folder, aoba.ToString("N"))));
        var (shareId, bytes) = (Guid.ParseExact(Path.GetFileName(half), "N"), await File.ReadAllBytesAsync(half, Watchdog.Token));
        File.Delete(half);
        using (var making = Process.Start("mkfifo", [half]))
        {
            await making.WaitForExitAsync(Watchdog.Token);
        }

        var shares = new KeyShareFolder(host.Database, new KeyRingOptions { SharesFolder = Folder }, TimeProvider.System, NullLogger<KeyShareFolder>.Instance) { Patience = TimeSpan.FromMilliseconds(200) };
        await Assert.ThrowsAsync<IOException>(() => shares.FindAsync(aoba, shareId, Watchdog.Token));
        // At once, whatever is asked of it.
        Assert.True(shares.FindAsync(aoba, Guid.NewGuid(), Watchdog.Token).IsFaulted);

        // It answers, late.
        await File.WriteAllBytesAsync(half, bytes, Watchdog.Token);
        File.Delete(half);
        await File.WriteAllBytesAsync(half, bytes, Watchdog.Token);
        byte[]? found = null;
        while (await Record.ExceptionAsync(async () => found = await shares.FindAsync(aoba, shareId, Watchdog.Token)) is IOException)
        {
            Watchdog.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(bytes, found);
    }

    /// <summary>As a database of the former build is once it was migrated.</summary>
    private async Task NeverBegunAsync() => await database.ExecuteAsync("DELETE FROM KeyStores");
}
