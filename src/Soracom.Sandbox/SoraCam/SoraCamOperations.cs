using System.Collections.Frozen;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.SoraCam;

/// <summary>The tag SoraCam.</summary>
internal static class SoraCamOperations
{
    /// <summary>What the service's own permission to call the camera maker's cloud is called.</summary>
    private const string SecondPermission = "OAuth2:authorize";

    private static readonly FrozenSet<string> WithOnePermission = FrozenSet.Create(
        StringComparer.Ordinal,
        "getSoraCamDeviceAtomCamOptions",
        "updateSoraCamDeviceAtomCamOptionsRealTimeAccess",
        "getSoraCamDeviceName",
        "setSoraCamDeviceName",
        "getSoraCamDevicePowerState",
        "setSoraCamDevicePowerState",
        "rebootSoraCamDevice",
        "listSoraCamDeviceEvents",
        "listSoraCamLicensePacks",
        "updateSoraCamLicensePackQuantity");

    public static IReadOnlyList<Operation> All { get; } =
    [
        .. CameraOperations.All
            .Concat(FirmwareOperations.All)
            .Concat(SettingOperations.All)
            .Concat(LicenceOperations.All)
            .Concat(RecordingOperations.All)
            .Concat(StreamOperations.All)
            .Concat(CameraExportOperations.All)
            .Concat(QuotaOperations.All)
            .Concat(CameraDataOperations.All)
            .Select(operation => WithOnePermission.Contains(operation.Id) ? operation : operation with { AlsoNeeds = SecondPermission }),
    ];
}

/// <summary>What the operations of the area share.</summary>
internal static class SoraCamCalls
{
    public static Operation Row(string method, string path, string id, Func<Call, Answer> handler) =>
        new(method, $"/sora_cam{path}", id, $"SoraCam:{id}", handler);

    public static SoraCamPart SoraCam(this Call call) => call.Data.Part<SoraCamPart>();

    /// <summary>The camera that the path names.</summary>
    public static Camera Camera(this Call call) => call.SoraCam().Get(call.Path["device_id"]);

    public static long NowMilliseconds(this Call call) => call.Now.ToUnixTimeMilliseconds();

    public static bool NewestFirst(this Call call) => call.Query.Choice("sort", "desc", "desc", "asc") == "desc";

    /// <summary>Puts a changed camera in the place of the old one.</summary>
    public static void Put(this Call call, Camera camera) => call.SoraCam().Put(camera, call.Now);
}
