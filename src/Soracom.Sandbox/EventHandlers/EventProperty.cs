using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>What a property of a rule or action may hold. A value is kept as JSON text; numbers become text, as the service has them.</summary>
/// <param name="Name">On the wire.</param>
/// <param name="Read">Checks a value and makes it what is kept.</param>
internal sealed record EventProperty(string Name, Func<JsonElement, string, string> Read)
{
    private static readonly string[] Moments = ["IMMEDIATELY", "BEGINNING_OF_NEXT_MONTH", "BEGINNING_OF_NEXT_DAY", "AFTER_ONE_DAY", "NEVER"];
    private static readonly string[] Statuses = ["ready", "active", "inactive", "standby", "suspended"];
    private static readonly string[] SpeedClasses = ["s1.minimum", "s1.slow", "s1.standard", "s1.fast", "s1.4xfast", "s1.8xfast", "u1.standard", "u1.slow"];

    /// <summary>Every property of rules and actions by its name; which of them a type has, its row tells.</summary>
    public static IReadOnlyDictionary<string, EventProperty> All { get; } = ((EventProperty[])
    [
        OneOf("inactiveTimeoutDateConst", Moments),
        Number("inactiveTimeoutOffsetMinutes", 0, 525_600),
        Number("limitTotalTrafficMegaByte", 1, int.MaxValue),
        Number("limitTotalAmount", 1, int.MaxValue),
        new("runOnceAmongTarget", ReadFlagAsText),
        OneOf("sourceStatus", Statuses),
        OneOf("targetStatus", [.. Statuses, "terminated"]),
        OneOf("targetSpeedClass", SpeedClasses),
        OneOf("targetOtaStatus", ["started", "finished", "failed"]),
        OneOf("sessionStatus", ["Created", "Deleted"]),
        new("hasImei", ReadFlag),
        OneOf("executionDateTimeConst", Moments),
        Number("executionOffsetMinutes", 0, 525_600),
        OneOf("speedClass", SpeedClasses),
        Text("to"),
        Text("title"),
        Text("message"),
        new("url", ReadAddress),
        OneOf("httpMethod", ["GET", "POST", "PUT", "DELETE"]),
        Text("contentType"),
        new("headers", (value, _) => value.GetRawText()),
        Text("body"),
        new("endpoint", ReadAddress),
        Text("functionName"),
        Text("credentialsId"),
        Text("accessKey"),
        Text("secretAccessKey"),
        .. Enumerable.Range(1, 5).Select(number => Text(string.Create(CultureInfo.InvariantCulture, $"parameter{number}"))),
    ]).ToDictionary(property => property.Name, StringComparer.Ordinal);

    private static EventProperty Text(string name) => new(name, (value, given) => Quoted(TextOf(value, given)));

    private static EventProperty OneOf(string name, string[] choices) => new(name, (value, given) => choices.Contains(TextOf(value, given), StringComparer.Ordinal)
        ? Quoted(value.GetString()!)
        : throw new VendorException(VendorErrors.NotAChoice, given, string.Join(", ", choices)));

    private static EventProperty Number(string name, long minimum, long maximum) => new(name, (value, given) =>
    {
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : TextOf(value, given);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? Quoted(number.ToString(CultureInfo.InvariantCulture))
            : throw new VendorException(EventErrors.NotANumberInText, given, $"{minimum}", $"{maximum}");
    });

    private static string ReadFlag(JsonElement value, string name) => value switch
    {
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        { ValueKind: JsonValueKind.String } when value.GetString() is "true" or "false" => value.GetString()!,
        _ => throw new VendorException(VendorErrors.NotABoolean, name),
    };

    private static string ReadFlagAsText(JsonElement value, string name) => Quoted(ReadFlag(value, name));

    private static string ReadAddress(JsonElement value, string name) =>
        Uri.TryCreate(TextOf(value, name), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? Quoted(value.GetString()!)
            : throw new VendorException(EventErrors.NotAnAddress, name);

    private static string TextOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new VendorException(VendorErrors.NotAString, name);

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
