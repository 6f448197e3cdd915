using System.Buffers;
using System.Text;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// Text as it is searched: full- and half-width forms, and upper and lower case, made the same (NFKC, lower case), in UTF-8.
/// </summary>
internal static class SearchText
{
    /// <summary>Ends each field of a row. No folded text holds it.</summary>
    public const byte FieldEnd = 0x1F;

    /// <summary>The fields of a row, in the order of their text.</summary>
    public static readonly IReadOnlyList<SimColumn> Fields =
    [
        SimColumn.Name, SimColumn.SimId, SimColumn.Iccid, SimColumn.Imsi, SimColumn.Msisdn, SimColumn.Imei,
        SimColumn.SerialNumber, SimColumn.IpAddress, SimColumn.Group, SimColumn.Tags,
    ];

    /// <summary>Folds a text. Control characters become spaces, so that no text can pretend to be two fields.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text.ToLowerInvariant() : Clean(text.ToLowerInvariant());
        }

        return Clean(Normalized(text).ToLowerInvariant());
    }

    /// <summary>The words of what somebody has typed, all of which have to be found; between quotes, spaces do not part them.</summary>
    public static IReadOnlyList<string> Words(string typed)
    {
        var words = new List<string>();
        var parts = Fold(typed).Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1)
            {
                words.Add(parts[i]);
            }
            else
            {
                words.AddRange(parts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return [.. words.Where(word => word.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A tag, written as key=value, as a word that only the whole tag holds.</summary>
    public static string WholeTag(string tag) => $"{(char)FieldEnd}{Fold(tag)}{(char)FieldEnd}";

    /// <summary>Writes a row's text: its fields, each with its end.</summary>
    public static void Write(IndexedSim sim, IBufferWriter<byte> text)
    {
        Field(sim.Name, text);
        Field(sim.SimId, text);
        List(sim.Iccids, text);
        List(sim.Imsis, text);
        List(sim.Msisdns, text);
        Field(sim.Imei, text);
        Field(sim.SerialNumber, text);
        Field(sim.IpAddress, text);
        Part(sim.GroupName, text);
        if (sim.GroupName.Length > 0 && sim.GroupId.Length > 0)
        {
            Part(" ", text);
        }

        Field(sim.GroupId, text);
        foreach (var (key, value) in sim.Tags)
        {
            Part(key, text);
            Part("=", text);
            Field(value, text);
        }

        End(text);
    }

    private static void List(IReadOnlyList<string> values, IBufferWriter<byte> text)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                Part(" ", text);
            }

            Part(values[i], text);
        }

        End(text);
    }

    private static void Field(string value, IBufferWriter<byte> text)
    {
        Part(value, text);
        End(text);
    }

    private static void Part(string value, IBufferWriter<byte> text)
    {
        // Most of it is plain, and then each character is one byte.
        var plain = text.GetSpan(Math.Max(1, value.Length));
        if (Ascii.ToLower(value, plain, out var written) == OperationStatus.Done && plain[..written].IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0)
        {
            text.Advance(written);
            return;
        }

        Encoding.UTF8.GetBytes(Fold(value), text);
    }

    private static void End(IBufferWriter<byte> text)
    {
        text.GetSpan(1)[0] = FieldEnd;
        text.Advance(1);
    }

    private static string Normalized(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair, which has no normal form: with the replacement character in its place, the rest can be found.
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(NormalizationForm.FormKC);
        }
    }

    private static string Clean(string text)
    {
        return string.Create(text.Length, text, static (clean, text) =>
        {
            for (var i = 0; i < clean.Length; i++)
            {
                clean[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        });
    }
}
