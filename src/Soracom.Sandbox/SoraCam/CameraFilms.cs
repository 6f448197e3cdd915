using Soracom.Sandbox.Http;
using Soracom.Sandbox.SoraCam.Media;
using Soracom.Sandbox.SoraCam.Media.Jpeg;
using Soracom.Sandbox.SoraCam.Media.Mp4;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Sandbox.SoraCam;

/// <summary>
/// The files of exports. A video has to be measured before its first byte can be sent, which takes a core for a second or more: that
/// is begun when somebody is told the address, in the background, and waited for by whoever comes for the file.
/// </summary>
internal sealed class CameraFilms
{
    /// <summary>What the clock in the picture is ahead of UTC.</summary>
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    // One core stays free for those who call the API meanwhile.
    private static readonly SemaphoreSlim Bench = new(Math.Max(1, Environment.ProcessorCount - 1));

    private readonly Dictionary<string, Task<AnswerContent>> films = new(StringComparer.Ordinal);

    /// <summary>The file of an export that is completed. Under the account's lock.</summary>
    public Task<AnswerContent> Of(CameraExport export)
    {
        if (!films.TryGetValue(export.ExportId, out var film))
        {
            film = MakeAsync(() => Make(export));
            films.Add(export.ExportId, film);
        }

        return film;
    }

    /// <summary>The same at once, on the caller's thread where nobody has begun it.</summary>
    public AnswerContent Now(CameraExport export)
    {
        if (films.TryGetValue(export.ExportId, out var film) && film.IsCompletedSuccessfully)
        {
            return film.Result;
        }

        var content = Make(export);
        films[export.ExportId] = Task.FromResult(content);
        return content;
    }

    public void Forget(string exportId) => films.Remove(exportId);

    public static Scene Scene(string deviceId, IReadOnlyList<Span> motion) => new(deviceId, Japan, time =>
    {
        foreach (var span in motion)
        {
            if (span.Start <= time && time < span.End)
            {
                return new MotionPeriod(span.Start, span.End);
            }
        }

        return null;
    });

    public static AnswerContent Still(Scene scene, long time, bool straightened = false)
    {
        var picture = new Picture();
        scene.Draw(picture, time);
        if (straightened)
        {
            picture.Straighten();
        }

        return new AnswerContent(JpegEncoder.ContentType, JpegEncoder.Encode(picture));
    }

    /// <summary>One MP4, measured.</summary>
    public static AnswerContent Film(Scene scene, Span span, SilentSound? sound)
    {
        var file = Plan(scene, span, sound);
        return new AnswerContent("video/mp4", default) { Write = file.WriteAsync, Length = file.Length };
    }

    /// <summary>Does what takes a core for a while: off the caller's thread, and no more at a time than there are cores to spare.</summary>
    public static async Task<AnswerContent> MakeAsync(Func<AnswerContent> make)
    {
        await Bench.WaitAsync();
        try
        {
            return await Task.Run(make);
        }
        finally
        {
            Bench.Release();
        }
    }

    private static AnswerContent Make(CameraExport export)
    {
        var scene = Scene(export.DeviceId, export.Motion);
        var sound = SilentSound.Find(export.AudioCodec);
        if (!export.IsVideo)
        {
            return Still(scene, export.Pieces[0].Start, export.IsStraightened);
        }

        if (!export.IsArchive)
        {
            return Film(scene, export.Pieces[0], sound);
        }

        var archive = new ExportZip(
            [.. export.Pieces.Select(piece => (CameraFiles.NameOf(export.DeviceId, piece.Start, "mp4"), Plan(scene, piece, sound)))],
            DateTimeOffset.FromUnixTimeMilliseconds(export.Requested).ToOffset(Japan));
        return new AnswerContent("application/zip", default) { Write = archive.WriteAsync, Length = archive.Length };
    }

    private static Mp4File Plan(Scene scene, Span span, SilentSound? sound) =>
        Mp4File.Plan(new Footage(scene, span.Start, span.End), sound, CancellationToken.None);
}
