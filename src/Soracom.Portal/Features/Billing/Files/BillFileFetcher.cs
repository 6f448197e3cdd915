using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>Fetches what the vendor has made into the store, and opens it again.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="store">The files' rows; each file's key is written there before the file is.</param>
/// <param name="folder">The files.</param>
/// <param name="files">The vendor's files.</param>
/// <param name="archive">Seals the keys.</param>
/// <param name="options">How large files may be.</param>
internal sealed class BillFileFetcher(PortalDatabase database, BillFileStore store, BillFolder folder, VendorFiles files, TenantArchive archive, IOptions<BillingOptions> options)
{
    /// <summary>Why a file could not be kept: what can't be is not asked for. Null where it can.</summary>
    public async Task<string?> ObstacleAsync(CancellationToken cancellationToken)
    {
        try
        {
            return !await IsStoreThereAsync(cancellationToken) ? BillFileTrouble.StoreGone : folder.Free == 0 ? BillFileTrouble.StoreFull : null;
        }
        catch (Exception error) when (IsOfTheStore(error))
        {
            return BillFileTrouble.StoreGone;
        }
    }

    /// <summary>Fetches a file while its address lives.</summary>
    /// <returns>What was stored; why nothing can be; or neither, where the address led to nothing.</returns>
    public async Task<FetchedBill> FetchAsync(BillFile file, JobTurn turn, string url, CancellationToken cancellationToken)
    {
        var coverage = SoracomCoverages.TryParseWireName(file.Coverage, out var known) ? known : default;
        var opened = await files.OpenAsync(url, coverage, cancellationToken);
        if (opened.Error is { } error)
        {
            return new FetchedBill(null, error is VendorError vendor ? vendor.Kind.ToString() : null);
        }

        await using var content = opened.Value;
        var most = options.Value.MostFileBytes;
        if (content.Length > most)
        {
            return new FetchedBill(null, BillFileTrouble.TooLarge);
        }

        long free = 0;
        try
        {
            if (!await IsStoreThereAsync(cancellationToken))
            {
                return new FetchedBill(null, BillFileTrouble.StoreGone);
            }

            free = folder.Free;
            if (free < (content.Length ?? 1))
            {
                return new FetchedBill(null, BillFileTrouble.StoreFull);
            }

            var (place, key) = await NewFileAsync(file, turn, cancellationToken);
            return new FetchedBill(await folder.WriteAsync(place, key, content.Content, Math.Min(free, most), cancellationToken), null);
        }
        catch (VendorContentException)
        {
            // The connection broke, or fell silent, half-way.
            return new FetchedBill(null, nameof(VendorErrorKind.Unavailable));
        }
        catch (StoreFullException)
        {
            return new FetchedBill(null, free >= most ? BillFileTrouble.TooLarge : BillFileTrouble.StoreFull);
        }
        catch (Exception failure) when (IsOfTheStore(failure))
        {
            return new FetchedBill(null, BillFileTrouble.StoreGone);
        }
    }

    /// <summary>Opens a file that is there.</summary>
    /// <returns>Its content, which can seek; null where the store lacks it, or half of the key that seals its key is lost.</returns>
    /// <exception cref="IOException">The store is away.</exception>
    /// <exception cref="InvalidDataException">The file was cut off.</exception>
    /// <exception cref="VaultException">Its key can't be opened.</exception>
    public async Task<Stream?> OpenAsync(BillFile file, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(file.TenantId);
        using var cipher = await archive.OpenAsync(db, file.TenantId, cancellationToken);
        return cipher is null || file is not { FileId: { } fileId, FileKey: { } key } || cipher.IsShut(key) ? null : folder.Open(BillFolder.PlaceOf(file), cipher.Open(fileId, 1, key));
    }

    /// <summary>Whether a failure is the disk's or the share's, or that of what the tenant's files are sealed with.</summary>
    public static bool IsOfTheStore(Exception error) => error is IOException or UnauthorizedAccessException or VaultException;

    /// <summary>Gives the row a new file with a new key; what an earlier try has left of it goes.</summary>
    private async Task<(StoredPlace Place, byte[] Key)> NewFileAsync(BillFile file, JobTurn turn, CancellationToken cancellationToken)
    {
        var (fileId, key) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(SealedFile.KeySize));
        Guid? former = null;
        await store.PutAsync(
            file.TenantId,
            turn,
            async (db, row, token) =>
            {
                using var cipher = await archive.BeginAsync(db, row.TenantId, token);
                former = row.FileId;
                (row.FileId, row.FileKey) = (fileId, cipher.Seal(fileId, 1, key));
            },
            cancellationToken);
        if (former is { } left)
        {
            folder.Drop(BillFolder.PlaceOf(file, left));
        }

        return (BillFolder.PlaceOf(file, fileId), key);
    }

    /// <summary>Whether the store is there. It is begun where it has never held anything; otherwise a store without its mark is away.</summary>
    private async Task<bool> IsStoreThereAsync(CancellationToken cancellationToken)
    {
        if (!folder.IsThere)
        {
            await using var db = database.ForInstallation();
            if (!await db.BillFiles.IgnoreQueryFilters([PortalDbContext.TenantFilter]).AnyAsync(file => file.FileKey != null, cancellationToken))
            {
                folder.Begin();
            }
        }

        return folder.IsThere;
    }
}

/// <summary>What came of fetching a file.</summary>
/// <param name="Content">What was stored; null when nothing was.</param>
/// <param name="Trouble">Why nothing can be stored; null when something was, or the address led to nothing.</param>
internal readonly record struct FetchedBill(StoredContent? Content, string? Trouble);
