namespace Soracom.Sandbox.Http;

/// <summary>
/// The request target as it came over the wire. ASP.NET Core's own path is already unescaped and normalised,
/// which loses what this API lives on: <c>%2F</c> inside a tag name, doubled slashes, a trailing <c>?</c>.
/// </summary>
internal readonly record struct RawTarget(string Path, string Query)
{
    /// <summary>Whether it has the characters that a target may have: a line break in it could go on into a header of an answer.</summary>
    public bool IsPrintable => !Path.AsSpan().ContainsAnyExceptInRange('!', '~') && !Query.AsSpan().ContainsAnyExceptInRange('!', '~');

    public static RawTarget Parse(string target)
    {
        // Absolute form (`GET http://host/path`), as a proxy would send it.
        if (!target.StartsWith('/'))
        {
            var authority = target.IndexOf("://", StringComparison.Ordinal);
            var path = authority < 0 ? -1 : target.IndexOf('/', authority + 3);
            target = path < 0 ? "/" : target[path..];
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? new RawTarget(target, "") : new RawTarget(target[..query], target[(query + 1)..]);
    }

    /// <summary>The segments below <paramref name="root"/>, still escaped, empty ones included; none when the path is elsewhere.</summary>
    public string[] SegmentsBelow(string root) =>
        Path.StartsWith(root, StringComparison.Ordinal) && Path.Length > root.Length && Path[root.Length] == '/'
            ? Path[(root.Length + 1)..].Split('/')
            : [];
}
