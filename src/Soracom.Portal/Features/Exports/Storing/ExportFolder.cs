using Microsoft.Extensions.Options;

namespace Soracom.Portal.Features.Exports.Storing;

/// <summary>The files of exports, sealed, each under the id that its piece knows it by. Nothing in a path comes from a user or from the vendor.</summary>
/// <param name="options">Where it is.</param>
/// <param name="environment">Where it is when nobody said.</param>
internal class ExportFolder(IOptions<ExportOptions> options, IWebHostEnvironment environment)
{
    private const string Unfinished = ".part";

    private string Root => options.Value.Folder ?? Path.Combine(environment.ContentRootPath, "App_Data", "exports");

    /// <summary>The bytes that may still be written; none when the disk is full.</summary>
    public long Free
    {
        get
        {
            Directory.CreateDirectory(Root);
            return Math.Max(0, new DriveInfo(Path.GetFullPath(Root)).AvailableFreeSpace - options.Value.LeastFreeBytes);
        }
    }

    /// <summary>Writes a file. It is there whole, whatever happens to the program, or not at all.</summary>
    /// <param name="place">The file.</param>
    /// <param name="key">Its key.</param>
    /// <param name="content">Its content.</param>
    /// <param name="room">The most that it may have, in bytes: the disk has the last word all the same.</param>
    /// <param name="cancellationToken">Cancels; then nothing is there.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="StoreFullException">It has more, or the disk is full; nothing is there.</exception>
    public async Task<StoredContent> WriteAsync(StoredPlace place, byte[] key, Stream content, long room, CancellationToken cancellationToken)
    {
        var path = PathOf(place);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            StoredContent stored;
            await using (var file = new FileStream(path + Unfinished, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 }))
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
    public Stream? Open(StoredPlace place, byte[] key)
    {
        try
        {
            return new SealedFileStream(new FileStream(PathOf(place), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous, BufferSize = 0 }), key);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Which of an export's files are missing.</summary>
    /// <param name="places">The files, all of one export; at least one.</param>
    /// <returns>Those; null where the folder is out of reach, so that nobody can tell.</returns>
    public IReadOnlyList<StoredPlace>? Missing(IReadOnlyCollection<StoredPlace> places)
    {
        var folder = Path.GetDirectoryName(PathOf(places.First()))!;
        try
        {
            if (!Directory.Exists(Path.GetDirectoryName(folder)))
            {
                // All that the tenant has is not lost at once: a share that is not there leaves an empty place.
                return null;
            }

            // One look into the folder: a share takes its time for each.
            var there = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).ToHashSet(StringComparer.Ordinal) : [];
            return [.. places.Where(place => !there.Contains(PathOf(place)))];
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

    /// <summary>Removes a piece's files but one: what earlier tries have left.</summary>
    /// <param name="place">The file that stays.</param>
    public void Tidy(StoredPlace place)
    {
        var path = PathOf(place);
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            foreach (var other in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{place.Prefix}*").Where(file => !string.Equals(file, path, StringComparison.Ordinal)))
            {
                File.Delete(other);
            }
        }
    }

    /// <summary>The tenants that have files.</summary>
    public IReadOnlyList<Guid> Tenants() => Directory.Exists(Root) ? Named(Root) : [];

    /// <summary>The exports of a tenant that have files.</summary>
    /// <param name="tenantId">The tenant.</param>
    public IReadOnlyList<Guid> Exports(Guid tenantId) => Named(Path.Combine(Root, tenantId.ToString("N")));

    /// <summary>Deletes all files of an export.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="exportId">The export.</param>
    public void Delete(Guid tenantId, Guid exportId)
    {
        try
        {
            Remove(Path.Combine(Root, tenantId.ToString("N"), exportId.ToString("N")));
        }
        catch (DirectoryNotFoundException)
        {
            // It never had any, or another instance was faster.
        }
    }

    /// <summary>Removes a folder with all that is in it.</summary>
    /// <param name="path">The folder.</param>
    protected virtual void Remove(string path) => Directory.Delete(path, recursive: true);

    /// <summary>The ids that folders in a folder are named after; what somebody else has put there is left alone.</summary>
    /// <param name="path">The folder.</param>
    protected virtual IReadOnlyList<Guid> Named(string path) => [.. Directory.EnumerateDirectories(path).Select(one => Guid.TryParseExact(Path.GetFileName(one), "N", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];

    private string PathOf(StoredPlace place) => Path.Combine(Root, place.TenantId.ToString("N"), place.ExportId.ToString("N"), $"{place.Prefix}{place.FileId:N}");
}

/// <summary>Which file.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="ExportId">The export.</param>
/// <param name="Number">The piece.</param>
/// <param name="FileId">The file: each try has its own.</param>
internal sealed record StoredPlace(Guid TenantId, Guid ExportId, int Number, Guid FileId)
{
    /// <summary>How the names of all of the piece's files begin.</summary>
    public string Prefix => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number:00000}-");
}
