using System.Buffers.Binary;
using System.Text;
using Soracom.Portal.Features.Exports.Storing;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>How long a video is by its boxes, wherever they are; and that nothing that comes from elsewhere breaks that.</summary>
public sealed class Mp4LengthTests
{
    private static readonly byte[] Kind = Box("ftyp", "isom0000"u8);
    private static readonly byte[] Media = Box("mdat", new byte[30]);

    [Fact]
    public async Task Of_TheIndexAtTheBeginning_OrBehindTheMedia_IsTheSame()
    {
        var index = Box("moov", [.. Box("free", [1, 2, 3]), .. Box("mvhd", Head(1_000, 600_500))]);
        var media = Box("mdat", new byte[300]);

        Assert.Equal(TimeSpan.FromMilliseconds(600_500), await LengthAsync([.. Kind, .. index, .. media]));
        Assert.Equal(TimeSpan.FromMilliseconds(600_500), await LengthAsync([.. Kind, .. media, .. index]));
        // A box as long as the rest, and one whose length takes eight bytes.
        Assert.Equal(TimeSpan.FromMilliseconds(600_500), await LengthAsync([.. Kind, .. Long("mdat", new byte[300]), .. index]));
        Assert.Equal(TimeSpan.FromMilliseconds(600_500), await LengthAsync([.. Kind, .. media, 0, 0, 0, 0, .. index[4..]]));
    }

    [Fact]
    public async Task Of_LongNumbers_AndOfFragments_IsRead()
    {
        var longHead = new byte[32];
        longHead[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(longHead.AsSpan(20), 90_000);
        BinaryPrimitives.WriteUInt64BigEndian(longHead.AsSpan(24), 90_000 * 900L);
        var fragments = Box("mvex", [.. Box("trex", new byte[24]), .. Box("mehd", [0, 0, 0, 0, 0, 0, 0x27, 0x10])]);

        Assert.Equal(TimeSpan.FromMinutes(15), await LengthAsync([.. Kind, .. Box("moov", Box("mvhd", longHead)), .. Media]));
        Assert.Equal(TimeSpan.FromSeconds(10), await LengthAsync([.. Kind, .. Box("moov", [.. Box("mvhd", Head(1_000, 0)), .. fragments]), .. Media]));
    }

    [Fact]
    public async Task Of_AVideoThatIsCutOff_IsNotKnown_WhereverItsIndexIs()
    {
        byte[] video = [.. Kind, .. Box("moov", Box("mvhd", Head(1_000, 600_500))), .. Box("mdat", new byte[300]), .. Box("free", [1, 2, 3])];
        Assert.Equal(TimeSpan.FromMilliseconds(600_500), await LengthAsync(video));

        // Whatever is missing of the end, but for the box that is of no use.
        for (var missing = 1; missing < video.Length; missing++)
        {
            Assert.Equal(missing == 11 ? TimeSpan.FromMilliseconds(600_500) : null, await LengthAsync(video[..^missing]));
        }

        Assert.Null(await LengthAsync([.. video, 0, 0, 0]));
    }

    public static TheoryData<byte[]> Odd => new([
        [],
        [1, 2, 3],
        Encoding.ASCII.GetBytes("<html><body>Service unavailable</body></html>"),
        Kind,
        [.. Kind, .. Media],
        [.. Kind, .. Media, .. Box("moov", Box("trak", new byte[40]))],
        [.. Kind, .. Media, .. Box("moov", Box("mvhd", [0, 0, 0, 0]))], // Cut off.
        [.. Kind, .. Media, .. Box("moov", Box("mvhd", Head(0, 1_000)))],
        [.. Kind, .. Media, .. Box("moov", Box("mvhd", Head(1_000, 0)))],
        [.. Kind, .. Media, .. Box("moov", Box("mvhd", Head(1_000, uint.MaxValue)))],
        [.. Kind, .. Media, .. Box("moov", Box("mvhd", Head(1, 1_000_000)))], // Days of it.
        [.. Kind, .. Box("moov", Box("mvhd", Head(1_000, 600_500)))], // Without media.
        [.. Kind, .. Box("moov", Box("mvhd", Head(1_000, 600_500))), .. Box("mdat", [])],
        [.. Kind, 0, 0, 0, 4, .. "moov"u8, 0, 0, 0, 0],
        [.. Kind, 0x7F, 0, 0, 0, .. "moov"u8, 0, 0, 0, 0],
        [0, 0, 0, 1, .. "free"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0, 0, 0, 1, .. "free"u8],
    ]);

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task Of_WhatIsNoSuchVideo_IsNotKnown(byte[] file) => Assert.Null(await LengthAsync(file));

    private static async Task<TimeSpan?> LengthAsync(byte[] file) => await Mp4Length.OfAsync(new MemoryStream(file), Watchdog.Token);

    private static byte[] Head(uint scale, uint length)
    {
        var head = new byte[100];
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(12), scale);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(16), length);
        return head;
    }

    private static byte[] Box(string type, ReadOnlySpan<byte> content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)box.Length);
        Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        content.CopyTo(box.AsSpan(8));
        return box;
    }

    private static byte[] Long(string type, ReadOnlySpan<byte> content)
    {
        var box = new byte[16 + content.Length];
        box[3] = 1;
        Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        BinaryPrimitives.WriteUInt64BigEndian(box.AsSpan(8), (ulong)box.Length);
        content.CopyTo(box.AsSpan(16));
        return box;
    }
}
