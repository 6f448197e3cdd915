namespace Soracom.Portal.Shared.Text;

/// <summary>The time zones to choose from.</summary>
internal static class TimeZones
{
    /// <summary>Areas and places, as IANA names them. What has no slash is an old name or an offset.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id == "UTC" || (id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal))).Append("Asia/Tokyo").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The same, with the one that is set now where it is none of them.</summary>
    /// <param name="zone">The one that is set.</param>
    /// <returns>Their names.</returns>
    public static IEnumerable<string> With(string zone) => All.Contains(zone, StringComparer.Ordinal) ? All : All.Prepend(zone);
}
