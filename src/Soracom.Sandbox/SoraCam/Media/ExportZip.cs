using System.Buffers.Binary;
using System.Text;
using Soracom.Sandbox.SoraCam.Media.Mp4;

namespace Soracom.Sandbox.SoraCam.Media;

/// <summary>
/// The archive that a video export delivers: one MP4 for each recording in the range, stored as it is.
/// </summary>
/// <remarks>
/// Written here because <see cref="System.IO.Compression.ZipArchive"/> ends entries with a synchronous write, which a web
/// server refuses, and because a download should say how long it will be. Up to 4 GB, which is far more than exports have.
/// </remarks>
internal sealed class ExportZip
{
    private const int LocalLength = 30;
    private const int DescriptorLength = 16;
    private const int CentralLength = 46;
    private const int EndLength = 22;

    private const ushort Version = 20;
    private const ushort MadeOnUnix = (3 << 8) | Version;
    private const ushort ChecksumFollowsNameIsUtf8 = 0x0808;
    private const uint ReadableFile = 0x81A40000;

    private readonly IReadOnlyList<(byte[] Name, Mp4File File)> files;
    private readonly uint modified;

    /// <param name="files">Names and contents in their order.</param>
    /// <param name="modified">What the archive says of each file: its clock time, to two seconds, from 1980 on.</param>
    public ExportZip(IReadOnlyList<(string Name, Mp4File File)> files, DateTimeOffset modified)
    {
        this.files = [.. files.Select(file => (Encoding.UTF8.GetBytes(file.Name), file.File))];
        var date = ((modified.Year - 1980) << 9) | (modified.Month << 5) | modified.Day;
        this.modified = (uint)((date << 16) | (modified.Hour << 11) | (modified.Minute << 5) | (modified.Second / 2));
    }

    /// <summary>Bytes.</summary>
    public long Length => EndLength + files.Sum(file => LocalLength + DescriptorLength + CentralLength + (2L * file.Name.Length) + file.File.Length);

    /// <summary>Writes the archive piece by piece as its files are encoded.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var directory = new MemoryStream();
        var place = 0L;
        foreach (var (name, file) in files)
        {
            await output.WriteAsync(Local(name), cancellationToken);
            var checksum = new Crc32();
            foreach (var piece in file.Pieces())
            {
                checksum.Add(piece.Span);
                await output.WriteAsync(piece, cancellationToken);
            }

            await output.WriteAsync(Descriptor(checksum.Value, file.Length), cancellationToken);
            directory.Write(Central(name, checksum.Value, file.Length, place));
            place += LocalLength + name.Length + file.Length + DescriptorLength;
        }

        var directoryLength = directory.Length;
        directory.Write(End(directoryLength, place));
        await output.WriteAsync(directory.GetBuffer().AsMemory(0, (int)directory.Length), cancellationToken);
    }

    private byte[] Local(byte[] name)
    {
        var record = new byte[LocalLength];
        "PK\u0003\u0004"u8.CopyTo(record);
        Put16(record, 4, Version);
        Put16(record, 6, ChecksumFollowsNameIsUtf8);
        Put32(record, 10, modified);
        Put16(record, 26, name.Length);
        return [.. record, .. name];
    }

    private static byte[] Descriptor(uint checksum, long length)
    {
        var record = new byte[DescriptorLength];
        "PK\u0007\u0008"u8.CopyTo(record);
        Put32(record, 4, checksum);
        Put32(record, 8, length);
        Put32(record, 12, length);
        return record;
    }

    private byte[] Central(byte[] name, uint checksum, long length, long place)
    {
        var record = new byte[CentralLength];
        "PK\u0001\u0002"u8.CopyTo(record);
        Put16(record, 4, MadeOnUnix);
        Put16(record, 6, Version);
        Put16(record, 8, ChecksumFollowsNameIsUtf8);
        Put32(record, 12, modified);
        Put32(record, 16, checksum);
        Put32(record, 20, length);
        Put32(record, 24, length);
        Put16(record, 28, name.Length);
        Put32(record, 38, ReadableFile);
        Put32(record, 42, place);
        return [.. record, .. name];
    }

    private byte[] End(long directoryLength, long place)
    {
        var record = new byte[EndLength];
        "PK\u0005\u0006"u8.CopyTo(record);
        Put16(record, 8, files.Count);
        Put16(record, 10, files.Count);
        Put32(record, 12, directoryLength);
        Put32(record, 16, place);
        return record;
    }

    private static void Put16(byte[] record, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(at), checked((ushort)value));

    private static void Put32(byte[] record, int at, long value) => BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(at), checked((uint)value));
}
