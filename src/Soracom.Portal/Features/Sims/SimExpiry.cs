using System.Globalization;

namespace Soracom.Portal.Features.Sims;

/// <summary>When the SIMs that are looked for expire.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Days">Within how many days from now, where that is the way; otherwise 0.</param>
public readonly record struct SimExpiry(SimExpiryKind Kind, int Days = 0)
{
    /// <summary>Within some days from now.</summary>
    /// <param name="days">How many.</param>
    /// <returns>The filter.</returns>
    public static SimExpiry Within(int days) => new(SimExpiryKind.Within, days);

    /// <summary>Reads what <see cref="ToString"/> has written; anything else is no filter.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The filter.</returns>
    public static SimExpiry Parse(string text) => text switch
    {
        "expired" => new(SimExpiryKind.Expired),
        "none" => new(SimExpiryKind.None),
        _ => SimQuery.Days(text) is { } days ? Within(days) : default,
    };

    /// <summary>The filter as it stands in an address: expired, none, a number of days, or nothing.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Kind switch
    {
        SimExpiryKind.Expired => "expired",
        SimExpiryKind.None => "none",
        SimExpiryKind.Within => Days.ToString(CultureInfo.InvariantCulture),
        _ => string.Empty,
    };
}

/// <summary>In which way expiry is looked for.</summary>
public enum SimExpiryKind
{
    /// <summary>Not at all.</summary>
    Any,

    /// <summary>It has passed.</summary>
    Expired,

    /// <summary>It comes within some days.</summary>
    Within,

    /// <summary>There is none.</summary>
    None,
}
