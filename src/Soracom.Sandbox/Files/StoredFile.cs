using System.Security.Cryptography;
using System.Text;

namespace Soracom.Sandbox.Files;

/// <summary>A file or directory of Harvest Files. Immutable.</summary>
/// <param name="Path">From the root, with the slash that it begins with and none at its end.</param>
/// <param name="ContentType">Null for a directory.</param>
/// <param name="Content">Null for a directory, and for a file that is <paramref name="Made"/>.</param>
/// <param name="Created">Unix milliseconds.</param>
/// <param name="Modified">Unix milliseconds.</param>
/// <param name="Made">How the content is made, where it is not kept.</param>
internal sealed record StoredFile(string Path, string? ContentType, byte[]? Content, long Created, long Modified, MadeContent? Made = null)
{
    public bool IsDirectory => Content is null && Made is null;

    /// <summary>In bytes.</summary>
    public long Length => Content?.Length ?? Made?.Length ?? 0;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The directory that it is in; a slash for the root.</summary>
    public string Directory => Path.LastIndexOf('/') is var slash and > 0 ? Path[..slash] : "/";

    public string ETag { get; } =
        (Content ?? (Made is null ? null : Encoding.UTF8.GetBytes(Made.Recipe))) is { } told ? Convert.ToHexStringLower(SHA256.HashData(told).AsSpan(0, 16)) : "";
}
