using System.Globalization;

namespace Soracom.Api.Http;

/// <summary>A time in a path or query, on the wire the number of milliseconds since 1970. Any <see cref="DateTimeOffset"/> becomes one.</summary>
public readonly record struct UnixMilliseconds(DateTimeOffset Time) : IFormattable
{
    public static implicit operator UnixMilliseconds(DateTimeOffset time) => new(time);

    public static UnixMilliseconds FromDateTimeOffset(DateTimeOffset time) => new(time);

    public override string ToString() => Time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();
}

/// <summary>The same in seconds.</summary>
public readonly record struct UnixSeconds(DateTimeOffset Time) : IFormattable
{
    public static implicit operator UnixSeconds(DateTimeOffset time) => new(time);

    public static UnixSeconds FromDateTimeOffset(DateTimeOffset time) => new(time);

    public override string ToString() => Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
