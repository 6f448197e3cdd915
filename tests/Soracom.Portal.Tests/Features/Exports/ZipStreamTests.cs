using System.IO.Compression;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Tests.Features.Exports;

public sealed class ZipStreamTests
{
    private static readonly DateTimeOffset Made = new(2026, 3, 2, 9, 30, 42, TimeSpan.FromHours(9));

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ByTheFrameworksOwnReader_HoldsTheFiles()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["倉庫/001.mp4"] = Bytes(100_000), ["empty.txt"] = [], ["manifest.json"] = Bytes(300) };
        await using var zip = Of(files);

        await using var archive = await ZipArchive.CreateAsync(new Blocking(zip), ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, None);

        Assert.Equal(files.Keys, archive.Entries.Select(entry => entry.FullName));
        foreach (var entry in archive.Entries)
        {
            Assert.Equal((Checksum(files[entry.FullName]), Made.UtcDateTime), (entry.Crc32, entry.LastWriteTime.DateTime));
            await using var content = await entry.OpenAsync(None);
            using var read = new MemoryStream();
            await content.CopyToAsync(read, None);
            Assert.Equal(files[entry.FullName], read.ToArray());
        }
    }

    [Fact]
    public async Task Read_FromAnyPlace_IsAPartOfTheWhole()
    {
        await using var zip = Of(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["1"] = Bytes(50), ["2"] = Bytes(70) });
        var whole = new byte[zip.Length];
        await zip.ReadExactlyAsync(whole, None);

        for (var from = 0; from < whole.Length; from += 7)
        {
            zip.Position = from;
            var rest = new byte[whole.Length - from];
            await zip.ReadExactlyAsync(rest, None);
            Assert.Equal(whole[from..], rest);
        }

        Assert.Equal(0, await zip.ReadAsync(new byte[1], None));
    }

    [Fact]
    public async Task Read_FilesBeyondFourGibibytes_AreFoundAtTheirPlaces()
    {
        const long Large = (5L << 30) + 3;
        ZipEntry[] entries = [new("a.mp4", Large, 1, Made), new("b.mp4", 3, Checksum([1, 2, 3]), Made)];
        await using var zip = new ZipStream(new ZipLayout(entries), entry => entry.Length == 3 ? new MemoryStream([1, 2, 3]) : new Nothing(Large));

        await using var archive = await ZipArchive.CreateAsync(new Blocking(zip), ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, None);

        Assert.Equal([Large, 3], archive.Entries.Select(entry => entry.Length));
        await using var last = await archive.Entries[1].OpenAsync(None);
        var read = new byte[3];
        await last.ReadExactlyAsync(read, None);
        Assert.Equal([1, 2, 3], read);
    }

    [Fact]
    public async Task Read_MoreFilesThan16BitsCount_AreAllThere()
    {
        ZipEntry[] entries = [.. Enumerable.Range(0, 70_000).Select(i => new ZipEntry($"{i}.jpg", 0, 0, Made))];
        await using var zip = new ZipStream(new ZipLayout(entries), _ => Stream.Null);

        await using var archive = await ZipArchive.CreateAsync(new Blocking(zip), ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, None);

        Assert.Equal(70_000, archive.Entries.Count);
    }

    [Fact]
    public async Task Read_AFileThatBecameShorter_FailsInsteadOfGoingOn()
    {
        await using var zip = new ZipStream(new ZipLayout([new("a", 10, 0, Made)]), _ => new MemoryStream([1, 2, 3]));
        var whole = new byte[zip.Length];

        await Assert.ThrowsAsync<InvalidDataException>(() => zip.ReadExactlyAsync(whole, None).AsTask());
    }

    private static ZipStream Of(Dictionary<string, byte[]> files) => new(
        new ZipLayout([.. files.Select(file => new ZipEntry(file.Key, file.Value.Length, Checksum(file.Value), Made))]),
        entry => new MemoryStream(files[entry.Name]));

    private static uint Checksum(byte[] bytes)
    {
        var crc = new Crc32();
        crc.Append(bytes);
        return crc.Value;
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The framework's reader reads a part of a ZIP without awaiting it.</summary>
    private sealed class Blocking(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.ReadAsync(buffer.AsMemory(offset, count), None).AsTask().GetAwaiter().GetResult();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => inner.Flush();
    }

    /// <summary>Zeros, so many.</summary>
    private sealed class Nothing(long length) : SeekableReadStream(length)
    {
        protected override ValueTask<int> ReadAtAsync(long from, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            buffer.Span.Clear();
            return ValueTask.FromResult((int)Math.Min(buffer.Length, Length - from));
        }
    }
}
