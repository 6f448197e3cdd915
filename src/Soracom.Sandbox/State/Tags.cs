using System.Text.Json.Serialization;
using Soracom.Sandbox.Saving;

namespace Soracom.Sandbox.State;

/// <summary>The tags of a SIM or a group. The display name is the tag <c>name</c>. Immutable.</summary>
[JsonConverter(typeof(TagsConverter))]
internal sealed class Tags
{
    public const string NameTag = "name";

    private readonly KeyValuePair<string, string>[] pairs;

    public Tags(params KeyValuePair<string, string>[] pairs) => this.pairs = pairs;

    public static Tags None { get; } = new();

    /// <summary>The display name; empty when there is none.</summary>
    public string Name => Find(NameTag) ?? "";

    public ReadOnlySpan<KeyValuePair<string, string>> Pairs => pairs;

    public IEnumerable<string> Values => pairs.Select(pair => pair.Value);

    public static Tags Named(string name) => name.Length == 0 ? None : None.With(NameTag, name);

    public string? Find(string tagName)
    {
        foreach (var (name, value) in pairs)
        {
            if (name == tagName)
            {
                return value;
            }
        }

        return null;
    }

    public Tags With(string tagName, string value)
    {
        var index = Array.FindIndex(pairs, pair => pair.Key == tagName);
        KeyValuePair<string, string>[] changed = index < 0 ? [.. pairs, default] : [.. pairs];
        changed[index < 0 ? ^1 : index] = new(tagName, value);
        return new Tags(changed);
    }

    public Tags Without(string tagName) => new(Array.FindAll(pairs, pair => pair.Key != tagName));
}
