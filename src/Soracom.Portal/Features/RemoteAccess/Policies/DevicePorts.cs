using System.Globalization;

namespace Soracom.Portal.Features.RemoteAccess.Policies;

/// <summary>Device ports that doors may lead to: numbers and ranges.</summary>
public sealed class DevicePorts
{
    private readonly IReadOnlyList<(int First, int Last)> ranges;

    private DevicePorts(IReadOnlyList<(int First, int Last)> ranges) => this.ranges = ranges;

    /// <summary>Reads numbers and ranges such as <c>22 443 5900-5910</c>, with spaces or commas between.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The ports; any where there is nothing; null where something is neither a port nor a range of them.</returns>
    public static DevicePorts? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<(int First, int Last)>();
        foreach (var part in text.Split([' ', ',', '、', '\t', '\r', '\n', '\u3000'], StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || Port(ends[0]) is not { } first || Port(ends[^1]) is not { } last || first > last)
            {
                return null;
            }

            found.Add((first, last));
        }

        return new DevicePorts([.. found.Distinct().Order()]);
    }

    /// <summary>Whether a door may lead to a port.</summary>
    /// <param name="port">The port.</param>
    /// <returns>True when it may.</returns>
    public bool Allow(int port) => ranges.Count == 0 || ranges.Any(range => port >= range.First && port <= range.Last);

    /// <summary>The text form, with a space between; empty for any.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Join(' ', ranges.Select(range => range.First == range.Last ? range.First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));

    private static int? Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= ushort.MaxValue ? port : null;
}
