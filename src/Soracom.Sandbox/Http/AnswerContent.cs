namespace Soracom.Sandbox.Http;

/// <param name="Type">Media type.</param>
/// <param name="Bytes">The body, unless <see cref="Write"/> makes it.</param>
internal sealed record AnswerContent(string Type, ReadOnlyMemory<byte> Bytes)
{
    public Func<Stream, CancellationToken, Task>? Write { get; init; }

    /// <summary>Gives the content that is to be sent instead of this one.</summary>
    public Func<CancellationToken, Task<AnswerContent>>? Prepare { get; init; }

    /// <summary>In bytes; null when it is not known beforehand.</summary>
    public long? Length { get; init; }

    public async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        if (Write is null)
        {
            return Bytes;
        }

        using var buffer = new MemoryStream();
        await Write(buffer, cancellationToken);
        return buffer.ToArray();
    }

    /// <summary>Some of the bytes, of a content whose length is known.</summary>
    public AnswerContent Slice(long start, long length) => Write is { } write
        ? this with { Write = (output, cancellationToken) => WriteSliceAsync(write, output, start, length, cancellationToken), Length = length }
        : this with { Bytes = Bytes.Slice((int)start, (int)length), Length = length };

    private static async Task WriteSliceAsync(
        Func<Stream, CancellationToken, Task> write, Stream output, long start, long length, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var slice = new SliceStream(output, start, length, enough.Cancel);
        try
        {
            await write(slice, enough.Token);
        }
        catch (OperationCanceledException) when (slice.IsWhole && !cancellationToken.IsCancellationRequested)
        {
            // What comes behind the slice need not be made.
        }
    }
}
