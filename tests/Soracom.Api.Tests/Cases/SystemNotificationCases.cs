using System.Text.Json;
using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class SystemNotificationCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("listSystemNotifications", 200, api => api.CallAsync("listSystemNotifications", [api.Aoba.OperatorId])),
        new("listSystemNotifications", 400, api => api.CallAsync("listSystemNotifications", ["OP9999999999"])),
        new("getSystemNotification", 200, GetPrimaryAsync),
        new("getSystemNotification", 400, api => api.CallAsync("getSystemNotification", [api.Aoba.OperatorId, "gossip"])),
        new("setSystemNotification", 200, async api => await SetAsync(api, "support", password: null)) { About = "support" },
        new("setSystemNotification", 200, async api => await SetAsync(api, "primary", api.Aoba.Password)) { About = "primary" },
        new("setSystemNotification", 400, async api => await SetAsync(api, "primary", "wrong")) { About = "password" },
        new("setSystemNotification", 400, api => api.CallAsync("setSystemNotification", [api.Aoba.OperatorId, "support"], body: new { emailIdList = new[] { "nobody" } })) { About = "address" },
        new("deleteSystemNotification", 204, api => api.CallAsync("deleteSystemNotification", [api.Aoba.OperatorId, "billing"])),
        new("deleteSystemNotification", 400, api => api.CallAsync("deleteSystemNotification", [api.Aoba.OperatorId, "primary"])),
        new("getResourceSummary", 200, api => api.CallAsync("getResourceSummary", ["simsPerStatus"])),
        new("getResourceSummary", 404, api => api.CallAsync("getResourceSummary", ["camerasPerMood"])),
    ];

    private static Task<Reply> GetPrimaryAsync(ApiCalls api) => api.CallAsync("getSystemNotification", [api.Aoba.OperatorId, "primary"]);

    private static async Task<Reply> SetAsync(ApiCalls api, string type, string? password)
    {
        var addresses = (await GetPrimaryAsync(api)).Json.GetProperty("emailIdList").EnumerateArray().Select(address => address.GetString()!).ToList();
        return await api.CallAsync("setSystemNotification", [api.Aoba.OperatorId, type], body: JsonSerializer.Serialize(password is null
            ? new { emailIdList = addresses }
            : (object)new { emailIdList = addresses, password }));
    }
}
