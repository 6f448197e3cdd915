using System.Globalization;

namespace Soracom.Portal.Shared.Storing;

/// <summary>A store of sealed files, each under the id that its row knows it by. Nothing in a path comes from a user or from the vendor.</summary>
/// <param name="mark">The name of a file that stays in the store: where it is missing, the store is away, such as a share that is not mounted, and not empty.</param>
internal abstract class SealedFolder(string mark)
{
    private const string Unfinished = ".part";

    /// <summary>Where it is.</summary>
    protected abstract string Root { get; }

    /// <summary>What is left free on its disk, in bytes.</summary>
    protected abstract long LeastFree { get; }

    /// <summary>Whether the store is there.</summary>
    public bool IsThere => File.Exists(Path.Combine(Root, mark));

    /// <summary>The bytes that may still be written; none when the disk is full.</summary>
    public long Free => Math.Max(0, DiskRoom.Of(Root) - LeastFree);

    /// <summary>Begins the store, which has never held anything.</summary>
    public void Begin()
    {
        OwnerOnly.CreateFolder(Root);
        using var file = OwnerOnly.Create(Path.Combine(Root, mark), FileMode.Create);
    }

    /// <summary>Writes a file. It is there whole, whatever happens to the program, or not at all.</summary>
    /// <param name="place">The file.</param>
    /// <param name="key">Its key.</param>
    /// <param name="content">Its content.</param>
    /// <param name="room">The most that it may have, in bytes: the disk has the last word all the same.</param>
    /// <param name="cancellationToken">Cancels; then nothing is there.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="StoreFullException">It has more, or the disk is full; nothing is there.</exception>
    /// <exception cref="IOException">The store is away, or takes nothing.</exception>
    public async Task<StoredContent> WriteAsync(StoredPlace place, byte[] key, Stream content, long room, CancellationToken cancellationToken)
    {
        Require();
        var path = PathOf(place);
        OwnerOnly.CreateFolder(Path.GetDirectoryName(path)!);
        try
        {
            StoredContent stored;
            await using (var file = OwnerOnly.Create(path + Unfinished, FileMode.Create))
            {
                using var writer = new SealedFileWriter(file, key);
                stored = await writer.WriteAsync(new CappedStream(content, room, () => Free), cancellationToken);
                // Renamed before it is on the disk, a file could be there and empty after a power cut.
                file.Flush(flushToDisk: true);
            }

            File.Move(path + Unfinished, path, overwrite: false);
            return stored;
        }
        catch
        {
            File.Delete(path + Unfinished);
            throw;
        }
    }

    /// <summary>Opens a file.</summary>
    /// <param name="place">The file.</param>
    /// <param name="key">Its key.</param>
    /// <returns>Its content; null where it is not there.</returns>
    /// <exception cref="InvalidDataException">It was cut off.</exception>
    /// <exception cref="IOException">The store is away.</exception>
    public Stream? Open(StoredPlace place, byte[] key)
    {
        FileStream file;
        try
        {
            file = new FileStream(PathOf(place), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous, BufferSize = 0 });
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            Require();
            return null;
        }

        try
        {
            return new SealedFileStream(file, key);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Which files of one owner are missing, or not whole.</summary>
    /// <param name="files">The files, all of one owner, and the lengths of their contents; at least one.</param>
    /// <returns>Those; null where the store is out of reach, so that nobody can tell.</returns>
    public IReadOnlyList<StoredPlace>? Missing(IReadOnlyDictionary<StoredPlace, long> files)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(PathOf(files.Keys.First()))!);
        try
        {
            // One look into the folder: a share takes its time for each.
            var there = folder.Exists ? folder.EnumerateFiles().ToDictionary(file => file.FullName, file => file.Length, StringComparer.Ordinal) : [];
            List<StoredPlace> missing = [.. files.Where(one => !there.TryGetValue(Path.GetFullPath(PathOf(one.Key)), out var length) || length != SealedFile.SealedLength(one.Value)).Select(one => one.Key)];
            // Asked afterwards: a share may go away in between.
            return missing.Count == 0 || IsThere ? missing : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Looks through a file that a program wrote and did not come to note.</summary>
    /// <param name="place">The file.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it holds; null where it is not there.</returns>
    /// <exception cref="InvalidDataException">It was altered.</exception>
    public async Task<StoredContent?> LookAsync(StoredPlace place, byte[] key, CancellationToken cancellationToken)
    {
        if (Open(place, key) is not { } content)
        {
            return null;
        }

        await using (content)
        {
            return await StoredContent.OfAsync(content, cancellationToken);
        }
    }

    /// <summary>Removes what an earlier try has left. What can't be removed now goes with its owner.</summary>
    /// <param name="place">The earlier try's file.</param>
    public void Drop(StoredPlace place)
    {
        try
        {
            File.Delete(PathOf(place));
            File.Delete(PathOf(place) + Unfinished);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It was never begun, or somebody has it open.
        }
    }

    /// <summary>The tenants that have files.</summary>
    public IReadOnlyList<Guid> Tenants() => Directory.Exists(Root) ? Named(Root) : [];

    /// <summary>What a tenant has files of, such as its exports.</summary>
    /// <param name="tenantId">The tenant.</param>
    public IReadOnlyList<Guid> Owners(Guid tenantId) => Named(Path.Combine(Root, tenantId.ToString("N")));

    /// <summary>Deletes all files of an owner.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="ownerId">The owner.</param>
    public void Delete(Guid tenantId, Guid ownerId)
    {
        try
        {
            Remove(Path.Combine(Root, tenantId.ToString("N"), ownerId.ToString("N")));
        }
        catch (DirectoryNotFoundException)
        {
            // It never had any, or another instance was faster.
        }
    }

    /// <summary>Deletes all files of a tenant.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <exception cref="IOException">The store is away, or somebody has a file open.</exception>
    public void Delete(Guid tenantId)
    {
        try
        {
            Remove(Path.Combine(Root, tenantId.ToString("N")));
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(Root) || IsThere)
        {
            // It never had any.
        }
    }

    /// <summary>Removes a folder with all that is in it.</summary>
    /// <param name="path">The folder.</param>
    protected virtual void Remove(string path) => Directory.Delete(path, recursive: true);

    /// <summary>The ids that folders in a folder are named after; what somebody else has put there is left alone.</summary>
    /// <param name="path">The folder.</param>
    protected virtual IReadOnlyList<Guid> Named(string path) => [.. Directory.EnumerateDirectories(path).Select(one => Guid.TryParseExact(Path.GetFileName(one), "N", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];

    private void Require()
    {
        if (!IsThere)
        {
            throw new IOException("The store is away.");
        }
    }

    private string PathOf(StoredPlace place) => Path.Combine(Root, place.TenantId.ToString("N"), place.OwnerId.ToString("N"), string.Create(CultureInfo.InvariantCulture, $"{place.Number:00000}-{place.FileId:N}"));
}

/// <summary>Which file.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="OwnerId">What it belongs to, such as an export.</param>
/// <param name="Number">Which of the owner's, such as a piece.</param>
/// <param name="FileId">The file: each try has its own.</param>
internal sealed record StoredPlace(Guid TenantId, Guid OwnerId, int Number, Guid FileId);
