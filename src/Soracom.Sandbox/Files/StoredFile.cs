using System.Security.Cryptography;

namespace Soracom.Sandbox.Files;

/// <summary>A file or directory of Harvest Files. Immutable.</summary>
/// <param name="Path">From the root, with the slash that it begins with and none at its end.</param>
/// <param name="ContentType">Null for a directory.</param>
/// <param name="Content">Null for a directory.</param>
/// <param name="Created">Unix milliseconds.</param>
/// <param name="Modified">Unix milliseconds.</param>
internal sealed record StoredFile(string Path, string? ContentType, byte[]? Content, long Created, long Modified)
{
    public bool IsDirectory => Content is null;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The directory that it is in; a slash for the root.</summary>
    public string Directory => Path.LastIndexOf('/') is var slash and > 0 ? Path[..slash] : "/";

    public string ETag { get; } = Content is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 16));
}
