using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Files;

/// <summary>A file or directory of Harvest Files (wire: FileEntry).</summary>
public sealed record FileEntry
{
    /// <summary>Without its directory.</summary>
    public string? Filename { get; init; }

    /// <summary>From the root, beginning with a slash.</summary>
    public string? FilePath { get; init; }

    /// <summary>The directory that it is in, from the root.</summary>
    public string? Directory { get; init; }

    public bool? IsDirectory { get; init; }

    public string? ContentType { get; init; }

    /// <summary>In bytes.</summary>
    public long? ContentLength { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedTime { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary>Changes with the content.</summary>
    public string? Etag { get; init; }
}

/// <summary>Values of <c>scope</c>.</summary>
public static class FileScope
{
    /// <summary>The account's own files, and the only scope that can be written to.</summary>
    public const string Private = "private";

    public const string Public = "public";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<FileEntry>))]
[JsonSerializable(typeof(FileExport))]
[JsonSerializable(typeof(ExportedFile))]
internal sealed partial class FilesJson : JsonSerializerContext;
