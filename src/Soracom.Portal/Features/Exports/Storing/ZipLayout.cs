using System.Buffers.Binary;
using System.Text;

namespace Soracom.Portal.Features.Exports.Storing;

/// <summary>A file in a ZIP.</summary>
/// <param name="Name">Its path in the ZIP.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Crc32">Its checksum.</param>
/// <param name="Time">When it was made; told in UTC, as the format knows no zone.</param>
internal sealed record ZipEntry(string Name, long Length, uint Crc32, DateTimeOffset Time);

/// <summary>
/// Where everything lies in a ZIP of files that are stored as they are (APPNOTE 6.3, with its 64-bit forms where they are needed). All of it
/// is known before the first byte is read, so that a download has a length and can go on in the middle.
/// </summary>
internal sealed class ZipLayout
{
    private const uint Most32 = uint.MaxValue;
    private const ushort Most16 = ushort.MaxValue;
    private const ushort NamesAreUtf8 = 0x0800;
    private const ushort Version = 20;
    private const ushort Version64 = 45;

    private readonly List<ZipPart> parts = [];

    /// <summary>Lays out a ZIP.</summary>
    /// <param name="entries">The files, in their order; each name once.</param>
    public ZipLayout(IReadOnlyList<ZipEntry> entries)
    {
        var offsets = new long[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            offsets[i] = Length;
            Add(new ZipPart(Length, Head(entries[i]), null));
            Add(new ZipPart(Length, [], entries[i]));
        }

        var directory = Length;
        for (var i = 0; i < entries.Count; i++)
        {
            Add(new ZipPart(Length, DirectoryEntry(entries[i], offsets[i]), null));
        }

        Add(new ZipPart(Length, End(entries.Count, directory, Length - directory), null));
    }

    /// <summary>The ZIP's length in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>What lies where, without gaps, in order.</summary>
    public IReadOnlyList<ZipPart> Parts => parts;

    /// <summary>The part that a place lies in.</summary>
    /// <param name="position">A place in the ZIP.</param>
    public ZipPart PartAt(long position)
    {
        var (low, high) = (0, parts.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = parts[middle].Start <= position ? (middle, high) : (low, middle - 1);
        }

        return parts[low];
    }

    private void Add(ZipPart part)
    {
        if (part.Length > 0)
        {
            parts.Add(part);
            Length += part.Length;
        }
    }

    private static byte[] Head(ZipEntry entry)
    {
        var large = entry.Length >= Most32;
        var extra = large ? Extra64(entry.Length, entry.Length) : [];
        return new Fields()
            .U32(0x04034B50)
            .U16(large ? Version64 : Version)
            .Common(entry, extra)
            .Bytes(extra)
            .ToArray();
    }

    private static byte[] DirectoryEntry(ZipEntry entry, long offset)
    {
        // The 64-bit forms of just those that do not fit, in this order.
        long[] wide = [.. entry.Length >= Most32 ? [entry.Length, entry.Length] : Array.Empty<long>(), .. offset >= Most32 ? [offset] : Array.Empty<long>()];
        var extra = wide.Length > 0 ? Extra64(wide) : [];
        var version = wide.Length > 0 ? Version64 : Version;
        return new Fields()
            .U32(0x02014B50)
            .U16(version)
            .U16(version)
            .Common(entry, extra, comment: true)
            .U32((uint)Math.Min(offset, Most32))
            .Bytes(Encoding.UTF8.GetBytes(entry.Name))
            .Bytes(extra)
            .ToArray();
    }

    private static byte[] End(int count, long directory, long directoryLength)
    {
        var fields = new Fields();
        if (count >= Most16 || directory >= Most32 || directoryLength >= Most32)
        {
            fields
                .U32(0x06064B50).U64(44).U16(Version64).U16(Version64).U32(0).U32(0).U64(count).U64(count).U64(directoryLength).U64(directory)
                .U32(0x07064B50).U32(0).U64(directory + directoryLength).U32(1);
        }

        return fields
            .U32(0x06054B50).U16(0).U16(0)
            .U16((ushort)Math.Min(count, Most16)).U16((ushort)Math.Min(count, Most16))
            .U32((uint)Math.Min(directoryLength, Most32)).U32((uint)Math.Min(directory, Most32))
            .U16(0)
            .ToArray();
    }

    private static byte[] Extra64(params ReadOnlySpan<long> values)
    {
        var fields = new Fields().U16(1).U16((ushort)(values.Length * 8));
        foreach (var value in values)
        {
            fields.U64(value);
        }

        return fields.ToArray();
    }

    private sealed class Fields
    {
        private readonly List<byte> bytes = [];

        /// <summary>What a file's head and its entry in the directory have in common; in the head the name follows at once.</summary>
        public Fields Common(ZipEntry entry, byte[] extra, bool comment = false)
        {
            var name = Encoding.UTF8.GetBytes(entry.Name);
            var time = entry.Time.UtcDateTime < new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc) ? new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc) : entry.Time.UtcDateTime;
            U16(NamesAreUtf8).U16(0)
                .U16((ushort)((time.Hour << 11) | (time.Minute << 5) | (time.Second / 2)))
                .U16((ushort)(((time.Year - 1980) << 9) | (time.Month << 5) | time.Day))
                .U32(entry.Crc32)
                .U32((uint)Math.Min(entry.Length, Most32)).U32((uint)Math.Min(entry.Length, Most32))
                .U16((ushort)name.Length).U16((ushort)extra.Length);
            return comment ? U16(0).U16(0).U16(0).U32(0) : Bytes(name);
        }

        public Fields U16(ushort value)
        {
            Span<byte> field = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(field, value);
            bytes.AddRange(field);
            return this;
        }

        public Fields U32(uint value)
        {
            Span<byte> field = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(field, value);
            bytes.AddRange(field);
            return this;
        }

        public Fields U64(long value)
        {
            Span<byte> field = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(field, value);
            bytes.AddRange(field);
            return this;
        }

        public Fields Bytes(byte[] value)
        {
            bytes.AddRange(value);
            return this;
        }

        public byte[] ToArray() => [.. bytes];
    }
}

/// <summary>A part of a ZIP: bytes of the format's own, or a file's content.</summary>
/// <param name="Start">Where it begins in the ZIP.</param>
/// <param name="Bytes">The bytes; none where it is a file's content.</param>
/// <param name="Entry">The file whose content it is; null for bytes of the format's own.</param>
internal sealed record ZipPart(long Start, byte[] Bytes, ZipEntry? Entry)
{
    /// <summary>Its length in bytes.</summary>
    public long Length => Entry?.Length ?? Bytes.Length;
}
