using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Files;

/// <summary>
/// Files that exports leave, and the files of Harvest Files. Paths of the latter are given from the root, with or without the slash that
/// they begin with.
/// </summary>
public interface IFilesApi
{
    /// <summary>Vendor operation getExportedFile: how far an export with <see cref="ExportMode.Async"/> is. 404 when there is none of that id.</summary>
    [SoracomOperation("getExportedFile"), Get("/files/exported/{exported_file_id}")]
    Task<ExportedFile> GetExportedFileAsync([Path("exported_file_id")] string exportedFileId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation findFiles: one page of all files whose path begins with a text, in the order of the paths' UTF-8 bytes; directories
    /// are not among them.
    /// </summary>
    /// <param name="scope">One of <see cref="FileScope"/>.</param>
    /// <param name="prefix">How the path begins, its first slash included.</param>
    /// <param name="limit">The most files a page holds; the vendor's default is 10.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("findFiles"), Get("/files")]
    Task<SoracomPage<FileEntry>> FindFilesAsync(
        [Query("scope"), WireValues(typeof(FileScope))] string scope,
        [Query("prefix")] string prefix,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listFiles: one page of a directory. 404 when there is none.</summary>
    /// <param name="scope">One of <see cref="FileScope"/>.</param>
    /// <param name="path">The directory; a single slash is the root.</param>
    /// <param name="limit">The most entries a page holds; the vendor's default is 10.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listFiles"), Get("/files/{scope}/{path}/")]
    Task<SoracomPage<FileEntry>> ListFilesAsync(
        [Path("scope"), WireValues(typeof(FileScope))] string scope,
        [Path("path", UrlEncode = false)] string path,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation getFile: where a file can be downloaded from, as <see cref="SoracomFile.Location"/>. 404 when there is none. Of a directory
    /// it is the address of its listing.
    /// </summary>
    [SoracomOperation("getFile"), Get("/files/{scope}/{path}")]
    Task<SoracomFile> GetFileAsync(
        [Path("scope"), WireValues(typeof(FileScope))] string scope, [Path("path", UrlEncode = false)] string path, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getFileMetadata: length, type and ETag of a file, without its content. 404 when there is none.</summary>
    [SoracomOperation("getFileMetadata"), Head("/files/{scope}/{path}")]
    Task<SoracomFile> GetFileMetadataAsync(
        [Path("scope"), WireValues(typeof(FileScope))] string scope, [Path("path", UrlEncode = false)] string path, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation putFile: makes or replaces a file, and the directories that it is in.</summary>
    /// <param name="scope"><see cref="FileScope.Private"/></param>
    /// <param name="path">The file.</param>
    /// <param name="content">The bytes with their type.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("putFile", Effect = CallEffect.Repeatable), Put("/files/{scope}/{path}")]
    Task PutFileAsync(
        [Path("scope")] string scope, [Path("path", UrlEncode = false)] string path, [Body] SoracomUpload content, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteFile. 404 when there is none. What is deleted can't be brought back.</summary>
    [SoracomOperation("deleteFile"), Delete("/files/{scope}/{path}")]
    Task DeleteFileAsync([Path("scope")] string scope, [Path("path", UrlEncode = false)] string path, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteDirectory: an empty one. 400 when something is in it, 404 when there is none.</summary>
    [SoracomOperation("deleteDirectory"), Delete("/files/{scope}/{path}/")]
    Task DeleteDirectoryAsync([Path("scope")] string scope, [Path("path", UrlEncode = false)] string path, CancellationToken cancellationToken = default);
}
