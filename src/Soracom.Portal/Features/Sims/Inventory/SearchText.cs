using System.Buffers;
using System.Text;
using Soracom.Portal.Shared.Text;

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

    /// <summary>A tag, written as key=value, as a word that only the whole tag holds.</summary>
    public static string WholeTag(string tag) => $"{(char)FieldEnd}{Folding.Fold(tag)}{(char)FieldEnd}";

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

        Encoding.UTF8.GetBytes(Folding.Fold(value), text);
    }

    private static void End(IBufferWriter<byte> text)
    {
        text.GetSpan(1)[0] = FieldEnd;
        text.Advance(1);
    }
}
