using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using static Soracom.Sandbox.SoraCam.SoraCamCalls;

namespace Soracom.Sandbox.SoraCam;

/// <summary>Recorded video to be played. Reading it costs quota at once.</summary>
internal static class StreamOperations
{
    /// <summary>How long the addresses are good: twice what can be watched in one go. Nobody tells.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public static IReadOnlyList<Operation> All { get; } =
    [
        Row("GET", "/devices/{device_id}/stream", "getSoraCamDeviceStreamingVideo", Get) with { Changes = true },
    ];

    private static Answer Get(Call call)
    {
        var (part, camera) = (call.SoraCam(), call.Camera());
        var isNewest = call.Query.Text("from") is null && call.Query.Text("to") is null;
        var (from, to) = Range(call);
        IReadOnlyList<Span> pieces = isNewest && camera.Mode == RecordingMode.Nothing ? [] : part.PastOf(camera, call.Now).Footage(from, to);
        if (pieces.Count == 0)
        {
            throw new VendorException(SoraCamErrors.NothingRecorded);
        }

        var cost = isNewest ? Quota.NewestSeconds : Quota.Cost(pieces);
        if (cost > part.Left(camera, call.Now))
        {
            throw new VendorException(SoraCamErrors.AboveQuota) { Status = call.Options.Undocumented.StreamAboveQuota };
        }

        call.Put(Quota.Charge(camera, call.Now, cost));
        var expiry = call.Now + Life;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("playList");
            foreach (var piece in isNewest ? pieces.TakeLast(1) : pieces)
            {
                json.WriteStartObject();
                json.WriteString("url", CameraFiles.StreamLink(call, camera.DeviceId, piece, Life));
                json.WriteNumberIfAny("from", isNewest ? null : piece.Start);
                json.WriteNumberIfAny("to", isNewest ? null : piece.End);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("expiryTime", expiry.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        });
    }

    /// <summary>Of from and to either may be left out: the longest range with the other is meant then, and the newest with neither.</summary>
    private static (long From, long To) Range(Call call)
    {
        const long Most = Quota.MostSeconds * 1000L;
        var (from, to) = (call.Query.Long("from"), call.Query.Long("to"));
        var now = call.NowMilliseconds();
        switch (from, to)
        {
            case (null, null):
                return (now - (Quota.NewestSeconds * 1000L), now);
            case ({ } start, null) when start <= long.MaxValue - Most:
                return (start, start + Most);
            case (null, { } end):
                return (end - Most, end);
            case ({ } start, { } end) when start < end && end - start <= Most:
                return (start, end);
            default:
                throw new VendorException(SoraCamErrors.BadRange, $"{Quota.MostSeconds}");
        }
    }
}
