using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Hosting;

/// <summary>
/// The halves of tenants' data keys that lie outside the database: a file each, in a folder that has to be backed up by itself, and whose
/// backups are to be kept for a short time only, since a tenant that was removed can't be read once they are gone.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="options">Where it is.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class KeyShareFolder(PortalDatabase database, KeyRingOptions options, TimeProvider clock, ILogger<KeyShareFolder> log) : IKeyShares, ITenantHoldings
{
    /// <summary>The file whose content says which store it is: where it is missing, or another's, the folder is another one, such as below a share that is not mounted.</summary>
    public const string Mark = ".key-store";

    private const string Key = $"{KeyRingOptions.Section}:{nameof(KeyRingOptions.SharesFolder)}";

    private const int Named = 10;

    // Known from the start on; commands that seal nothing don't ask.
    private Guid? store;

    private Task? stuck;

    /// <summary>How long the folder has to answer, by the machine's time: keys are opened within turns of the database, and who waits there holds up all that write.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    private string Root { get; } = Path.GetFullPath(options.SharesFolder!);

    private bool IsThere => ReadMark() is { } mark && (store is null || mark == store);

    /// <summary>Refuses a folder that is not the store of this database's halves, and says which are missing in it.</summary>
    /// <param name="begins">Whether one is begun where there never was any.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the folder is as it should be.</returns>
    /// <exception cref="ConfigurationException">It is another one, or none was begun.</exception>
    public async Task RequireAsync(bool begins, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var known = await db.KeyStores.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (known is not null && ReadMark() == known.StoreId)
        {
            store = known.StoreId;
            await MissAsync(db, cancellationToken);
        }
        else if (begins && (known is null || (ReadMark() is null && !await Halved(db).AnyAsync(cancellationToken))))
        {
            await BeginAsync(lost: false, cancellationToken);
        }
        else
        {
            throw new ConfigurationException(known is null
                ? $"{Key} is {Root}, where no store for the halves of keys was begun yet. Run \"Soracom.Portal begin-key-store\" once, where the folder is mounted."
                : $"{Key} is {Root}, which is not the store that holds the halves of this database's keys (its file {Mark} is missing, can't be read, or is of another one). Mount or restore the folder that does: without it no stored secret can be opened.");
        }
    }

    /// <summary>Begins the store, on this machine's folder. Only while no key of the database is halved, unless the former store is lost.</summary>
    /// <param name="lost">Whether the store that holds the halves of the database's keys is lost for good: what it kept stays shut, and another one is begun.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The folder's whole path.</returns>
    /// <exception cref="ConfigurationException">The database has halved keys, which lie elsewhere; or the folder can't be written, or holds another store.</exception>
    public async Task<string> BeginAsync(bool lost, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (!lost && await Halved(db).AnyAsync(cancellationToken))
        {
            throw new ConfigurationException($"The database has keys whose halves lie in a store that was begun already: {Key} has to name that one. If it is lost for good, see \"Backups\" in docs/configuration.md.");
        }

        if (ReadMark() is not null)
        {
            throw new ConfigurationException($"{Key} is {Root}, which holds a store already, this database's or another's. Begin one in another folder; or delete this one, where the database that it belongs to is no more.");
        }

        // The row first: a mark without one would keep the folder from being taken, while a row without its mark is replaced here.
        var begun = new KeyStore { StoreId = Guid.NewGuid(), BegunAt = clock.GetUtcNow() };
        await db.KeyStores.ExecuteDeleteAsync(cancellationToken);
        db.KeyStores.Add(begun);
        await db.SaveChangesAsync(cancellationToken);
        try
        {
            OwnerOnly.CreateFolder(Root);
            await using var file = OwnerOnly.Create(Path.Combine(Root, Mark), FileMode.Create);
            await file.WriteAsync(Encoding.ASCII.GetBytes(begun.StoreId.ToString("N")), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{Key} is {Root}, which can't be written: {error.Message}", error);
        }

        store = begun.StoreId;
        return Root;
    }

    /// <inheritdoc />
    public Task KeepAsync(Guid tenantId, Guid shareId, byte[] share, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(share);
        // The caller clears its own. What is written although nobody waits for it any more is a half that no row names.
        byte[] kept = [.. share];
        return InTimeAsync<object?>(
            () =>
            {
                RequireThere();
                OwnerOnly.CreateFolder(FolderOf(tenantId));
                using var file = OwnerOnly.Create(PathOf(tenantId, shareId), FileMode.CreateNew);
                file.Write(kept);
                file.Flush(flushToDisk: true);
                CryptographicOperations.ZeroMemory(kept);
                return null;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<byte[]?> FindAsync(Guid tenantId, Guid shareId, CancellationToken cancellationToken) => InTimeAsync(
        () =>
        {
            try
            {
                return File.ReadAllBytes(PathOf(tenantId, shareId));
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                RequireThere();
                return null;
            }
        },
        cancellationToken);

    /// <inheritdoc />
    public void Drop(Guid tenantId, Guid shareId)
    {
        try
        {
            File.Delete(PathOf(tenantId, shareId));
        }
        catch (DirectoryNotFoundException) when (IsThere)
        {
            // This was done already.
        }
    }

    /// <inheritdoc />
    public IAsyncEnumerable<HeldFile> OfAsync(Guid tenantId, CancellationToken cancellationToken) => AsyncEnumerable.Empty<HeldFile>();

    /// <inheritdoc />
    public void Delete(Guid tenantId)
    {
        try
        {
            Directory.Delete(FolderOf(tenantId), recursive: true);
        }
        catch (DirectoryNotFoundException) when (IsThere)
        {
            // It never had any, or this was done already.
        }
    }

    private static IQueryable<TenantDataKey> Halved(PortalDbContext db) =>
        db.TenantDataKeys.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(key => key.Wrapped != null && key.ShareId != null);

    // Such as after a folder was restored that is older than the database. The others go on.
    private async Task MissAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var missing = (await Halved(db).Select(key => new { key.TenantId, key.ShareId }).ToListAsync(cancellationToken))
            .Where(key => !File.Exists(PathOf(key.TenantId, key.ShareId!.Value)))
            .Select(key => key.TenantId)
            .Distinct()
            .ToList();
        if (missing.Count > 0)
        {
            var some = string.Join(", ", missing.Take(Named));
            LogMissing(missing.Count, some);
        }
    }

    private Guid? ReadMark()
    {
        try
        {
            return Guid.TryParseExact(File.ReadAllText(Path.Combine(Root, Mark)).Trim(), "N", out var mark) ? mark : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Asks the folder on a thread of its own: a network share that hangs takes the thread that asks it along, even to open a file. While one
    /// hangs no other is given to it.
    /// </summary>
    /// <exception cref="IOException">It did not answer in time, or some other question of before is not answered yet.</exception>
    private async Task<T> InTimeAsync<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref stuck) is { IsCompleted: false })
        {
            throw new IOException("The store of the keys' halves does not answer.");
        }

        var asked = Task.Run(ask, cancellationToken);
        try
        {
            return await asked.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException error)
        {
            Volatile.Write(ref stuck, asked);
            throw new IOException("The store of the keys' halves does not answer.", error);
        }
    }

    private string FolderOf(Guid tenantId) => Path.Combine(Root, tenantId.ToString("N"));

    private string PathOf(Guid tenantId, Guid shareId) => Path.Combine(FolderOf(tenantId), shareId.ToString("N"));

    private void RequireThere()
    {
        if (!IsThere)
        {
            throw new IOException("The store of the keys' halves is away.");
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The halves of the keys of {Count} tenants are missing: their stored secrets can't be opened until the folder is restored. Among them: {Tenants}.")]
    private partial void LogMissing(int count, string tenants);
}
