using System.Text;

namespace Soracom.Portal.Features.Sims.Jobs.Files;

/// <summary>The text of a file, in whichever way a spreadsheet has written it.</summary>
internal static class FileText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What Excel writes in Japan unless it is told otherwise.</summary>
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>Reads bytes as UTF-8, with or without a mark, as UTF-16 with one, and else as Shift_JIS.</summary>
    /// <param name="bytes">The file.</param>
    /// <returns>The text; null when it is none of these.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        Encoding[] encodings = bytes switch
        {
            [0xFF, 0xFE, ..] => [Encoding.Unicode],
            [0xFE, 0xFF, ..] => [Encoding.BigEndianUnicode],
            _ => [Utf8, ShiftJis],
        };
        foreach (var encoding in encodings)
        {
            try
            {
                var text = encoding.GetString(bytes);
                // What holds zeros is no text, such as a workbook under the name of a CSV file.
                return text.Contains('\0', StringComparison.Ordinal) ? null : text.TrimStart('\uFEFF');
            }
            catch (DecoderFallbackException)
            {
                // The next one may do.
            }
        }

        return null;
    }
}
