using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class DiagnosticCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("sendDiagnosticRequest", 201, async api => await SendAsync(api, await api.AnySimAsync())),
        new("sendDiagnosticRequest", 400, async api => await api.CallAsync(
            "sendDiagnosticRequest", body: new { service = "Air", resourceType = "sim", resourceId = await api.AnySimAsync(), from = 2000, to = 1000 })),
        new("sendDiagnosticRequest", 404, api => SendAsync(api, "8981100000000000000")),
        new("getDiagnostic", 200, async api => await GetAsync(api, TimeSpan.Zero)) { About = "under way" },
        new("getDiagnostic", 200, async api => await GetAsync(api, TimeSpan.FromMinutes(1))) { About = "done" },
        new("getDiagnostic", 404, api => api.CallAsync("getDiagnostic", ["none"])),
    ];

    private static Task<Reply> SendAsync(ApiCalls api, string simId) =>
        api.CallAsync("sendDiagnosticRequest", body: new { service = "Air", resourceType = "sim", resourceId = simId });

    private static async Task<Reply> GetAsync(ApiCalls api, TimeSpan later)
    {
        var sent = await SendAsync(api, await api.AnySimAsync());
        api.Clock.Advance(later);
        return await api.CallAsync("getDiagnostic", [sent["diagnosticId"]!]);
    }
}
