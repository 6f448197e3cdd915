namespace Soracom.Sandbox.SoraCam.Media.Mp4;

/// <summary>Where the samples of a track are, how large and how long: the boxes of a sample table after the description.</summary>
internal sealed class SampleTable
{
    /// <summary>Runs of samples of one duration, in units of the track.</summary>
    public required IReadOnlyList<(int Count, int Duration)> Durations { get; init; }

    /// <summary>Bytes of each sample, or one number where all have the same.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    public required int Count { get; init; }

    /// <summary>Samples in each chunk.</summary>
    public required IReadOnlyList<int> ChunkSamples { get; init; }

    /// <summary>Place of each chunk in the file.</summary>
    public required IReadOnlyList<long> ChunkOffsets { get; init; }

    /// <summary>The samples that can be decoded without others, from 1; null where all can.</summary>
    public IReadOnlyList<int>? Keys { get; init; }

    /// <summary>The table of a track whose samples are in fragments.</summary>
    public static SampleTable Elsewhere { get; } = new() { Durations = [], Sizes = [], Count = 0, ChunkSamples = [], ChunkOffsets = [] };

    public void Write(BoxWriter boxes)
    {
        using (boxes.Open("stts", version: 0))
        {
            boxes.Put32(Durations.Count);
            foreach (var (count, duration) in Durations)
            {
                boxes.Put32(count);
                boxes.Put32(duration);
            }
        }

        if (Keys is not null)
        {
            using var box = boxes.Open("stss", version: 0);
            PutAll(boxes, Keys);
        }

        WriteChunks(boxes);
        using (boxes.Open("stsz", version: 0))
        {
            var isOneSize = Sizes.Count == 1;
            boxes.Put32(isOneSize ? Sizes[0] : 0);
            boxes.Put32(Count);
            foreach (var size in isOneSize ? [] : Sizes)
            {
                boxes.Put32(size);
            }
        }

        using (boxes.Open("stco", version: 0))
        {
            boxes.Put32(ChunkOffsets.Count);
            foreach (var offset in ChunkOffsets)
            {
                boxes.Put32(offset);
            }
        }
    }

    private void WriteChunks(BoxWriter boxes)
    {
        // Only where the number of samples changes from one chunk to the next.
        var changes = Enumerable.Range(0, ChunkSamples.Count).Where(i => i == 0 || ChunkSamples[i] != ChunkSamples[i - 1]).ToList();
        using var box = boxes.Open("stsc", version: 0);
        boxes.Put32(changes.Count);
        foreach (var chunk in changes)
        {
            boxes.Put32(chunk + 1);
            boxes.Put32(ChunkSamples[chunk]);
            boxes.Put32(1);                                          // sample description
        }
    }

    private static void PutAll(BoxWriter boxes, IReadOnlyList<int> numbers)
    {
        boxes.Put32(numbers.Count);
        foreach (var number in numbers)
        {
            boxes.Put32(number);
        }
    }
}
