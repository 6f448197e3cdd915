namespace Soracom.Sandbox.Sims;

/// <summary>Something that will happen to a SIM by itself.</summary>
/// <param name="Kind">What.</param>
/// <param name="SimId">To which.</param>
/// <param name="Imsi">To which of its subscriptions; empty where that does not matter.</param>
internal readonly record struct SimMoment(SimMomentKind Kind, string SimId, string Imsi = "") : IComparable<SimMoment>
{
    public int CompareTo(SimMoment other)
    {
        var order = string.CompareOrdinal(SimId, other.SimId);
        order = order != 0 ? order : Kind.CompareTo(other.Kind);
        return order != 0 ? order : string.CompareOrdinal(Imsi, other.Imsi);
    }

    public static bool operator <(SimMoment left, SimMoment right) => left.CompareTo(right) < 0;

    public static bool operator >(SimMoment left, SimMoment right) => left.CompareTo(right) > 0;

    public static bool operator <=(SimMoment left, SimMoment right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SimMoment left, SimMoment right) => left.CompareTo(right) >= 0;
}

internal enum SimMomentKind
{
    /// <summary>It expires.</summary>
    Expiry,

    /// <summary>Its device tries to connect.</summary>
    Connect,

    /// <summary>The delivery of an added subscription makes a step.</summary>
    Delivery,

    /// <summary>Its applet's report arrives.</summary>
    LocalInfo,

    /// <summary>Its free test period ends.</summary>
    TestEnd,
}
