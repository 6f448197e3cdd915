using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Billing;

/// <summary>A billing month, in UTC; on the wire <c>yyyyMM</c>.</summary>
[JsonConverter(typeof(YearMonthConverter))]
public readonly record struct YearMonth : IComparable<YearMonth>, IFormattable
{
    private const string Wire = "yyyyMM";

    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    public YearMonth(int year, int month) => FirstDay = new DateOnly(year, month, 1);

    /// <summary>The first of the month.</summary>
    public DateOnly FirstDay { get; private init; }

    public DateOnly LastDay => FirstDay.AddMonths(1).AddDays(-1);

    public int Year => FirstDay.Year;

    public int Month => FirstDay.Month;

    /// <summary>The billing month that an instant belongs to.</summary>
    public static YearMonth Of(DateTimeOffset instant) => new(instant.UtcDateTime.Year, instant.UtcDateTime.Month);

    /// <summary>Reads <c>yyyyMM</c>, and nothing else.</summary>
    public static bool TryParse(string? text, out YearMonth month)
    {
        var parsed = DateOnly.TryParseExact(text, Wire, CultureInfo.InvariantCulture, DateTimeStyles.None, out var firstDay);
        month = parsed ? new YearMonth { FirstDay = firstDay } : default;
        return parsed;
    }

    public static bool operator <(YearMonth left, YearMonth right) => left.CompareTo(right) < 0;

    public static bool operator <=(YearMonth left, YearMonth right) => left.CompareTo(right) <= 0;

    public static bool operator >(YearMonth left, YearMonth right) => left.CompareTo(right) > 0;

    public static bool operator >=(YearMonth left, YearMonth right) => left.CompareTo(right) >= 0;

    public YearMonth AddMonths(int months) => new() { FirstDay = FirstDay.AddMonths(months) };

    public int CompareTo(YearMonth other) => FirstDay.CompareTo(other.FirstDay);

    /// <summary>As on the wire.</summary>
    public override string ToString() => FirstDay.ToString(Wire, CultureInfo.InvariantCulture);

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();
}

/// <summary>The wire form of a month.</summary>
internal sealed class YearMonthConverter : JsonConverter<YearMonth>, IWireConverter
{
    public string JsonType => "string";

    public override YearMonth Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && YearMonth.TryParse(reader.GetString(), out var month) ? month : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, YearMonth value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString(format: null, CultureInfo.InvariantCulture));
}
