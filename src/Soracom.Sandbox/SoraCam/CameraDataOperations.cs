using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Soracom.Sandbox.DataEntries;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using static Soracom.Sandbox.SoraCam.SoraCamCalls;

namespace Soracom.Sandbox.SoraCam;

/// <summary>Data of the caller's own, kept in Harvest Data with a camera.</summary>
internal static class CameraDataOperations
{
    private const string ResourceType = "SoraCam";

    public static IReadOnlyList<Operation> All { get; } =
    [
        Row("POST", "/devices/{device_id}/data", "createSoraCamDeviceDataEntry", Create),
        Row("PUT", "/devices/{device_id}/data/{time}", "updateSoraCamDeviceDataEntry", Update),
    ];

    private static Answer Create(Call call)
    {
        Put(call, call.NowMilliseconds());
        return new Answer(StatusCodes.Status201Created);
    }

    private static Answer Update(Call call)
    {
        Put(call, long.TryParse(call.Path["time"], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? time
            : throw new VendorException(VendorErrors.NotAnInteger, "time"));
        return Answer.EmptyOk;
    }

    private static void Put(Call call, long time)
    {
        var camera = call.Camera();
        var type = call.ContentType.Split(';')[0].Trim();
        var content = Content(call.Body.Bytes, type);
        call.Data.Part<DataEntriesPart>().Put(new DataEntry(ResourceType, camera.DeviceId, time, type.Length == 0 ? "application/octet-stream" : type, content));
    }

    private static string Content(ReadOnlyMemory<byte> bytes, string type)
    {
        if (bytes.IsEmpty)
        {
            throw new VendorException(VendorErrors.BodyMissing);
        }

        switch (type)
        {
            case "application/json" when IsJson(bytes):
            case "text/plain" when Utf8.IsValid(bytes.Span):
                return Encoding.UTF8.GetString(bytes.Span);
            case "application/json":
                throw new VendorException(VendorErrors.BodyMalformed);
            default:
                return $$"""{"payload":"{{Convert.ToBase64String(bytes.Span)}}"}""";
        }
    }

    private static bool IsJson(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            JsonElement.Parse(bytes.Span);
            return Utf8.IsValid(bytes.Span);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
