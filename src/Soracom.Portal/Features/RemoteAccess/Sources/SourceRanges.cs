using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Soracom.Portal.Features.RemoteAccess.Sources;

/// <summary>Who is let in: ranges of IPv4 addresses, which is all that the vendor takes. In order, each once.</summary>
public sealed class SourceRanges
{
    /// <summary>The most ranges of one door.</summary>
    public const int Most = 10;

    /// <summary>The longest text that is read, in characters.</summary>
    public const int TextLength = 1000;

    /// <summary>From so many addresses on, in all ranges together, everybody is let in, for all that a list of sources is worth: as many as a range with 7 leading bits has.</summary>
    public const long FewestOfAnywhere = 1L << 25;

    private static readonly char[] Separators = [' ', ',', ';', '、', '\t', '\r', '\n', '\u3000'];

    private SourceRanges(IReadOnlyList<IPNetwork> networks) => Networks = networks;

    /// <summary>The ranges.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; }

    /// <summary>How many addresses they let in, each counted once.</summary>
    public long Addresses => Networks
        .Distinct()
        .Where(network => !Networks.Any(other => other.PrefixLength < network.PrefixLength && other.Contains(network.BaseAddress)))
        .Sum(network => 1L << (32 - network.PrefixLength));

    /// <summary>Whether together they let everybody in, or nearly.</summary>
    public bool IsAnywhere => Addresses >= FewestOfAnywhere;

    /// <summary>Reads ranges as people write them: addresses, or addresses with the number of leading bits, with spaces, commas or lines between.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problems">What can't be used; empty when all can.</param>
    /// <returns>The ranges; null where something can't be used. None are fine here.</returns>
    public static SourceRanges? Parse(string text, out IReadOnlyList<RangeProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<RangeProblem>();
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Read(part, out var network) is { } problem)
            {
                found.Add(problem);
            }
            else if (!networks.Contains(network))
            {
                networks.Add(network);
            }
        }

        if (networks.Count > Most)
        {
            found.Add(new RangeProblem(RangeFault.TooMany, networks.Count.ToString(CultureInfo.InvariantCulture)));
        }

        problems = found;
        return found.Count > 0 ? null : new SourceRanges([.. networks.OrderBy(network => Number(network.BaseAddress)).ThenBy(network => network.PrefixLength)]);
    }

    /// <summary>Writes something else for one range in a text, and leaves what merely begins alike.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">The range as it is written there.</param>
    /// <param name="instead">What is to be there.</param>
    /// <returns>The text, with the spaces, commas and lines that it had.</returns>
    public static string Correct(string text, string range, string instead)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(range);
        var corrected = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOfAny(Separators, at);
            end = end < 0 ? text.Length : Math.Max(end, at + 1);
            var part = text[at..end];
            corrected.Append(part == range ? instead : part);
            at = end;
        }

        return corrected.ToString();
    }

    /// <summary>Reads ranges that were checked before.</summary>
    /// <param name="text">The text form of ranges.</param>
    /// <returns>The ranges; those that can't be used are left out.</returns>
    public static SourceRanges Known(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SourceRanges([.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => Read(part, out var network) is null ? network : (IPNetwork?)null).OfType<IPNetwork>()]);
    }

    /// <summary>Whether all of them lie within some others, each within one.</summary>
    /// <param name="others">The others.</param>
    /// <returns>True when nobody is let in whom the others would not let in.</returns>
    public bool AreWithin(SourceRanges others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return Networks.All(network => others.Networks.Any(other => other.PrefixLength <= network.PrefixLength && other.Contains(network.BaseAddress)));
    }

    /// <summary>The text form, with a space between, such as <c>198.51.100.0/24 203.0.113.5/32</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(' ', Networks);

    /// <summary>Whether an address, or all of a range, can't be where somebody comes from over the Internet.</summary>
    internal static bool IsUnreachable(IPNetwork network) => Unreachable.Any(block => block.PrefixLength <= network.PrefixLength && block.Contains(network.BaseAddress));

    /// <summary>What RFC 6890 keeps off the Internet; the blocks for documentation are left alone, as they do no harm.</summary>
    private static readonly IPNetwork[] Unreachable =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    private static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static RangeProblem? Read(string part, out IPNetwork network)
    {
        network = default;
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? part : part[..slash];
        if (address.Contains(':', StringComparison.Ordinal))
        {
            return new RangeProblem(RangeFault.Ipv6, part);
        }

        if (Octets(address) is not { } octets || Bits(slash < 0 ? null : part[(slash + 1)..]) is not { } bits)
        {
            return new RangeProblem(RangeFault.NoRange, part);
        }

        var number = BinaryPrimitives.ReadUInt32BigEndian(octets);
        var whole = number & (bits == 0 ? 0 : uint.MaxValue << (32 - bits));
        BinaryPrimitives.WriteUInt32BigEndian(octets, whole);
        var right = new IPNetwork(new IPAddress(octets), bits);
        if (whole != number)
        {
            return new RangeProblem(RangeFault.HostBits, part) { Instead = right.ToString() };
        }

        if (IsUnreachable(right))
        {
            return new RangeProblem(RangeFault.Unreachable, part);
        }

        network = right;
        return null;
    }

    /// <summary>The four numbers, written as people write them: a leading zero means eight times something to some programs, so it is none.</summary>
    private static byte[]? Octets(string address)
    {
        var parts = address.Split('.');
        var octets = new byte[4];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts.Length != 4 || parts[i] is { Length: > 1 } and ['0', ..] || !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out octets[i]))
            {
                return null;
            }
        }

        return octets;
    }

    private static int? Bits(string? text) =>
        text is null ? 32 : text is not ({ Length: > 1 } and ['0', ..]) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= 32 ? bits : null;
}

/// <summary>Why something can't be used as a range of sources.</summary>
public enum RangeFault
{
    /// <summary>It is no range of IPv4 addresses.</summary>
    NoRange,

    /// <summary>It is an IPv6 address, which the vendor does not take.</summary>
    Ipv6,

    /// <summary>Its address has bits beyond those that count.</summary>
    HostBits,

    /// <summary>Nobody comes from there over the Internet.</summary>
    Unreachable,

    /// <summary>There are more ranges than a door may have.</summary>
    TooMany,
}

/// <summary>Something that can't be used as a range of sources.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Text">What was written.</param>
public sealed record RangeProblem(RangeFault Fault, string Text)
{
    /// <summary>What was probably meant; null where nobody can tell.</summary>
    public string? Instead { get; init; }
}
