namespace Soracom.Sandbox.Http;

/// <summary>The parameters of a matched path, unescaped on reading, once.</summary>
internal sealed class PathValues(IReadOnlyDictionary<string, string> escaped)
{
    public static PathValues None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The value of a parameter that the path may not have.</summary>
    public string? Find(string name) => escaped.TryGetValue(name, out var value) ? Uri.UnescapeDataString(value) : null;

    public string this[string name] => Uri.UnescapeDataString(escaped[name]);
}
