using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class BatchCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("listBatchGroups", 200, api => api.CallAsync("listBatchGroups")),
        new("createBatchGroup", 200, api => api.CallAsync("createBatchGroup", body: new { batchGroupName = "七月", description = "d" })),
        new("createBatchGroup", 400, api => api.CallAsync("createBatchGroup", body: new { batchGroupName = new string('x', 101) })),
        new("getBatchGroup", 200, async api => await api.CallAsync("getBatchGroup", [await AnyGroupAsync(api)])),
        new("getBatchGroup", 404, api => api.CallAsync("getBatchGroup", ["none"])),
        new("updateBatchGroup", 200, async api => await api.CallAsync("updateBatchGroup", [await AnyGroupAsync(api)], body: new { description = "new" })),
        new("updateBatchGroup", 404, api => api.CallAsync("updateBatchGroup", ["none"], body: new { description = "new" })),
        new("deleteBatchGroup", 204, async api => await api.CallAsync("deleteBatchGroup", [await AnyGroupAsync(api)])),
        new("deleteBatchGroup", 400, DeleteRunningAsync),
        new("deleteBatchGroup", 404, api => api.CallAsync("deleteBatchGroup", ["none"])),
        new("listBatchJobs", 200, async api => await api.CallAsync("listBatchJobs", [await AnyGroupAsync(api)])),
        new("listBatchJobs", 404, api => api.CallAsync("listBatchJobs", ["none"])),
        new("createBatchJob", 200, async api => await CreateAsync(api, await AnyGroupAsync(api))),
        new("createBatchJob", 400, CreateSecondAsync) { About = "while another runs" },
        new("createBatchJob", 404, api => CreateAsync(api, "none")),
        new("getBatchJob", 200, async api => await api.CallAsync("getBatchJob", await AnyJobAsync(api))) { About = "finished" },
        new("getBatchJob", 200, RunningAsync) { About = "running" },
        new("getBatchJob", 404, async api => await api.CallAsync("getBatchJob", [await AnyGroupAsync(api), "none"])),
        new("listTasksOfBatchJob", 200, async api => await api.CallAsync("listTasksOfBatchJob", await AnyJobAsync(api), query: "status=success&limit=2")) { About = "seeded" },
        new("listTasksOfBatchJob", 200, TasksAsync) { About = "answered" },
        new("listTasksOfBatchJob", 404, async api => await api.CallAsync("listTasksOfBatchJob", [await AnyGroupAsync(api), "none"])),
    ];

    private static async Task<string> AnyGroupAsync(ApiCalls api) =>
        (await api.CallAsync("listBatchGroups")).Json[0].GetProperty("batchGroupId").GetString()!;

    private static async Task<string[]> AnyJobAsync(ApiCalls api)
    {
        var group = await AnyGroupAsync(api);
        return [group, (await api.CallAsync("listBatchJobs", [group])).Json[0].GetProperty("jobId").GetString()!];
    }

    private static async Task<Reply> CreateAsync(ApiCalls api, string group)
    {
        var sim = await api.AnySimAsync();
        var tasks = new[]
        {
            new { request = new { method = "PUT", path = $"/v1/sims/{sim}/tags", body = new[] { new { tagName = "a", tagValue = "b" } } } },
            new { request = new { method = "PUT", path = "/v1/sims/none/tags", body = new[] { new { tagName = "a", tagValue = "b" } } } },
        };
        return await api.CallAsync("createBatchJob", [group], body: new { jobName = "tags", description = "all", abortOnFailure = false, tasks });
    }

    private static async Task<Reply> CreateSecondAsync(ApiCalls api)
    {
        var group = await AnyGroupAsync(api);
        await CreateAsync(api, group);
        return await CreateAsync(api, group);
    }

    private static async Task<Reply> DeleteRunningAsync(ApiCalls api)
    {
        var group = await AnyGroupAsync(api);
        await CreateAsync(api, group);
        return await api.CallAsync("deleteBatchGroup", [group]);
    }

    private static async Task<Reply> RunningAsync(ApiCalls api)
    {
        var group = await AnyGroupAsync(api);
        return await api.CallAsync("getBatchJob", [group, (await CreateAsync(api, group))["jobId"]!]);
    }

    private static async Task<Reply> TasksAsync(ApiCalls api)
    {
        var group = await AnyGroupAsync(api);
        var job = (await CreateAsync(api, group))["jobId"]!;
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        return await api.CallAsync("listTasksOfBatchJob", [group, job]);
    }
}
