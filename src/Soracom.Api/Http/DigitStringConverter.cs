using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Soracom.Api.Http;

/// <summary>An integer that the vendor writes as a string of digits.</summary>
internal sealed class DigitStringConverter : JsonConverter<long>, IWireConverter
{
    public string JsonType => "string";

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}
