using System.Globalization;

namespace Soracom.Portal.Data.Audit;

/// <summary>
/// What the trail itself says of how long it is kept: the entry of the last change, or of the last removal, which says by what it was done, since
/// the entry of the change may go with it. A setting that the trail does not say was not made by an owner.
/// </summary>
public static class AuditKept
{
    /// <summary>A setting as entries tell it.</summary>
    /// <param name="days">For how many days; null for ever.</param>
    /// <returns>Such as <c>400 d</c>.</returns>
    public static string Told(int? days) => days is { } given ? string.Create(CultureInfo.InvariantCulture, $"{given} d") : "for ever";

    /// <summary>What an entry says of it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="former">What those before it say: for how many days; null for ever.</param>
    /// <returns>For how many days since then; null for ever.</returns>
    internal static int? After(AuditEntry entry, int? former) => entry.Action switch
    {
        AuditActions.AuditKeepChanged => Read(entry.After),
        AuditActions.AuditTrimmed => Read(entry.Reason),
        _ => former,
    };

    private static int? Read(string? told) =>
        told is [.. var number, ' ', 'd'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;
}
