namespace Soracom.Sandbox.SoraCam.Media.Mp4;

/// <summary>
/// A sound track of silence in the codecs that video exports can ask for. Nothing is encoded: a silent piece looks the same every time.
/// </summary>
internal sealed class SilentSound
{
    // MPEG-2 layer III, 16 kHz, mono, 8 kbit/s: the header says so, and side information of nothing but zeros is silence.
    private static readonly byte[] Mp3Frame = [0xFF, 0xF3, 0x18, 0xC0, .. new byte[32]];

    private readonly byte[] pieces;

    private SilentSound(string codec, int rate, int pieceSamples, byte[] piece, Action<BoxWriter> writeEntry)
    {
        Codec = codec;
        Rate = rate;
        PieceSamples = pieceSamples;
        PieceBytes = piece.Length;
        WriteEntry = writeEntry;
        pieces = [.. Enumerable.Repeat(piece, PiecesUntil(Footage.GroupMilliseconds) + 1).SelectMany(bytes => bytes)];
    }

    /// <summary>16-bit little-endian samples, 8 kHz, mono.</summary>
    public static SilentSound Pcm { get; } = new("pcm_s16le", 8000, 1, new byte[2], WritePcmEntry);

    /// <summary>MP3, 16 kHz, mono.</summary>
    public static SilentSound Mp3 { get; } = new("mp3", 16000, 576, Mp3Frame, WriteMp3Entry);

    /// <summary>As the API calls it (<c>audioCodec</c>).</summary>
    public string Codec { get; }

    /// <summary>Samples a second.</summary>
    public int Rate { get; }

    /// <summary>Samples in the smallest piece that can be decoded.</summary>
    public int PieceSamples { get; }

    public int PieceBytes { get; }

    /// <summary>Writes the box that describes the codec.</summary>
    public Action<BoxWriter> WriteEntry { get; }

    /// <summary>The codec that the API calls so; null for any other name.</summary>
    public static SilentSound? Find(string? codec) => codec == Pcm.Codec ? Pcm : codec == Mp3.Codec ? Mp3 : null;

    /// <summary>Whole pieces in so many milliseconds.</summary>
    public int PiecesUntil(int milliseconds) => (int)((long)milliseconds * Rate / 1000 / PieceSamples);

    /// <param name="count">At most what a group of pictures lasts, and one.</param>
    public ReadOnlyMemory<byte> Pieces(int count) => pieces.AsMemory(0, count * PieceBytes);

    private static void WritePcmEntry(BoxWriter boxes)
    {
        using var entry = boxes.Open("sowt");
        WriteCommon(boxes, 8000);
    }

    private static void WriteMp3Entry(BoxWriter boxes)
    {
        using var entry = boxes.Open("mp4a");
        WriteCommon(boxes, 16000);
        using var descriptors = boxes.Open("esds", version: 0);
        boxes.Put([0x03, 21, 0, 0, 0]);                              // elementary stream 0
        boxes.Put([0x04, 13, 0x69, 0x15, 0, 0, 0]);                  // MPEG-2 audio (ISO/IEC 13818-3), no buffer given
        boxes.Put32(8000);                                           // peak and mean bits a second
        boxes.Put32(8000);
        boxes.Put([0x06, 1, 2]);                                     // as MP4 files have it
    }

    private static void WriteCommon(BoxWriter boxes, int rate)
    {
        boxes.PutZeros(6);
        boxes.Put16(1);                                              // data reference
        boxes.PutZeros(8);
        boxes.Put16(1);                                              // channels
        boxes.Put16(16);                                             // bits
        boxes.PutZeros(4);
        boxes.Put32((long)rate << 16);
    }
}
