using System.Text.Json;
using System.Text.Json.Nodes;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>What a field holds.</summary>
public enum FieldKind
{
    /// <summary>On or off.</summary>
    Switch,

    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Text of many lines.</summary>
    LongText,

    /// <summary>A text that is never shown.</summary>
    Secret,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>A list of texts.</summary>
    TextList,

    /// <summary>A credential set of the account: its id, or an object that names it.</summary>
    Credential,

    /// <summary>A virtual private gateway of the account.</summary>
    Gateway,

    /// <summary>A service that data goes to: the members provider and service of an object.</summary>
    Service,

    /// <summary>HTTP headers by name.</summary>
    Headers,

    /// <summary>A format of the binary parser.</summary>
    BinaryFormat,
}

/// <summary>How the value at a field's place stands to the field.</summary>
public enum FieldState
{
    /// <summary>Nothing is there: the vendor's default holds.</summary>
    Unset,

    /// <summary>A value of the field's kind.</summary>
    Set,

    /// <summary>A value of another kind, or no way to the place. It is shown as it is, and edited as JSON.</summary>
    Odd,
}

/// <summary>What stands at a field's place.</summary>
/// <param name="State">How it stands to the field.</param>
/// <param name="Value">The value; null when nothing is there or there is no way to the place.</param>
public readonly record struct FieldReading(FieldState State, JsonElement? Value);

/// <summary>
/// A field of a form: a place inside a setting's value. It reads and writes that place alone: whatever else the value holds stays, in its
/// order, whether anybody knows it or not.
/// </summary>
/// <param name="Name">Its name in the resources, after the namespace.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Key">The setting's key; empty for a field of an entry, whose key is the entry's.</param>
/// <param name="Path">The place in the value.</param>
public sealed record SettingField(string Name, FieldKind Kind, string Key, ValuePath Path)
{
    /// <summary>The member that names a credential set in an object.</summary>
    public const string CredentialMember = "$credentialsId";

    /// <summary>What is asked of the content.</summary>
    public FieldRule Rule { get; init; } = FieldRule.None;

    /// <summary>The words to choose from; for services each is provider/service.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What the content may look like.</summary>
    public string? Example { get; init; }

    /// <summary>When the field is of use; null for always. One that is set is shown whatever it says.</summary>
    public FieldCondition? When { get; init; }

    /// <summary>Whether a new reference is an object that names the credential set, as in the few places where a plain id means something else.</summary>
    public bool ReferencesByObject { get; init; }

    /// <summary>Which setting holds the field.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="entry">The entry's key, for a field of an entry.</param>
    public SettingKey SettingIn(string space, string? entry) => new(space, Key.Length > 0 ? Key : entry ?? throw new InvalidOperationException($"{Name} is a field of entries."));

    /// <summary>What stands at the field's place in a setting's value.</summary>
    /// <param name="value">The value; null when the setting is not set.</param>
    public FieldReading Read(JsonElement? value)
    {
        var here = value;
        foreach (var step in Path.Steps)
        {
            if (here is not { } parent)
            {
                return default;
            }

            if (parent.ValueKind != JsonValueKind.Object)
            {
                return new FieldReading(FieldState.Odd, null);
            }

            here = parent.Member(step);
        }

        return here is { } found ? new FieldReading(FieldContent.StateOf(this, found), found) : default;
    }

    /// <summary>A setting's value with something else at the field's place.</summary>
    /// <param name="value">The value; null when the setting is not set.</param>
    /// <param name="content">What is to stand there; null for nothing. Objects that are empty then go too.</param>
    /// <returns>The value; null when nothing is left, so that the key goes.</returns>
    /// <exception cref="InvalidOperationException">There is no way to the place: <see cref="Read"/> says so.</exception>
    public JsonElement? Write(JsonElement? value, JsonElement? content) => Write(value, 0, content);

    private JsonElement? Write(JsonElement? value, int depth, JsonElement? content)
    {
        if (depth == Path.Steps.Count)
        {
            return FieldContent.Replaced(this, value, content);
        }

        if (value is { ValueKind: not JsonValueKind.Object })
        {
            throw new InvalidOperationException($"There is no way to {Name}.");
        }

        var name = Path.Steps[depth];
        var inner = Write(value?.Member(name), depth + 1, content);
        if (inner is null && value?.Member(name) is null)
        {
            return value;
        }

        var written = JsonObjects.With(value, name, inner);
        return inner is null && written.Count == 0 ? null : written.ToElement();
    }
}

/// <summary>Another place in the same namespace, or the same entry, that decides whether a field is of use.</summary>
/// <param name="Key">The setting's key; empty for the entry's.</param>
/// <param name="Path">The place in its value.</param>
/// <param name="Words">What it has to say there, any of them.</param>
public sealed record FieldCondition(string Key, ValuePath Path, IReadOnlyList<string> Words);

/// <summary>Objects with one member changed.</summary>
internal static class JsonObjects
{
    /// <summary>An object with a member set or removed; the others stay in their order.</summary>
    public static JsonObject With(JsonElement? value, string name, JsonElement? member)
    {
        var result = new JsonObject(value is { ValueKind: JsonValueKind.Object } known
            ? known.EnumerateObject().Where(one => member is not null || one.Name != name).Select(one => KeyValuePair.Create(one.Name, one.Name == name ? member!.Value.ToNode() : one.Value.ToNode()))
            : []);
        if (member is { } added && !result.ContainsKey(name))
        {
            result.Add(name, added.ToNode());
        }

        return result;
    }
}
