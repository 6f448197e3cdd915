using System.Globalization;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Exports.Planning;

/// <summary>What was recorded of a piece, as its row holds it: <c>0-30000,34000-60000</c>, in milliseconds from its beginning.</summary>
internal static class RecordedParts
{
    /// <summary>Writes it.</summary>
    /// <param name="piece">The piece.</param>
    /// <returns>The text; null where all of it was recorded.</returns>
    public static string? Text(PlannedPiece piece) => piece.Recorded is not { } parts ? null : string.Join(
        ',', parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{(part.From - piece.Period.From).TotalMilliseconds:0}-{(part.To - piece.Period.From).TotalMilliseconds:0}")));

    /// <summary>Reads it.</summary>
    /// <param name="piece">The piece.</param>
    /// <returns>What was recorded of it, in the order of time.</returns>
    public static IReadOnlyList<Period> Of(FootagePiece piece) => piece.Recorded is not { } text ? [new Period(piece.From, piece.To)] :
    [
        .. text.Split(',').Select(part => part.Split('-')).Select(ends => new Period(At(piece, ends[0]), At(piece, ends[1]))),
    ];

    /// <summary>How much was recorded of a piece.</summary>
    /// <param name="piece">The piece.</param>
    public static TimeSpan LengthOf(FootagePiece piece) => Of(piece).Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length);

    private static DateTimeOffset At(FootagePiece piece, string milliseconds) => piece.From.AddMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture));
}
