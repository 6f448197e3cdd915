using System.Buffers.Binary;
using System.Text;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.PacketCaptures;

/// <summary>
/// A capture in the classic pcap format (microseconds, little endian, raw IP): every half minute the device asks for a name and pings its
/// gateway. Checksums are right, so that any analyser shows it without complaint. The same capture gives the same bytes.
/// </summary>
internal static class PcapFile
{
    private const uint Magic = 0xA1B2C3D4;
    private const int RawIp = 101;
    private const int SnapLength = 65_535;
    private const int Pause = 30_000;
    private const int MostRounds = 500;
    private const byte Icmp = 1;
    private const byte Udp = 17;
    private const int IpHeader = 20;
    private const uint Gateway = (100u << 24) | (127u << 16) | 1;
    private const uint NameServer = (100u << 24) | (127u << 16) | 53;

    public static ReadOnlyMemory<byte> Make(Sim sim, PacketCapture capture)
    {
        using var file = new MemoryStream();
        WriteHead(file);
        var device = sim.Session?.Address ?? SimSessions.AddressOf(sim);
        var chance = new SeededRandom(seed: 0, capture.SessionId + capture.SimId);
        var rounds = (int)Math.Min(MostRounds, ((capture.Ended - capture.Started) / Pause) + 1);
        for (var i = 0; i < rounds; i++)
        {
            var time = ((capture.Started + ((long)i * Pause)) * 1000) + chance.Next(900_000);
            var (id, port, delay) = ((ushort)chance.Next(0xFFFF), (ushort)chance.Next(32_768, 60_999), chance.Next(40_000, 250_000));
            Write(file, time, Packet(device, NameServer, Udp, id, Datagram(device, NameServer, port, 53, Question(id, isAnswer: false))));
            Write(file, time + delay, Packet(NameServer, device, Udp, id, Datagram(NameServer, device, 53, port, Question(id, isAnswer: true))));
            Write(file, time + 300_000, Packet(device, Gateway, Icmp, id, Echo(8, id, (ushort)i)));
            Write(file, time + 300_000 + delay, Packet(Gateway, device, Icmp, id, Echo(0, id, (ushort)i)));
        }

        return file.ToArray();
    }

    private static void WriteHead(MemoryStream file)
    {
        Span<byte> head = stackalloc byte[24];
        head.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], SnapLength);
        BinaryPrimitives.WriteInt32LittleEndian(head[20..], RawIp);
        file.Write(head);
    }

    private static void Write(MemoryStream file, long microseconds, byte[] packet)
    {
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)(microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)(microseconds % 1_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], packet.Length);
        file.Write(head);
        file.Write(packet);
    }

    private static byte[] Packet(uint from, uint to, byte protocol, ushort id, byte[] content)
    {
        var packet = new byte[IpHeader + content.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), id);
        packet[8] = 64;
        packet[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(12), from);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(16), to);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, IpHeader)));
        content.CopyTo(packet, IpHeader);
        return packet;
    }

    private static byte[] Datagram(uint from, uint to, ushort fromPort, ushort toPort, byte[] content)
    {
        var length = 8 + content.Length;
        // The checksum covers addresses, protocol and length too, in front of the datagram.
        var summed = new byte[12 + length];
        BinaryPrimitives.WriteUInt32BigEndian(summed, from);
        BinaryPrimitives.WriteUInt32BigEndian(summed.AsSpan(4), to);
        summed[9] = Udp;
        BinaryPrimitives.WriteUInt16BigEndian(summed.AsSpan(10), (ushort)length);
        BinaryPrimitives.WriteUInt16BigEndian(summed.AsSpan(12), fromPort);
        BinaryPrimitives.WriteUInt16BigEndian(summed.AsSpan(14), toPort);
        BinaryPrimitives.WriteUInt16BigEndian(summed.AsSpan(16), (ushort)length);
        content.CopyTo(summed, 20);
        BinaryPrimitives.WriteUInt16BigEndian(summed.AsSpan(18), Checksum(summed));
        return summed[12..];
    }

    /// <summary>For the address of a host; the answer has one of the range for documentation.</summary>
    private static byte[] Question(ushort id, bool isAnswer)
    {
        var message = new List<byte> { (byte)(id >> 8), (byte)id, (byte)(isAnswer ? 0x81 : 0x01), (byte)(isAnswer ? 0x80 : 0), 0, 1, 0, (byte)(isAnswer ? 1 : 0), 0, 0, 0, 0 };
        foreach (var label in (string[])["telemetry", "device", "example"])
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }

        message.AddRange((ReadOnlySpan<byte>)[0, 0, 1, 0, 1]);
        if (isAnswer)
        {
            message.AddRange((ReadOnlySpan<byte>)[0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 80]);
        }

        return [.. message];
    }

    private static byte[] Echo(byte type, ushort id, ushort number)
    {
        var message = new byte[8 + 32];
        message[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), number);
        for (var i = 0; i < 32; i++)
        {
            message[8 + i] = (byte)('a' + (i % 23));
        }

        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum(message));
        return message;
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)(bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0u);
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
