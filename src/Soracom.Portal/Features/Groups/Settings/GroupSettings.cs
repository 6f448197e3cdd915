using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>
/// All settings of a group at one moment. A value is any JSON, and stays as it came: most layouts are not public. It may hold passwords:
/// not for logs.
/// </summary>
public sealed class GroupSettings : IEquatable<GroupSettings>
{
    /// <summary>The most that the vendor keeps of one group, in bytes of JSON over all namespaces.</summary>
    public const int LargestSize = 8 * 1024;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    // Of two members of one name only one would survive the vendor, and nobody could say which.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly ImmutableSortedDictionary<SettingKey, JsonElement> values;

    private GroupSettings(ImmutableSortedDictionary<SettingKey, JsonElement> values) => this.values = values;

    /// <summary>A group that nothing was set for.</summary>
    public static GroupSettings None { get; } = new(ImmutableSortedDictionary.Create<SettingKey, JsonElement>(SettingKey.Order));

    /// <summary>The settings in the order of their names.</summary>
    public IEnumerable<KeyValuePair<SettingKey, JsonElement>> All => values;

    /// <summary>The namespaces in which something is set.</summary>
    public IEnumerable<string> Namespaces => values.Keys.Select(setting => setting.Namespace).Distinct(StringComparer.Ordinal);

    /// <summary>How much of <see cref="LargestSize"/> it takes, in bytes.</summary>
    public int Size => Written(Compact).WrittenCount;

    /// <summary>The value of a setting; null when it is not set.</summary>
    public JsonElement? this[SettingKey setting] => values.TryGetValue(setting, out var value) ? value : null;

    /// <summary>The settings of a group as the vendor tells them.</summary>
    public static GroupSettings Of(IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> configuration) => new(
        configuration
            .SelectMany(space => space.Value.Select(setting => KeyValuePair.Create(new SettingKey(space.Key, setting.Key), setting.Value.Clone())))
            .ToImmutableSortedDictionary(SettingKey.Order));

    /// <summary>Reads what <see cref="ToJson"/> wrote, or what a person did.</summary>
    /// <exception cref="JsonException">It is no JSON, names something twice, or is not an object of namespaces, each an object of keys.</exception>
    public static GroupSettings Parse(string json)
    {
        using var document = JsonDocument.Parse(json, Strict);
        var settings = ImmutableSortedDictionary.CreateBuilder<SettingKey, JsonElement>(SettingKey.Order);
        foreach (var space in Members(document.RootElement, "$"))
        {
            foreach (var setting in Members(space.Value, space.Name))
            {
                settings.Add(new SettingKey(space.Name, setting.Name), setting.Value.Clone());
            }
        }

        return new GroupSettings(settings.ToImmutable());
    }

    /// <summary>These settings with one set.</summary>
    public GroupSettings With(SettingKey setting, JsonElement value) => new(values.SetItem(setting, value.Clone()));

    /// <summary>These settings without one.</summary>
    public GroupSettings Without(SettingKey setting) => new(values.Remove(setting));

    /// <summary>An object of namespaces, each an object of keys, in the order of their names and without white space.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Written(Compact).WrittenSpan);

    /// <summary>The same for people to read: on many lines.</summary>
    public string ToIndentedJson() => Encoding.UTF8.GetString(Written(Indented).WrittenSpan);

    /// <summary>The settings with their secrets masked.</summary>
    public GroupSettings Masked() => new(values.ToImmutableSortedDictionary(setting => setting.Key, setting => SettingSecrets.Masked(setting.Key, setting.Value), SettingKey.Order));

    /// <inheritdoc />
    public bool Equals(GroupSettings? other) =>
        other is not null && values.Count == other.values.Count
        && values.Zip(other.values).All(pair => pair.First.Key == pair.Second.Key && JsonElement.DeepEquals(pair.First.Value, pair.Second.Value));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as GroupSettings);

    /// <inheritdoc />
    public override int GetHashCode() => values.Keys.Aggregate(0, HashCode.Combine);

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : throw new JsonException($"{name} is not an object.", name, null, null);

    private ArrayBufferWriter<byte> Written(JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, options);
        json.WriteStartObject();
        foreach (var space in values.GroupBy(setting => setting.Key.Namespace, StringComparer.Ordinal))
        {
            json.WriteStartObject(space.Key);
            foreach (var (setting, value) in space)
            {
                json.WritePropertyName(setting.Key);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer;
    }
}
