using System.Globalization;
using Soracom.Portal.Data.Exports;

namespace Soracom.Portal.Features.Exports.Downloads;

/// <summary>What files of exports are called: of digits and letters that no system minds, in the order of time, told in UTC.</summary>
internal static class FootageNames
{
    /// <summary>What says what the others are.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>A piece's file.</summary>
    public static string Piece(FootageExport export, FootagePiece piece) => export.Kind == FootageKind.Stills
        ? string.Create(CultureInfo.InvariantCulture, $"{piece.Number:0000}_{Time(piece.From)}.jpg")
        : string.Create(CultureInfo.InvariantCulture, $"{piece.Number:0000}_{Time(piece.From)}_{Time(piece.To)}.{(export.Archive ? "zip" : "mp4")}");

    /// <summary>The file with the pieces that are there; one that lacks some says so.</summary>
    public static string Zip(FootageExport export, int there, int all) =>
        there == all ? $"{Stem(export)}.zip" : string.Create(CultureInfo.InvariantCulture, $"{Stem(export)}_{there}-of-{all}.zip");

    /// <summary>A piece's file where it is downloaded alone.</summary>
    public static string Alone(FootageExport export, FootagePiece piece) => $"{Stem(export)}_{Piece(export, piece)}";

    /// <summary>What a piece's file holds.</summary>
    public static string ContentType(FootageExport export) => export switch
    {
        { Kind: FootageKind.Stills } => "image/jpeg",
        { Archive: true } => "application/zip",
        _ => "video/mp4",
    };

    /// <summary>The manifest where it is downloaded alone.</summary>
    public static string ManifestAlone(FootageExport export) => $"{Stem(export)}_{Manifest}";

    /// <summary>The folder of Harvest Files that the vendor has put a piece into, filled in as far as anybody knows: when the vendor made it, which <c>{date}</c> stands for, it does not tell.</summary>
    public static string? HarvestFolder(FootageExport export, FootagePiece piece) => export.HarvestFolder?
        .Replace("{export_id}", piece.VendorId ?? "{export_id}", StringComparison.Ordinal)
        .Replace("{device_id}", export.DeviceId, StringComparison.Ordinal)
        .Replace("{from}", Milliseconds(piece.From), StringComparison.Ordinal)
        .Replace("{to}", Milliseconds(piece.To), StringComparison.Ordinal)
        .Replace("{time}", Milliseconds(piece.From), StringComparison.Ordinal);

    private static string Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string Stem(FootageExport export) =>
        string.Create(CultureInfo.InvariantCulture, $"footage-{export.Number}_{string.Concat(export.DeviceId.Where(char.IsAsciiLetterOrDigit).Take(32))}");

    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
