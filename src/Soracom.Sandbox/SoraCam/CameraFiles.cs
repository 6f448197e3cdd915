using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.SoraCam.Media;
using Soracom.Sandbox.SoraCam.Media.Mp4;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Sandbox.SoraCam;

/// <summary>What the addresses in the cameras' answers lead to: exports, pictures and movies of events, streams.</summary>
internal static class CameraFiles
{
    private const string Export = "camera-export";
    private const string Picture = "camera-picture";
    private const string Movie = "camera-movie";
    private const string Stream = "camera-stream";

    private const string Manifest = "getDASHManifest.mpd";
    private const string Initialisation = "init.mp4";
    private const string MediaEnd = ".m4s";

    public static IReadOnlyList<DownloadKind> All { get; } =
    [
        new(Export, GetExport),
        new(Picture, GetPicture),
        new(Movie, GetMovie),
        new(Stream, GetStream),
    ];

    /// <summary>Makes the videos that were exported to Harvest Files: an export settles all that is in one.</summary>
    public static FileMaker Maker { get; } = new(Export, (data, recipe) =>
        data.Part<SoraCamPart>().Films.Of(JsonSerializer.Deserialize(recipe, SoraCamJson.Default.CameraExport) ?? throw new JsonException("A recipe is null.")));

    /// <summary>Puts the file of an export where it is wanted in Harvest Files.</summary>
    public static void Store(FilesPart files, CameraExport export, AnswerContent content, DateTimeOffset at)
    {
        if (content.Write is null)
        {
            files.Put(export.HarvestPath!, content.Type, content.Bytes.ToArray(), at);
        }
        else
        {
            files.Put(export.HarvestPath!, content.Type, new MadeContent(Maker.Name, JsonSerializer.Serialize(export, SoraCamJson.Default.CameraExport), content.Length!.Value), at);
        }
    }

    public static string NameOf(CameraExport export) =>
        NameOf(export.DeviceId, export.Pieces[0].Start, !export.IsVideo ? "jpg" : export.IsArchive ? "zip" : "mp4");

    public static string NameOf(string deviceId, long start, string kind) => string.Create(
        CultureInfo.InvariantCulture, $"{deviceId}_{DateTimeOffset.FromUnixTimeMilliseconds(start).UtcDateTime:yyyyMMddHHmmss}.{kind}");

    public static string ExportLink(Call call, CameraExport export) =>
        call.Link(Export, $"{export.ExportId}/{NameOf(export)}", DateTimeOffset.FromUnixTimeMilliseconds(export.Due) - call.Now);

    public static string PictureLink(Call call, string deviceId, long time, TimeSpan life) => call.Link(Picture, Key(deviceId, new Span(time, time + 1), "image.jpg"), life);

    public static string MovieLink(Call call, string deviceId, Span span, TimeSpan life) => call.Link(Movie, Key(deviceId, span, "movie.mp4"), life);

    public static string StreamLink(Call call, string deviceId, Span span, TimeSpan life) => call.Link(Stream, Key(deviceId, span, Manifest), life);

    private static string Key(string deviceId, Span span, string file) => string.Create(CultureInfo.InvariantCulture, $"{deviceId}-{span.Start}-{span.End}/{file}");

    private static Answer GetExport(Download download)
    {
        var part = Part(download);
        var id = download.Key.Split('/')[0];
        var export = part.Exports.FirstOrDefault(one => one.ExportId == id && one.Status == ExportStatus.Completed) ?? throw new VendorException(VendorErrors.BadLink);
        var film = part.Films.Of(export);
        return Answer.Later("application/octet-stream", film.WaitAsync);
    }

    private static Answer GetPicture(Download download)
    {
        var (scene, span, _) = Read(download);
        return Answer.Later("image/jpeg", _ => Task.FromResult(CameraFilms.Still(scene, span.Start)));
    }

    private static Answer GetMovie(Download download)
    {
        var (scene, span, _) = Read(download);
        return Answer.Later("video/mp4", stop => CameraFilms.MakeAsync(() => CameraFilms.Film(scene, span, SilentSound.Pcm)).WaitAsync(stop));
    }

    private static Answer GetStream(Download download)
    {
        var (scene, span, file) = Read(download);
        var footage = new Footage(scene, span.Start, span.End);
        if (file == Manifest)
        {
            return Answer.Bytes(Media.Mp4.Manifest.ContentType, Media.Mp4.Manifest.Write(footage, Initialisation, Media.Mp4.Manifest.Number + MediaEnd));
        }

        if (file == Initialisation)
        {
            return Answer.Bytes("video/mp4", Fragments.Initialisation(footage));
        }

        if (!file.EndsWith(MediaEnd, StringComparison.Ordinal)
            || !int.TryParse(file.AsSpan(0, file.Length - MediaEnd.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number >= footage.GroupCount)
        {
            throw new VendorException(VendorErrors.BadLink);
        }

        return Answer.Later("video/mp4", _ => Task.FromResult(new AnswerContent("video/mp4", Fragments.Media(footage, number))));
    }

    /// <summary>What a key of camera, beginning and end stands for. Addresses are signed, so that it is as it was written.</summary>
    private static (Scene Scene, Span Span, string File) Read(Download download)
    {
        var segments = download.Key.Split('/', 2);
        var parts = segments[0].Split('-');
        var span = new Span(long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
        var part = Part(download);
        var camera = part.Find(parts[0]) ?? throw new VendorException(VendorErrors.BadLink);
        var motion = part.PastOf(camera, download.Now).MotionIn(span.Start, span.End);
        return (CameraFilms.Scene(camera.DeviceId, motion), span, segments[1]);
    }

    private static SoraCamPart Part(Download download) => download.Account.Data(download.Coverage).Part<SoraCamPart>();
}
