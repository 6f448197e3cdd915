using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;
using static Soracom.Sandbox.SoraCam.SoraCamCalls;

namespace Soracom.Sandbox.SoraCam;

/// <summary>Exports of video and of stills: the same but for what is asked for and what comes out.</summary>
internal static class CameraExportOperations
{
    private const int DefaultExports = 10;
    private const long ShortestMilliseconds = 1000;

    public static IReadOnlyList<Operation> All { get; } =
    [
        Row("POST", "/devices/{device_id}/videos/exports", "exportSoraCamDeviceRecordedVideo", ExportVideo),
        Row("POST", "/devices/{device_id}/images/exports", "exportSoraCamDeviceRecordedImage", ExportImage),
        .. Reading("videos", "Video", isVideo: true),
        .. Reading("images", "Image", isVideo: false),
    ];

    private static IEnumerable<Operation> Reading(string path, string name, bool isVideo) =>
    [
        Row("GET", $"/devices/{path}/exports", $"listSoraCamDevice{name}Exports", call => List(call, call.Query.Text("device_id") is { } id ? call.SoraCam().Get(id) : null, isVideo)),
        Row("GET", $"/devices/{{device_id}}/{path}/exports", $"listSoraCamDevice{name}ExportsForDevice", call => List(call, call.Camera(), isVideo)),
        Row("GET", $"/devices/{{device_id}}/{path}/exports/{{export_id}}", $"getSoraCamDeviceExported{name}", call => Get(call, isVideo)),
    ];

    private static Answer ExportVideo(Call call)
    {
        var camera = call.Camera();
        if (!call.ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new VendorException(SoraCamErrors.NotJson);
        }

        var body = call.Body.Object();
        var from = body.Integer("from", 0, long.MaxValue) ?? throw new VendorException(VendorErrors.Required, "from");
        var to = body.Integer("to", 0, long.MaxValue) ?? throw new VendorException(VendorErrors.Required, "to");
        if (to <= from || to - from > Quota.MostSeconds * 1000L)
        {
            throw new VendorException(SoraCamErrors.BadRange, $"{Quota.MostSeconds}");
        }

        var codec = body.Choice("audioCodec", "pcm_s16le", "mp3") ?? "pcm_s16le";
        var isArchive = body.Flag("archive") ?? true;
        var path = HarvestPath(call, body, ("from", from), ("to", to));
        var past = call.SoraCam().PastOf(camera, call.Now);
        List<Span> pieces = [.. past.Footage(from, to).Where(piece => piece.End - piece.Start >= ShortestMilliseconds)];
        if (pieces.Count == 0)
        {
            throw new VendorException(SoraCamErrors.NothingRecorded) { Status = StatusCodes.Status400BadRequest };
        }

        // One MP4 holds one recording: the first of the range.
        pieces = isArchive ? pieces : pieces[..1];
        return Begin(call, camera, path, id => new CameraExport
        {
            ExportId = id,
            DeviceId = camera.DeviceId,
            Requested = call.NowMilliseconds(),
            IsVideo = true,
            Pieces = pieces,
            Motion = past.MotionIn(from, to),
            Cost = Quota.Cost(pieces) * (codec == "mp3" ? 2 : 1),
            IsArchive = isArchive,
            AudioCodec = codec,
            Due = CameraExport.FirstDue(call.NowMilliseconds()),
        });
    }

    private static Answer ExportImage(Call call)
    {
        var camera = call.Camera();
        var body = call.Body.Object();
        var time = body.Integer("time", 0, long.MaxValue) ?? throw new VendorException(VendorErrors.Required, "time");
        if (time >= call.NowMilliseconds())
        {
            throw new VendorException(SoraCamErrors.BadTime);
        }

        const string OnlyFilter = "wide_angle_correction";
        var filters = body.Texts("imageFilters");
        if (filters?.Any(filter => filter != OnlyFilter) == true)
        {
            throw new VendorException(VendorErrors.NotAChoice, "imageFilters", OnlyFilter);
        }

        var path = HarvestPath(call, body, ("time", time));
        var past = call.SoraCam().PastOf(camera, call.Now);
        var pieces = past.Footage(time, time + 1);
        if (pieces.Count == 0)
        {
            throw new VendorException(SoraCamErrors.NothingRecorded) { Status = call.Options.Undocumented.NoRecordingForStill };
        }

        return Begin(call, camera, path, id => new CameraExport
        {
            ExportId = id,
            DeviceId = camera.DeviceId,
            Requested = call.NowMilliseconds(),
            IsVideo = false,
            IsStraightened = filters?.Count > 0,
            Pieces = pieces,
            Motion = past.MotionIn(time, time + 1),
            Cost = 1,
            Due = CameraExport.FirstDue(call.NowMilliseconds()),
        });
    }

    private static Answer Begin(Call call, Camera camera, string? path, Func<string, CameraExport> make)
    {
        var id = Guid.NewGuid().ToString();
        var export = make(id);
        export = export with
        {
            HarvestPath = path?
                .Replace("{export_id}", id, StringComparison.Ordinal)
                .Replace("{device_id}", camera.DeviceId, StringComparison.Ordinal)
                .Replace("{date}", call.Now.UtcDateTime.ToString("yyyy'/'MM'/'dd'/'HH'/'mm", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                is { } folder ? FilesPart.Normal($"{folder}/{CameraFiles.NameOf(export)}") : null,
        };
        call.SoraCam().Add(export);
        return Answer.Ok(Write(call, export));
    }

    /// <summary>The folder of Harvest Files that the file is wanted in too, some of its places filled in.</summary>
    private static string? HarvestPath(Call call, JsonFields body, params ReadOnlySpan<(string Name, long Time)> times)
    {
        if (body.Object("harvestFiles") is not { } target)
        {
            return null;
        }

        var path = target.Text("pathPrefix") ?? "";
        if (!call.May("FileEntry:putFile"))
        {
            throw new VendorException(VendorErrors.Forbidden, "FileEntry:putFile") { Status = StatusCodes.Status403Forbidden };
        }

        foreach (var (name, time) in times)
        {
            path = path.Replace($"{{{name}}}", time.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return path;
    }

    private static Answer List(Call call, Camera? camera, bool isVideo)
    {
        var limit = Math.Min(call.Query.Integer("limit", 1, int.MaxValue) ?? DefaultExports, call.Options.PageSize);
        var key = call.LastEvaluatedKey();
        var exports = call.SoraCam().Exports.Where(export => export.IsVideo == isVideo && (camera is null || export.DeviceId == camera.DeviceId));
        var found = (call.NewestFirst()
            ? exports.Reverse().SkipWhile(export => key is not null && string.CompareOrdinal(export.Key, key) >= 0)
            : exports.SkipWhile(export => key is not null && string.CompareOrdinal(export.Key, key) <= 0)).Take(limit + 1).ToList();
        return Answer.Page(call, Page<CameraExport>.Of(found, limit, export => export.Key), (json, export) => Write(call, export)(json));
    }

    private static Answer Get(Call call, bool isVideo)
    {
        var (part, camera) = (call.SoraCam(), call.Camera());
        var id = call.Path["export_id"];
        var export = part.Exports.FirstOrDefault(one => one.ExportId == id && one.IsVideo == isVideo && one.DeviceId == camera.DeviceId)
            ?? throw new VendorException(SoraCamErrors.NoSuchExport);
        if (export.Status == ExportStatus.Completed)
        {
            // Whoever is told the address comes for the file next.
            _ = part.Films.Of(export);
        }

        return Answer.Ok(Write(call, export));
    }

    private static Action<Utf8JsonWriter> Write(Call call, CameraExport export) => json =>
    {
        json.WriteStartObject();
        json.WriteString("exportId", export.ExportId);
        json.WriteString("deviceId", export.DeviceId);
        json.WriteString("operatorId", call.Account.OperatorId);
        json.WriteNumber("requestedTime", export.Requested);
        json.WriteString("status", export.Status);
        if (export.Status == ExportStatus.Completed)
        {
            json.WriteString("url", CameraFiles.ExportLink(call, export));
            json.WriteNumber("expiryTime", export.Due);
        }

        json.WriteEndObject();
    };
}
