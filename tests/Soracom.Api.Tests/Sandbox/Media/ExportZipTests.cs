using System.IO.Compression;
using Soracom.Sandbox.SoraCam.Media;
using Soracom.Sandbox.SoraCam.Media.Mp4;

namespace Soracom.Api.Tests.Sandbox.Media;

public sealed class ExportZipTests
{
    [Fact]
    public async Task Archive_ToAResponseBody_HoldsEveryFileAsItIs()
    {
        var stopping = TestContext.Current.CancellationToken;
        var (one, other) = (Films.Footage(4_400), Films.Footage(1_000, "A0B1C2D3E4F6"));
        var modified = new DateTimeOffset(2026, 11, 21, 17, 58, 0, TimeSpan.FromHours(9));
        using var written = new MemoryStream();
        await using var body = new ResponseBody(written);
        var zip = new ExportZip([("one.mp4", Mp4File.Plan(one, SilentSound.Mp3, stopping)), ("二.mp4", Mp4File.Plan(other, sound: null, stopping))], modified);
        await zip.WriteAsync(body, stopping);

        Assert.Equal(zip.Length, written.Length);
        written.Position = 0;
        await using var archive = await ZipArchive.CreateAsync(written, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, stopping);
        Assert.Equal(["one.mp4", "二.mp4"], archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.All(archive.Entries, entry => Assert.Equal(modified.DateTime, entry.LastWriteTime.DateTime));
        Assert.Equal((await Films.Mp4Async(one, SilentSound.Mp3)).ToArray(), await ContentAsync(archive.Entries[0]));
        Assert.Equal((await Films.Mp4Async(other)).ToArray(), await ContentAsync(archive.Entries[1]));
    }

    [Fact]
    public void Checksum_OfTheUsualExample_IsTheUsualOne()
    {
        var checksum = new Crc32();
        checksum.Add("1234"u8);
        checksum.Add("56789"u8);

        Assert.Equal(0xCBF43926, checksum.Value);
    }

    private static async Task<byte[]> ContentAsync(ZipArchiveEntry entry)
    {
        await using var content = await entry.OpenAsync(TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    /// <summary>What a web server gives: no seeking, no length, no synchronous writes.</summary>
    private sealed class ResponseBody(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new InvalidOperationException("Synchronous.");

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous.");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.WriteAsync(buffer, offset, count, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);
    }
}
