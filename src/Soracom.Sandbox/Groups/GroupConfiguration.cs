using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Configuration = System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableSortedDictionary<string, string>>;

namespace Soracom.Sandbox.Groups;

/// <summary>
/// The configuration of a group: namespaces that are known, keys and values that are not. A value is any JSON and is kept as it came, but
/// for white space; a namespace is there as long as it has a key.
/// </summary>
internal static class GroupConfiguration
{
    /// <summary>Of the whole configuration as JSON, in bytes.</summary>
    public const int LargestSize = 8 * 1024;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Namespaces =
    [
        "SoracomAir", "SoracomBeam", "SoracomEndorse", "SoracomFlux", "SoracomFunk", "SoracomFunnel", "SoracomHarvest", "SoracomHarvestFiles", "SoracomKrypton",
        "SoracomOrbit", "UnifiedEndpoint",
    ];

    public static Configuration Empty { get; } = Configuration.Empty.WithComparers(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> NoKeys { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <exception cref="VendorException">There is no such namespace.</exception>
    public static string KnownNamespace(string name) => Namespaces.Contains(name, StringComparer.Ordinal)
        ? name
        : throw new VendorException(VendorErrors.NotAChoice, "namespace", string.Join(", ", Namespaces));

    /// <summary>A whole configuration: an object of namespaces, which are objects of keys.</summary>
    public static Configuration Read(JsonFields document) => Checked(document.Members.Aggregate(Empty, (all, one) => With(
        all,
        KnownNamespace(one.Name),
        one.Value.ValueKind == JsonValueKind.Object
            ? one.Value.EnumerateObject().Aggregate(NoKeys, (keys, key) => keys.SetItem(key.Name, Text(key.Value)))
            : throw new VendorException(VendorErrors.NotAnObject, one.Name))));

    /// <summary>The configuration with some keys set, each with its whole value.</summary>
    /// <param name="configuration">As it was.</param>
    /// <param name="name">The namespace.</param>
    /// <param name="settings">Objects with <c>key</c> and <c>value</c>.</param>
    /// <param name="resetOthers">Whether keys that are not named are dropped.</param>
    public static Configuration Set(Configuration configuration, string name, IEnumerable<JsonFields> settings, bool resetOthers) => Checked(With(
        configuration,
        name,
        settings.Aggregate(resetOthers ? NoKeys : Keys(configuration, name), (keys, setting) => keys.SetItem(
            setting.RequiredText("key"), Text(setting.Value("value") ?? throw new VendorException(VendorErrors.Required, "value"))))));

    public static Configuration WithoutKey(Configuration configuration, string name, string key) => Keys(configuration, name).ContainsKey(key)
        ? With(configuration, name, Keys(configuration, name).Remove(key))
        : throw new VendorException(GroupErrors.NoSuchKey);

    public static Configuration WithoutNamespace(Configuration configuration, string name)
    {
        var without = configuration.Remove(name);
        return without.Count < configuration.Count ? without : throw new VendorException(GroupErrors.NoSuchNamespace, name);
    }

    private static ImmutableSortedDictionary<string, string> Keys(Configuration configuration, string name) => configuration.GetValueOrDefault(name, NoKeys);

    private static Configuration With(Configuration configuration, string name, ImmutableSortedDictionary<string, string> keys) =>
        keys.IsEmpty ? configuration.Remove(name) : configuration.SetItem(name, keys);

    private static string Text(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            value.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static Configuration Checked(Configuration configuration)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            GroupJson.Write(json, configuration);
        }

        return buffer.Length <= LargestSize ? configuration : throw new VendorException(GroupErrors.TooLarge, $"{LargestSize}");
    }
}
