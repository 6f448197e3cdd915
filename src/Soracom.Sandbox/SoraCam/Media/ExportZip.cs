using System.IO.Compression;
using Soracom.Sandbox.SoraCam.Media.Mp4;

namespace Soracom.Sandbox.SoraCam.Media;

/// <summary>The archive that a video export delivers: one MP4 for each recording in the range.</summary>
internal static class ExportZip
{
    /// <summary>Writes the archive piece by piece, with asynchronous writes only. Nothing is compressed a second time.</summary>
    /// <param name="output">Need not be able to seek; stays open.</param>
    /// <param name="files">Names and contents in their order.</param>
    /// <param name="modified">What the archive says of each file; its clock time, to two seconds.</param>
    /// <param name="cancellationToken">Ends it between pieces.</param>
    public static async Task WriteAsync(Stream output, IReadOnlyList<(string Name, Mp4File File)> files, DateTimeOffset modified, CancellationToken cancellationToken)
    {
        await using var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var (name, file) in files)
        {
            var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
            entry.LastWriteTime = modified;
            await using var content = await entry.OpenAsync(cancellationToken);
            await file.WriteAsync(content, cancellationToken);
        }
    }
}
