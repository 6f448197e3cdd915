namespace Soracom.Portal.Shared.Storing;

/// <summary>The checksum of ZIP files (CRC-32 of ISO 3309), eight bytes at a step. The framework's own hardware CRC is of another polynomial.</summary>
internal sealed class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Tables = MakeTables();

    private uint state = uint.MaxValue;

    /// <summary>The checksum of what was appended.</summary>
    public uint Value => ~state;

    /// <summary>Takes in what follows.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = state;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BitConverter.ToUInt32(bytes) ^ crc;
            var high = BitConverter.ToUInt32(bytes[4..]);
            crc = Tables[1792 + (low & 0xFF)] ^ Tables[1536 + ((low >> 8) & 0xFF)] ^ Tables[1280 + ((low >> 16) & 0xFF)] ^ Tables[1024 + (low >> 24)]
                ^ Tables[768 + (high & 0xFF)] ^ Tables[512 + ((high >> 8) & 0xFF)] ^ Tables[256 + ((high >> 16) & 0xFF)] ^ Tables[high >> 24];
        }

        foreach (var one in bytes)
        {
            crc = Tables[(crc ^ one) & 0xFF] ^ (crc >> 8);
        }

        state = crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            tables[i] = crc;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = tables[tables[i - 256] & 0xFF] ^ (tables[i - 256] >> 8);
        }

        return tables;
    }
}
