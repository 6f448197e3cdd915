using System.Buffers;

namespace Soracom.Sandbox.SoraCam.Media.Mp4;

/// <summary>
/// Footage as one MP4 file that plays while it arrives: the description comes first. It holds the size of every picture, so
/// that pictures are encoded twice, once for their sizes and once to be written, and never kept: a file of 15 minutes
/// takes memory for one group of pictures.
/// </summary>
internal sealed class Mp4File
{
    private readonly Footage footage;
    private readonly SilentSound? sound;
    private readonly ReadOnlyMemory<byte> head;

    private Mp4File(Footage footage, SilentSound? sound, ReadOnlyMemory<byte> head, long length)
    {
        this.footage = footage;
        this.sound = sound;
        this.head = head;
        Length = length;
    }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Measures the footage, which takes about half a second of one core for 15 minutes.</summary>
    /// <param name="footage">What the file shows.</param>
    /// <param name="sound">Null for pictures alone.</param>
    /// <param name="cancellationToken">Heard between groups of pictures.</param>
    public static Mp4File Plan(Footage footage, SilentSound? sound, CancellationToken cancellationToken)
    {
        var sizes = new int[footage.FrameCount];
        var encoder = new FootageEncoder();
        var group = new ArrayBufferWriter<byte>();
        for (var i = 0; i < footage.GroupCount; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            group.ResetWrittenCount();
            footage.Encode(i, encoder, group, sizes.AsSpan(i * Footage.GroupFrames));
        }

        // Offsets count from the start of the file, whose head is as long with any offsets.
        var content = sizes.Sum(size => (long)size) + ((sound?.PiecesUntil(footage.Duration) ?? 0) * (long)(sound?.PieceBytes ?? 0));
        var headLength = MakeHead(footage, sound, sizes, content, start: 0).Length;
        return new(footage, sound, MakeHead(footage, sound, sizes, content, headLength), headLength + content);
    }

    /// <summary>The file from its start to its end; a piece is valid until the next is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        yield return head;
        var encoder = new FootageEncoder();
        var group = new ArrayBufferWriter<byte>();
        var sizes = new int[Footage.GroupFrames];
        for (var i = 0; i < footage.GroupCount; i++)
        {
            group.ResetWrittenCount();
            footage.Encode(i, encoder, group, sizes);
            yield return group.WrittenMemory;
            if (sound is not null)
            {
                yield return sound.Pieces(PiecesInGroup(footage, sound, i));
            }
        }
    }

    /// <summary>Writes the file, piece by piece as it is encoded.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        foreach (var piece in Pieces())
        {
            await output.WriteAsync(piece, cancellationToken);
        }
    }

    private static ReadOnlyMemory<byte> MakeHead(Footage footage, SilentSound? sound, int[] sizes, long content, long start)
    {
        var groups = Enumerable.Range(0, footage.GroupCount).ToList();
        var pieces = groups.ConvertAll(group => sound is null ? 0 : PiecesInGroup(footage, sound, group));
        var (pictureOffsets, soundOffsets) = (new long[groups.Count], new long[groups.Count]);
        var offset = start;
        foreach (var group in groups)
        {
            pictureOffsets[group] = offset;
            offset += sizes.AsSpan(group * Footage.GroupFrames, footage.FramesInGroup(group)).ToArray().Sum();
            soundOffsets[group] = offset;
            offset += pieces[group] * (sound?.PieceBytes ?? 0);
        }

        var boxes = new BoxWriter();
        using (boxes.Open("ftyp"))
        {
            boxes.PutText("isom");
            boxes.Put32(0x200);
            boxes.PutText("isomiso2avc1mp41");
        }

        var last = footage.FrameCount - 1;
        var video = new SampleTable
        {
            Durations = last == 0 ? [(1, footage.Duration)] : [(last, Footage.FrameMilliseconds), (1, footage.FrameDuration(last))],
            Sizes = sizes,
            Count = sizes.Length,
            ChunkSamples = groups.ConvertAll(footage.FramesInGroup),
            ChunkOffsets = pictureOffsets,
            Keys = groups.ConvertAll(group => (group * Footage.GroupFrames) + 1),
        };
        Movie.Write(boxes, footage.From, footage.Duration, video, sound is null ? null : (sound, SoundTable(sound, pieces, soundOffsets)));
        boxes.Put32(content + 8);
        boxes.PutText("mdat");
        return boxes.Written;
    }

    private static SampleTable SoundTable(SilentSound sound, List<int> pieces, long[] offsets)
    {
        // A last group shorter than a piece of sound has no chunk.
        var filled = pieces.Count(count => count > 0);
        return new()
        {
            Durations = [(pieces.Sum(), sound.PieceSamples)],
            Sizes = [sound.PieceBytes],
            Count = pieces.Sum(),
            ChunkSamples = pieces[..filled],
            ChunkOffsets = offsets[..filled],
        };
    }

    private static int PiecesInGroup(Footage footage, SilentSound sound, int group) =>
        sound.PiecesUntil(Math.Min(footage.Duration, (group + 1) * Footage.GroupMilliseconds))
        - sound.PiecesUntil(group * Footage.GroupMilliseconds);
}
