using System.Text.Json;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>A header that Beam adds, changes or takes away.</summary>
/// <param name="Member">Its name in the object of headers.</param>
/// <param name="Name">The header.</param>
/// <param name="Action">What is done with it.</param>
/// <param name="Value">Its value; it may be masked.</param>
internal sealed record CustomHeader(string Member, string Name, string Action, string Value)
{
    private const string ActionMember = "action";
    private const string NameMember = "headerKey";
    private const string ValueMember = "headerValue";

    /// <summary>A header as the vendor keeps it; null when it looks otherwise.</summary>
    public static CustomHeader? Of(string member, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && Text(value, NameMember) is { } name && Text(value, ActionMember) is { } action && Text(value, ValueMember) is { } content
            ? new CustomHeader(member, name, action, content)
            : null;

    /// <summary>The headers at a field's place; none when it is not set.</summary>
    public static IReadOnlyList<CustomHeader> In(FieldReading reading) =>
        reading is { State: FieldState.Set, Value: { } value } ? [.. value.EnumerateObject().Select(header => Of(header.Name, header.Value)!)] : [];

    /// <summary>The headers with this one in place of what has its name, or added. What else is known of it stays.</summary>
    public JsonElement PutInto(JsonElement? headers)
    {
        var before = headers?.Member(Member);
        JsonElement? header = JsonObjects.With(before, ActionMember, FieldContent.Of(Action)).ToElement();
        header = JsonObjects.With(header, NameMember, FieldContent.Of(Name)).ToElement();
        // A header that is taken away needs no value, and gets none that it did not have.
        header = Value.Length > 0 || before?.Member(ValueMember) is not null ? JsonObjects.With(header, ValueMember, FieldContent.Of(Value)).ToElement() : header;
        return JsonObjects.With(headers, Member, header).ToElement();
    }

    /// <summary>The headers without one; null when none is left.</summary>
    public static JsonElement? Without(JsonElement headers, string member) => JsonObjects.With(headers, member, null) is { Count: > 0 } left ? left.ToElement() : null;

    /// <summary>Empty when it is not there, null when it is no text.</summary>
    private static string? Text(JsonElement value, string member) => value.Member(member) switch
    {
        null => string.Empty,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => null,
    };
}
