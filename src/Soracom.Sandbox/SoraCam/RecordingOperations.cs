using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;
using static Soracom.Sandbox.SoraCam.SoraCamCalls;

namespace Soracom.Sandbox.SoraCam;

/// <summary>What cameras have noticed and recorded, page by page.</summary>
internal static class RecordingOperations
{
    private const int DefaultEvents = 10;
    private const int MostEvents = 100;

    private static readonly TimeSpan FileLife = TimeSpan.FromHours(1);

    public static IReadOnlyList<Operation> All { get; } =
    [
        Row("GET", "/devices/events", "listSoraCamDeviceEvents", ListEvents),
        Row("GET", "/devices/{device_id}/events", "listSoraCamDeviceEventsForDevice", call => ListEvents(call, [call.Camera()])),
        Row("GET", "/devices/{device_id}/recordings_and_events", "listSoraCamDeviceRecordingsAndEvents", ListRecordings),
    ];

    private static Answer ListEvents(Call call)
    {
        var part = call.SoraCam();
        return ListEvents(call, call.Query.Text("device_id") is not { } deviceId ? [.. part.Cameras]
            : part.Find(deviceId) is { } camera ? [camera]
            : throw new VendorException(SoraCamErrors.NoSuchCamera) { Status = StatusCodes.Status400BadRequest });
    }

    private static Answer ListEvents(Call call, IReadOnlyList<Camera> cameras)
    {
        var pasts = cameras.Select(camera => call.SoraCam().PastOf(camera, call.Now)).ToList();
        var newestFirst = call.NewestFirst();
        var limit = Math.Min(call.Query.Integer("limit", 1, MostEvents) ?? DefaultEvents, call.Options.PageSize);
        var (from, to) = Range(call, pasts);
        if (call.Query.Long("last_evaluated_key") is { } key)
        {
            (from, to) = newestFirst ? (from, Math.Min(to, key - 1)) : (Math.Max(from, key + 1), to);
        }

        var found = CameraPast.Hours(from, to, newestFirst)
            .SelectMany(hour => InOrder(pasts.SelectMany(past => past.EventsOf(hour).Select(happening => (Happening: happening, past.Camera))), one => one.Happening.Start, newestFirst))
            .Where(one => one.Happening.Start >= from && one.Happening.Start <= to)
            .Take(limit + 1)
            .ToList();
        var page = Page<(Happening Happening, Camera Camera)>.Of(found, limit, one => one.Happening.Start.ToString(CultureInfo.InvariantCulture));
        return Answer.Page(call, page, (json, one) => WriteEvent(json, call, one.Happening, one.Camera));
    }

    private static Answer ListRecordings(Call call)
    {
        var past = call.SoraCam().PastOf(call.Camera(), call.Now);
        var newestFirst = call.NewestFirst();
        var (from, to) = Range(call, [past]);
        var key = Key(call);
        var (first, last) = key is null ? (from, to) : newestFirst ? (from, Math.Min(to, key.Value.Start)) : (Math.Max(from, key.Value.Start), to);
        var found = CameraPast.Hours(first, last, newestFirst)
            .SelectMany(hour => InOrder(Items(past, hour), item => (item.Start, item.Kind), newestFirst))
            .Where(item => (item.End ?? long.MaxValue) > from && item.Start <= to)
            .Where(item => key is null || (newestFirst ? item.Place.CompareTo(key.Value) < 0 : item.Place.CompareTo(key.Value) > 0))
            .Take(call.Options.PageSize + 1)
            .ToList();
        if (found.Count == 0)
        {
            throw new VendorException(SoraCamErrors.NothingRecorded);
        }

        var page = Page<Item>.Of(found, call.Options.PageSize, item => string.Create(CultureInfo.InvariantCulture, $"{item.Start}-{item.Kind}"));
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            Write(json, "records", page.Items.Where(item => item.Type is null));
            Write(json, "events", page.Items.Where(item => item.Type is not null));
            json.WriteEndObject();
        }) with
        {
            Next = page.NextKey is { } next ? ($"{call.RawPath}?{call.Query.With("last_evaluated_key", next)}", next) : null,
        };
    }

    /// <summary>From and to, as far as anything is kept of that time.</summary>
    private static (long From, long To) Range(Call call, IReadOnlyList<CameraPast> pasts)
    {
        var (from, to) = (call.Query.Long("from"), call.Query.Long("to"));
        if (from > to)
        {
            throw new VendorException(SoraCamErrors.BadOrder);
        }

        var now = call.NowMilliseconds();
        var oldest = pasts.Select(past => past.Oldest).DefaultIfEmpty(long.MaxValue).Min();

        (from, to) = (Math.Max(from ?? oldest, oldest), Math.Min(to ?? now, now));

        // Nothing of it is kept: a range without an hour in it.
        return from > to ? (now, now - CameraHour.Milliseconds) : (from.Value, to.Value);
    }

    private static (long Start, int Kind)? Key(Call call)
    {
        if (call.Query.Text("last_evaluated_key") is not { } text)
        {
            return null;
        }

        var parts = text.Split('-');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kind)
            ? (start, kind)
            : throw new VendorException(VendorErrors.NotAnInteger, "last_evaluated_key");
    }

    private static IEnumerable<Item> Items(CameraPast past, long hour) =>
        past.RecordingsOf(hour).Select(recording => new Item(recording.Start, 0, recording.GoesOn ? null : recording.End, Type: null))
            .Concat(past.EventsOf(hour).Select(happening => new Item(happening.Start, 1, past.IsOver(happening) ? happening.End : null, happening.Type)));

    private static IEnumerable<T> InOrder<T, TKey>(IEnumerable<T> items, Func<T, TKey> key, bool descending) =>
        descending ? items.OrderByDescending(key) : items.OrderBy(key);

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<Item> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            if (item.Type is not null)
            {
                json.WriteString("type", item.Type);
            }

            json.WriteNumber("startTime", item.Start);
            json.WriteNumberIfAny("endTime", item.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter json, Call call, Happening happening, Camera camera)
    {
        var isOver = happening.End <= call.NowMilliseconds();
        json.WriteStartObject();
        json.WriteString("deviceId", camera.DeviceId);
        json.WriteString("deviceType", "atomCamV2");
        json.WriteString("eventId", new SeededRandom(call.Options.Seed, $"event {happening.Start} of {camera.DeviceId}").Uuid());
        json.WriteNumber("time", happening.Start);
        json.WriteStartObject("eventInfo");
        json.WriteString("infoType", "atomEventV1");
        json.WriteStartObject("atomEventV1");
        json.WriteString("type", happening.Type);
        json.WriteNumber("startTime", happening.Start);
        json.WriteNumberIfAny("endTime", isOver ? happening.End : null);
        json.WriteString("recordingStatus", !isOver ? "recording" : happening.IsLost ? "failed" : "completed");
        json.WriteString("picture", CameraFiles.PictureLink(call, camera.DeviceId, happening.Start, FileLife));
        if (isOver && !happening.IsLost && !(happening.Type == "motion" && camera.Licence?.Mode == RecordingMode.Motion))
        {
            json.WriteString("movie", CameraFiles.MovieLink(call, camera.DeviceId, new Span(happening.Start, happening.End), FileLife));
        }

        json.WriteStrings("labels", happening.Label is null ? [] : [happening.Label]);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A recording, which has no type, or an event.</summary>
    private sealed record Item(long Start, int Kind, long? End, string? Type)
    {
        public (long Start, int Kind) Place => (Start, Kind);
    }
}
