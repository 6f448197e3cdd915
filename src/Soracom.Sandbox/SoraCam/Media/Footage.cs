using System.Buffers;
using Soracom.Sandbox.SoraCam.Media.Avc;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Sandbox.SoraCam.Media;

/// <summary>
/// What a camera recorded from one instant to another: five pictures a second in groups of four seconds, each of which is
/// encoded by itself, so that any of them can be made at any time and comes out the same.
/// </summary>
internal sealed class Footage
{
    public const int FrameMilliseconds = 200;
    public const int GroupFrames = 20;
    public const int GroupMilliseconds = FrameMilliseconds * GroupFrames;

    private readonly Scene scene;

    /// <param name="scene">What the camera saw.</param>
    /// <param name="from">Unix milliseconds.</param>
    /// <param name="to">Unix milliseconds, excluded; later than <paramref name="from"/>.</param>
    public Footage(Scene scene, long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        this.scene = scene;
        From = from;
        Duration = checked((int)(to - from));
    }

    public long From { get; }

    /// <summary>Milliseconds.</summary>
    public int Duration { get; }

    public int FrameCount => (Duration + FrameMilliseconds - 1) / FrameMilliseconds;

    public int GroupCount => (FrameCount + GroupFrames - 1) / GroupFrames;

    /// <summary>Of one picture of a group; the last picture of all is shorter where the length asks for it. Milliseconds.</summary>
    public int FrameDuration(int frame) => Math.Min(FrameMilliseconds, Duration - (frame * FrameMilliseconds));

    public int FramesInGroup(int group) => Math.Min(GroupFrames, FrameCount - (group * GroupFrames));

    /// <summary>Encodes a group, appends its pictures to <paramref name="output"/> and gives the bytes of each.</summary>
    /// <param name="group">From 0 to below <see cref="GroupCount"/>.</param>
    /// <param name="encoder">Need not be fresh; not used by anybody else meanwhile.</param>
    /// <param name="output">Gets network units with their lengths, as MP4 keeps them.</param>
    /// <param name="sizes">Holds <see cref="FramesInGroup"/> numbers or more.</param>
    public void Encode(int group, FootageEncoder encoder, IBufferWriter<byte> output, Span<int> sizes)
    {
        var first = group * GroupFrames;
        for (var i = 0; i < FramesInGroup(group); i++)
        {
            scene.Draw(encoder.Canvas, From + ((first + i) * (long)FrameMilliseconds));
            sizes[i] = i == 0
                ? encoder.Avc.WriteKey(encoder.Canvas, group & 0xFF, output)
                : encoder.Avc.WriteNext(encoder.Canvas, output);
        }
    }
}

/// <summary>What encoding needs and can be used again: a canvas and an encoder. For one thread at a time.</summary>
internal sealed class FootageEncoder
{
    public Picture Canvas { get; } = new();

    public AvcEncoder Avc { get; } = new();
}
