using System.Text.Json.Serialization;

namespace Soracom.Sandbox.Stats;

/// <summary>Bytes and packets in both directions.</summary>
internal readonly record struct Counters(long UpBytes, long DownBytes, long UpPackets, long DownPackets)
{
    [JsonIgnore]
    public bool IsZero => this == default;

    public static Counters operator +(Counters left, Counters right) =>
        new(left.UpBytes + right.UpBytes, left.DownBytes + right.DownBytes, left.UpPackets + right.UpPackets, left.DownPackets + right.DownPackets);

    public static Counters operator -(Counters left, Counters right) =>
        new(left.UpBytes - right.UpBytes, left.DownBytes - right.DownBytes, left.UpPackets - right.UpPackets, left.DownPackets - right.DownPackets);

    public static Counters operator *(Counters one, long factor) =>
        new(one.UpBytes * factor, one.DownBytes * factor, one.UpPackets * factor, one.DownPackets * factor);

    public static Counters operator /(Counters one, long divisor) =>
        new(one.UpBytes / divisor, one.DownBytes / divisor, one.UpPackets / divisor, one.DownPackets / divisor);
}
