using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Soracom.Api.Http;

/// <summary>A day as <c>yyyyMMdd</c>, in UTC: what bills and contracts are dated by.</summary>
internal sealed class DigitDayConverter : JsonConverter<DateOnly>, IWireConverter
{
    private const string Wire = "yyyyMMdd";

    public string JsonType => "string";

    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            && DateOnly.TryParseExact(reader.GetString(), Wire, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Wire, CultureInfo.InvariantCulture));
}

/// <summary>An instant as <c>yyyyMMddHHmmss</c>, in UTC.</summary>
internal sealed class DigitTimeConverter : JsonConverter<DateTimeOffset>, IWireConverter
{
    private const string Wire = "yyyyMMddHHmmss";

    public string JsonType => "string";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            && DateTimeOffset.TryParseExact(reader.GetString(), Wire, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Wire, CultureInfo.InvariantCulture));
}
