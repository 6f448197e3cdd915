using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class PacketCaptureCases : IApiCases
{
    private const string NoSim = "8981100000000000000";

    public static IEnumerable<ApiCase> All =>
    [
        new("createSimPacketCaptureSession", 200, async api => (await CreateAsync(api, TimeSpan.Zero)).Reply),
        new("createSimPacketCaptureSession", 400, async api => await api.CallAsync("createSimPacketCaptureSession", [await api.AnySimAsync()], body: new { duration = 29 })),
        new("createSimPacketCaptureSession", 404, api => api.CallAsync("createSimPacketCaptureSession", [NoSim], body: new { duration = 60 })),
        new("listSimPacketCaptureSessions", 200, async api => await api.CallAsync("listSimPacketCaptureSessions", [(await CreateAsync(api, TimeSpan.FromMinutes(5))).Path[0]], "limit=5")),
        new("listSimPacketCaptureSessions", 404, api => api.CallAsync("listSimPacketCaptureSessions", [NoSim])),
        new("getSimPacketCaptureSession", 200, async api => await api.CallAsync("getSimPacketCaptureSession", (await CreateAsync(api, TimeSpan.FromMinutes(5))).Path)) { About = "done" },
        new("getSimPacketCaptureSession", 404, async api => await api.CallAsync("getSimPacketCaptureSession", [await api.AnySimAsync(), "none"])),
        new("deleteSimPacketCaptureSession", 200, async api => await api.CallAsync("deleteSimPacketCaptureSession", (await CreateAsync(api, TimeSpan.FromMinutes(5))).Path)),
        new("deleteSimPacketCaptureSession", 400, async api => await api.CallAsync("deleteSimPacketCaptureSession", (await CreateAsync(api, TimeSpan.Zero)).Path)),
        new("deleteSimPacketCaptureSession", 404, async api => await api.CallAsync("deleteSimPacketCaptureSession", [await api.AnySimAsync(), "none"])),
        new("stopSimPacketCaptureSession", 200, async api => await api.CallAsync("stopSimPacketCaptureSession", (await CreateAsync(api, TimeSpan.FromSeconds(20))).Path)),
        new("stopSimPacketCaptureSession", 400, async api => await api.CallAsync("stopSimPacketCaptureSession", (await CreateAsync(api, TimeSpan.FromMinutes(5))).Path)),
        new("stopSimPacketCaptureSession", 404, async api => await api.CallAsync("stopSimPacketCaptureSession", [await api.AnySimAsync(), "none"])),
    ];

    /// <summary>A capture of a minute, that long ago.</summary>
    private static async Task<(Reply Reply, string[] Path)> CreateAsync(ApiCalls api, TimeSpan ago)
    {
        var simId = await SimCases.FindAsync(api, "plan-K2");
        var reply = await api.CallAsync("createSimPacketCaptureSession", [simId], body: new { duration = 60, prefix = "trial_1" });
        api.Clock.Advance(ago);
        return (reply, [simId, reply["sessionId"]!]);
    }
}
