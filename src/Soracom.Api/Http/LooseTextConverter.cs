using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Soracom.Api.Http;

/// <summary>A number or truth value that travels as text, and that the vendor's own examples sometimes send without quotes.</summary>
internal sealed class LooseTextConverter : JsonConverter<string>, IWireConverter
{
    public string JsonType => "string";

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when reader.TryGetDecimal(out var number) => number.ToString(CultureInfo.InvariantCulture),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
