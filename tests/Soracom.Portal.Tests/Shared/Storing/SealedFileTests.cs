using System.Security.Cryptography;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Tests.Shared.Storing;

public sealed class SealedFileTests
{
    private const int Chunk = SealedFile.ChunkSize;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(SealedFile.KeySize);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public static TheoryData<int> Lengths => [0, 1, 1000, Chunk - 1, Chunk, Chunk + 1, (3 * Chunk) + 17, 4 * Chunk, (4 * Chunk) + 1, (9 * Chunk) + 17];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Read_WhatWasWritten_IsTheSame(int length)
    {
        var content = Bytes(length);

        var (file, stored) = await SealAsync(content);

        Assert.Equal(SealedFile.SealedLength(length), file.Length);
        Assert.Equal(new StoredContent(length, Convert.ToHexStringLower(SHA256.HashData(content)), stored.Crc32), stored);
        Assert.Equal(content, await ReadAsync(file, 0, length));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(Chunk - 5, 10)]
    [InlineData(Chunk, Chunk)]
    [InlineData((2 * Chunk) + 3, 14)]
    public async Task Read_FromAnyPlace_IsThatPlaces(int from, int count)
    {
        var content = Bytes((3 * Chunk) + 17);
        var (file, _) = await SealAsync(content);

        Assert.Equal(content[from..(from + count)], await ReadAsync(file, from, count));
    }

    [Fact]
    public async Task File_HoldsNothingOfItsContentInTheClear()
    {
        var content = Enumerable.Repeat((byte)'A', 2 * Chunk).ToArray();
        var (file, _) = await SealAsync(content);

        Assert.Equal(-1, file.AsSpan().IndexOf("AAAAAAAA"u8));
        Assert.NotEqual(file[..Chunk], file[(Chunk + SealedFile.TagSize)..((2 * Chunk) + SealedFile.TagSize)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Chunk + SealedFile.TagSize + 5)]
    public async Task Read_AFileThatWasAltered_Fails(int place)
    {
        var (file, _) = await SealAsync(Bytes(2 * Chunk));
        file[place] ^= 1;

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(file, 0, 2 * Chunk));
    }

    [Theory]
    [InlineData(SealedFile.TagSize)]
    [InlineData(Chunk + SealedFile.TagSize)]
    [InlineData(1)]
    public async Task Read_AFileThatWasCutOff_Fails(int cut)
    {
        var (file, _) = await SealAsync(Bytes((2 * Chunk) + SealedFile.TagSize));

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await using var stream = new SealedFileStream(new MemoryStream(file[..^cut]), key);
            await stream.CopyToAsync(Stream.Null, None);
        });
    }

    [Fact]
    public async Task Read_ChunksInAnotherOrder_Fails()
    {
        var (file, _) = await SealAsync(Bytes(3 * Chunk));
        const int Whole = Chunk + SealedFile.TagSize;
        byte[] swapped = [.. file[Whole..(2 * Whole)], .. file[..Whole], .. file[(2 * Whole)..]];

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(swapped, 0, Chunk));
    }

    [Fact]
    public async Task Read_WithAnotherKey_Fails()
    {
        var (file, _) = await SealAsync(Bytes(100));
        await using var stream = new SealedFileStream(new MemoryStream(file), RandomNumberGenerator.GetBytes(SealedFile.KeySize));

        await Assert.ThrowsAsync<InvalidDataException>(() => stream.ReadAsync(new byte[100], None).AsTask());
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339)]
    public void Crc32_OfKnownTexts_IsWhatItIsElsewhere(string text, uint expected)
    {
        var whole = new Crc32();
        whole.Append(System.Text.Encoding.ASCII.GetBytes(text));
        var byByte = new Crc32();
        foreach (var one in System.Text.Encoding.ASCII.GetBytes(text))
        {
            byByte.Append([one]);
        }

        Assert.Equal((expected, expected), (whole.Value, byByte.Value));
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private async Task<(byte[] File, StoredContent Stored)> SealAsync(byte[] content)
    {
        using var file = new MemoryStream();
        using var writer = new SealedFileWriter(file, key);
        using var source = new MemoryStream(content);
        var stored = await writer.WriteAsync(source, None);
        return (file.ToArray(), stored);
    }

    private async Task<byte[]> ReadAsync(byte[] file, int from, int count)
    {
        await using var stream = new SealedFileStream(new MemoryStream(file), key);
        stream.Position = from;
        var read = new byte[count];
        await stream.ReadExactlyAsync(read, None);
        return read;
    }
}
