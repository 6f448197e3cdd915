using System.Buffers.Binary;
using System.Net;
using Soracom.Sandbox.Fleets;

namespace Soracom.Sandbox.Napter;

/// <summary>Makes up who comes to a mapping while it lives: its owner, mostly, and now and then a stranger.</summary>
internal static class Visitors
{
    private const int Second = 1000;
    private const int Minute = 60 * Second;

    public static IReadOnlyList<Visit> Of(PortMapping mapping, SeededRandom random)
    {
        var visits = new List<Visit>();
        var time = mapping.CreatedTime + random.Next(20 * Second, 2 * Minute);
        for (var count = random.Next(1, 4); count > 0 && time < mapping.ExpiredTime; count--)
        {
            var visit = new Visit(time, "ACCESS", random.Uuid(), Within(random.Pick(mapping.IpRanges), random), random.Next(49152, 65536));
            visits.Add(visit);
            if (random.Chance(15))
            {
                visits.Add(visit with { Time = time + (3 * Second), Type = "REFUSED" });
            }
            else
            {
                visits.Add(visit with { Time = time + 40, Type = "CONNECTED" });
                time += random.Next(30 * Second, 15 * Minute);
                visits.Add(visit with { Time = time, Type = "CLOSED" });
            }

            time += random.Next(10 * Second, 20 * Minute);
        }

        if (random.Chance(30))
        {
            visits.Add(new Visit(mapping.CreatedTime + random.Next(mapping.Duration * Second), "DENIED", random.Uuid(), $"192.0.2.{random.Next(1, 255)}", random.Next(1024, 65536)));
        }

        return [.. visits.Where(visit => visit.Time < mapping.ExpiredTime).OrderBy(visit => visit.Time)];
    }

    /// <summary>An address within a range.</summary>
    private static string Within(string range, SeededRandom random)
    {
        var network = IPNetwork.Parse(range);
        Span<byte> bytes = stackalloc byte[4];
        network.BaseAddress.TryWriteBytes(bytes, out _);
        var hosts = 1UL << (32 - network.PrefixLength);
        var address = BinaryPrimitives.ReadUInt32BigEndian(bytes) + (uint)(random.Next() % hosts);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, address);
        return new IPAddress(bytes).ToString();
    }
}
