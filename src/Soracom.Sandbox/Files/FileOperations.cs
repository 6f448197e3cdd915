using System.Text.Json;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Files;

/// <summary>The tag FileEntry: Harvest Files. Paths count from the root, whether or not another slash stands before them.</summary>
internal static class FileOperations
{
    private const int DefaultLimit = 10;
    private const int MostBytes = 16 * 1024 * 1024;
    private const string Private = "private";

    /// <summary>Files behind signed addresses; the key's first segment is of no meaning.</summary>
    public static DownloadKind Content { get; } = new("harvest", Download);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/files", "findFiles", "FileEntry:findFiles", Find),
        new("GET", "/files/{scope}/{path*}/", "listFiles", "FileEntry:listFiles", List),
        new("DELETE", "/files/{scope}/{path*}/", "deleteDirectory", "FileEntry:deleteDirectory", DeleteDirectory),
        new("GET", "/files/{scope}/{path*}", "getFile", "FileEntry:getFile", Get),
        new("HEAD", "/files/{scope}/{path*}", "getFileMetadata", "FileEntry:getFileMetadata", Head),
        new("PUT", "/files/{scope}/{path*}", "putFile", "FileEntry:putFile", Put) { MaxBodyBytes = MostBytes },
        new("DELETE", "/files/{scope}/{path*}", "deleteFile", "FileEntry:deleteFile", Delete),
    ];

    private static Answer Find(Call call)
    {
        EnsureScope(call.Query.RequiredText("scope"));
        var prefix = call.Query.RequiredText("prefix");
        var page = call.Query.Text("scope") == Private
            ? call.Data.Part<FilesPart>().FindPage(prefix, LastKey(call), Limit(call))
            : new Page<StoredFile>([], NextKey: null);
        return Answer.Page(call, page with { NextKey = Escaped(page.NextKey) }, Write);
    }

    private static Answer List(Call call)
    {
        EnsureScope(call.Path["scope"]);
        var path = PathOf(call);
        if (call.Path["scope"] != Private)
        {
            return path == "/" ? Answer.Page(call, new Page<StoredFile>([], NextKey: null), Write) : throw new VendorException(FileErrors.NoSuchDirectory);
        }

        EnsureDirectory(call, path);
        var page = call.Data.Part<FilesPart>().ListPage(path, LastKey(call), Limit(call));
        return Answer.Page(call, page with { NextKey = Escaped(page.NextKey) }, Write);
    }

    private static Answer Get(Call call)
    {
        var path = PathOf(call);
        if (IsDirectory(call, path))
        {
            return Answer.Redirect($"{call.Origin}{call.RawPath}/");
        }

        var file = FindFile(call);
        return Answer.Redirect(call.Link(Content.Name, $"file{file.Path}", call.Options.Undocumented.ExportedFileLife));
    }

    private static Answer Head(Call call)
    {
        var file = FindFile(call);
        return Open(file, call.Data);
    }

    private static Answer Put(Call call)
    {
        EnsureWritable(call);
        var path = PathOf(call);
        var part = call.Data.Part<FilesPart>();
        if (!part.Takes(path))
        {
            throw new VendorException(FileErrors.IsADirectory);
        }

        var type = call.ContentType.Length == 0 ? "application/octet-stream" : call.ContentType;
        return part.Put(path, type, call.Body.Bytes.ToArray(), call.Now) ? new Answer(StatusCodes.Status201Created) : Answer.EmptyOk;
    }

    private static Answer Delete(Call call)
    {
        EnsureWritable(call);
        call.Data.Part<FilesPart>().Remove(FindFile(call).Path);
        return Answer.NoContent;
    }

    private static Answer DeleteDirectory(Call call)
    {
        EnsureWritable(call);
        var path = PathOf(call);
        EnsureDirectory(call, path);
        var part = call.Data.Part<FilesPart>();
        if (path == "/" || !part.IsEmpty(path))
        {
            throw new VendorException(FileErrors.NotEmpty);
        }

        part.Remove(path);
        return Answer.NoContent;
    }

    private static Answer Download(Download download)
    {
        var path = download.Key[download.Key.IndexOf('/', StringComparison.Ordinal)..];
        var data = download.Account.Data(download.Coverage);
        return data.Part<FilesPart>().Find(path) is { IsDirectory: false } file ? Open(file, data) : throw new VendorException(VendorErrors.BadLink);
    }

    private static Answer Open(StoredFile file, CoverageData data)
    {
        var answer = file.Made is { } made
            ? Answer.Later(file.ContentType!, FileMaker.Of(made).Make(data, made.Recipe).WaitAsync)
            : Answer.Bytes(file.ContentType!, file.Content);
        return answer with { Headers = [("ETag", $"\"{file.ETag}\"")] };
    }

    private static StoredFile FindFile(Call call)
    {
        EnsureScope(call.Path["scope"]);
        return call.Path["scope"] == Private && call.Data.Part<FilesPart>().Find(PathOf(call)) is { IsDirectory: false } file
            ? file
            : throw new VendorException(FileErrors.NoSuchFile);
    }

    private static bool IsDirectory(Call call, string path) =>
        path == "/" || (call.Path["scope"] == Private && call.Data.Part<FilesPart>().Find(path) is { IsDirectory: true });

    private static void EnsureDirectory(Call call, string path)
    {
        if (!IsDirectory(call, path))
        {
            throw new VendorException(FileErrors.NoSuchDirectory);
        }
    }

    private static void EnsureScope(string scope)
    {
        if (scope is not (Private or "public"))
        {
            throw new VendorException(FileErrors.NoSuchScope);
        }
    }

    private static void EnsureWritable(Call call)
    {
        EnsureScope(call.Path["scope"]);
        if (call.Path["scope"] != Private)
        {
            throw new VendorException(FileErrors.ReadOnly);
        }
    }

    private static string PathOf(Call call) => FilesPart.Normal(call.Path["path"]);

    private static int Limit(Call call) => Math.Min(call.Query.Integer("limit", 1, int.MaxValue) ?? DefaultLimit, call.Options.PageSize);

    /// <summary>Names can hold what a header can't.</summary>
    private static string? Escaped(string? key) => key is null ? null : Uri.EscapeDataString(key);

    private static string? LastKey(Call call) => call.LastEvaluatedKey() is { } key ? Uri.UnescapeDataString(key) : null;

    private static void Write(Utf8JsonWriter json, StoredFile file)
    {
        json.WriteStartObject();
        json.WriteString("filename", file.Name);
        json.WriteString("filePath", file.Path);
        json.WriteString("directory", file.Directory);
        json.WriteBoolean("isDirectory", file.IsDirectory);
        json.WriteNumber("createdTime", file.Created);
        json.WriteNumber("lastModifiedTime", file.Modified);
        if (!file.IsDirectory)
        {
            json.WriteString("contentType", file.ContentType);
            json.WriteNumber("contentLength", file.Length);
            json.WriteString("etag", file.ETag);
        }

        json.WriteEndObject();
    }
}
