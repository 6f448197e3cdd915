using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

/// <summary>The clock of these stands at 2026-04-01, when March is not closed yet.</summary>
internal sealed class BillingCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("getBillingHistory", 200, api => api.CallAsync("getBillingHistory")) { About = "Japan" },
        new("getBillingHistory", 200, api => api.CallAsync("getBillingHistory", global: true)) { About = "Global" },
        new("getLatestBilling", 200, api => api.CallAsync("getLatestBilling")),
        new("getBilling", 200, api => api.CallAsync("getBilling", ["202602"])) { About = "closed" },
        new("getBilling", 200, LaterAsync) { About = "current" },
        new("getBilling", 404, api => api.CallAsync("getBilling", ["202603"])) { About = "not closed" },
        new("getBilling", 404, api => api.CallAsync("getBilling", ["209901"])) { About = "to come" },
        new("getBilling", 404, api => api.CallAsync("getBilling", ["2026"])) { About = "no month" },
        new("getBillingPerDay", 200, api => api.CallAsync("getBillingPerDay", ["202602"])),
        new("getBillingPerDay", 404, api => api.CallAsync("getBillingPerDay", ["201001"])),
        new("getBillingSummaryOfBillItems", 200, api => api.CallAsync("getBillingSummaryOfBillItems")),
        new("getBillingSummaryOfSims", 200, api => api.CallAsync("getBillingSummaryOfSims", global: true)),
        new("exportBilling", 200, api => api.CallAsync("exportBilling", ["202602"])),
        new("exportBilling", 200, api => api.CallAsync("exportBilling", ["202602"], query: "export_mode=async")) { About = "asynchronously" },
        new("exportBilling", 404, api => api.CallAsync("exportBilling", ["202603"])),
        new("exportLatestBilling", 200, api => api.CallAsync("exportLatestBilling", query: "export_mode=sync")),
        new("exportLatestBilling", 400, api => api.CallAsync("exportLatestBilling", query: "export_mode=later")),
        new("getExportedFile", 200, api => ExportAsync(api, TimeSpan.Zero)) { About = "processing" },
        new("getExportedFile", 200, api => ExportAsync(api, TimeSpan.FromMinutes(1))) { About = "exported" },
        new("getExportedFile", 404, api => api.CallAsync("getExportedFile", ["fe_00000000-0000-0000-0000-000000000000"])),
    ];

    private static async Task<Reply> LaterAsync(ApiCalls api)
    {
        await api.RootAsync();
        api.Clock.Advance(TimeSpan.FromHours(10));
        return await api.CallAsync("getBilling", ["202604"]);
    }

    private static async Task<Reply> ExportAsync(ApiCalls api, TimeSpan later)
    {
        var id = (await api.CallAsync("exportLatestBilling", query: "export_mode=async"))["exportedFileId"]!;
        api.Clock.Advance(later);
        return await api.CallAsync("getExportedFile", [id]);
    }
}
