using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>Between the JSON at a field's place and what a form shows of it.</summary>
internal static class FieldContent
{
    private const string Provider = "provider";
    private const string Service = "service";

    /// <summary>How a value stands to a field.</summary>
    public static FieldState StateOf(SettingField field, JsonElement value) => field.Kind switch
    {
        FieldKind.Switch => If(value.ValueKind is JsonValueKind.True or JsonValueKind.False),
        FieldKind.Number => If(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _)),
        FieldKind.TextList => If(value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText)),
        FieldKind.Credential => If(IsText(value) || IsReference(value)),
        FieldKind.Secret => If(IsText(value) || IsReference(value)),
        FieldKind.Service => ServiceState(value),
        FieldKind.Headers => If(value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(header => CustomHeader.Of(header.Name, header.Value) is not null)),
        _ => If(IsText(value)),
    };

    /// <summary>Whether a value names a credential set by an object.</summary>
    public static bool IsReference(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.Member(SettingField.CredentialMember) is { ValueKind: JsonValueKind.String };

    /// <summary>What a form shows of a value that is of the field's kind: text, a number's digits, true or false, an id, provider/service.</summary>
    public static string Text(SettingField field, JsonElement value) => field.Kind switch
    {
        FieldKind.Switch => value.ValueKind == JsonValueKind.True ? "true" : "false",
        FieldKind.Number => value.GetInt64().ToString(CultureInfo.InvariantCulture),
        FieldKind.Credential or FieldKind.Secret when IsReference(value) => value.Member(SettingField.CredentialMember)!.Value.GetString()!,
        FieldKind.Service => $"{value.Member(Provider)?.GetString()}/{value.Member(Service)?.GetString()}",
        _ => value.GetString()!,
    };

    /// <summary>What a form shows of what stands at a field's place; empty when nothing does, or nothing of its kind.</summary>
    public static string Text(SettingField field, FieldReading reading) =>
        reading is { State: FieldState.Set, Value: { } value } && field.Kind is not (FieldKind.TextList or FieldKind.Headers) ? Text(field, value) : string.Empty;

    /// <summary>The items of a list; none when it is not set.</summary>
    public static IReadOnlyList<string> Items(FieldReading reading) =>
        reading is { State: FieldState.Set, Value: { ValueKind: JsonValueKind.Array } list } ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    /// <summary>A text as content.</summary>
    public static JsonElement Of(string text) => JsonValue.Create(text).ToElement();

    /// <summary>A number as content.</summary>
    public static JsonElement Of(long number) => JsonValue.Create(number).ToElement();

    /// <summary>On or off as content.</summary>
    public static JsonElement Of(bool on) => JsonValue.Create(on).ToElement();

    /// <summary>A list as content.</summary>
    public static JsonElement Of(IEnumerable<string> items) => new JsonArray([.. items.Select(item => JsonValue.Create(item))]).ToElement();

    /// <summary>What is to stand at a field's place instead of what does. A reference keeps its kind; a service keeps what else its object holds.</summary>
    public static JsonElement? Replaced(SettingField field, JsonElement? value, JsonElement? content) => (field.Kind, content) switch
    {
        (FieldKind.Service, null) => Without(value),
        (FieldKind.Service, { } service) => WithService(value, service.GetString()!),
        (_, null) => null,
        (FieldKind.Credential, { } id) when value is { } old && IsReference(old) => JsonObjects.With(old, SettingField.CredentialMember, id).ToElement(),
        (FieldKind.Credential, { } id) when value is null && field.ReferencesByObject => JsonObjects.With(null, SettingField.CredentialMember, id).ToElement(),
        _ => content,
    };

    private static FieldState If(bool fits) => fits ? FieldState.Set : FieldState.Odd;

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static FieldState ServiceState(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return FieldState.Odd;
        }

        return (value.Member(Provider), value.Member(Service)) switch
        {
            (null, null) => FieldState.Unset,
            ({ ValueKind: JsonValueKind.String }, { ValueKind: JsonValueKind.String }) => FieldState.Set,
            _ => FieldState.Odd,
        };
    }

    private static JsonElement? Without(JsonElement? value)
    {
        var left = JsonObjects.With(JsonObjects.With(value, Provider, null).ToElement(), Service, null);
        return left.Count == 0 ? null : left.ToElement();
    }

    private static JsonElement WithService(JsonElement? value, string service)
    {
        var (provider, name) = service.Split('/', 2) is [var first, var second] ? (first, second) : throw new ArgumentException("A service is provider/service.", nameof(service));
        return JsonObjects.With(JsonObjects.With(value, Provider, Of(provider)).ToElement(), Service, Of(name)).ToElement();
    }
}
