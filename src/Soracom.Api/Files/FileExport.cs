using Soracom.Api.Http;

namespace Soracom.Api.Files;

/// <summary>What an export answers: the file's address, or what to ask getExportedFile for (wire: FileExportResponse).</summary>
public sealed record FileExport
{
    /// <summary>Set with <see cref="ExportMode.Sync"/>. A signed address that ends: whoever knows it can read the file.</summary>
    public string? Url { get; init; }

    /// <summary>Set with <see cref="ExportMode.Async"/>: <c>fe_</c> and a UUID.</summary>
    public string? ExportedFileId { get; init; }

    /// <summary>Set with <see cref="ExportMode.Async"/>; begins with two slashes.</summary>
    public string? ExportedFilePath { get; init; }

    /// <summary>Leaves out the address.</summary>
    public override string ToString() => $"{nameof(FileExport)} {ExportedFileId}";
}

/// <summary>How far an export is (wire: GetExportedFileResponse).</summary>
public sealed record ExportedFile
{
    [WireValues(typeof(ExportStatus))]
    public string? Status { get; init; }

    /// <summary>Set once it is exported. A signed address that ends: whoever knows it can read the file.</summary>
    public string? Url { get; init; }

    /// <summary>Leaves out the address.</summary>
    public override string ToString() => $"{nameof(ExportedFile)} {Status}";
}

/// <summary>Values of <c>export_mode</c>.</summary>
public static class ExportMode
{
    /// <summary>Answers at once with an id, for getExportedFile.</summary>
    public const string Async = "async";

    /// <summary>Answers when the file is there, which takes long for a large one, or fails.</summary>
    public const string Sync = "sync";
}

/// <summary>Values of <see cref="ExportedFile.Status"/>.</summary>
public static class ExportStatus
{
    public const string Processing = "processing";
    public const string Exported = "exported";
    public const string Failed = "failed";
}
