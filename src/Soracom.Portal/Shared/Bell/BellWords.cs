using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Shared.Bell;

/// <summary>What the bell tells, in words.</summary>
internal static class BellWords
{
    /// <summary>What it is, in one sentence.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="row">What is told.</param>
    /// <returns>Such as: Job 12 is done.</returns>
    public static string Of(IStringLocalizer<Strings> words, BellRow row)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(row);
        var number = row.Kind is BellKind.BillFileDone or BellKind.BillFileFailed
            ? string.Create(CultureInfo.InvariantCulture, $"{row.Number / 100:0000}-{row.Number % 100:00}")
            : row.Number.ToString(CultureInfo.InvariantCulture);
        object[] values = row.Kind switch
        {
            BellKind.CredentialFailing => [Names.InText(row.Name)],
            BellKind.JobDone or BellKind.JobPaused => [number, row.Bad],
            BellKind.BillFileDone or BellKind.BillFileFailed => [number, SoracomCoverages.TryParseWireName(row.Name, out var coverage) ? Coverages.Name(words, coverage) : row.Name],
            _ => [number, Names.InText(row.Name), row.Bad],
        };
        return words[IsMixed(row) ? $"Bell.{row.Kind}.Bad" : $"Bell.{row.Kind}", values];
    }

    /// <summary>How it looks: its colour and its icon.</summary>
    /// <param name="row">What is told.</param>
    /// <returns>Both.</returns>
    public static (string Tone, string Icon) Look(BellRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Kind switch
        {
            _ when IsMixed(row) => ("warn", "triangle-alert"),
            BellKind.JobDone or BellKind.ExportDone or BellKind.BillFileDone => ("good", "circle-check"),
            BellKind.JobPaused or BellKind.ExportPaused => ("warn", "pause"),
            BellKind.DoorEnded or BellKind.DoorOverstayed => ("warn", "info"),
            _ => ("bad", "circle-alert"),
        };
    }

    private static bool IsMixed(BellRow row) => row.Bad > 0 && (row.Kind is BellKind.JobDone or BellKind.ExportDone);
}
