using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Batches;

public sealed class BatchTests : IAsyncLifetime
{
    private readonly FakeTime clock = new();
    private SandboxHost host = null!;
    private Pair pair = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
        pair = await host.SignInAsync(host.Aoba);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Job_IsPendingThenRunsThenHasDoneEveryTask_AndTheSimsAreChanged()
    {
        var sims = await SimsAsync();
        var job = await CreateAsync(await GroupAsync(), [.. sims.Select(sim => Tag(sim))]);
        var states = new List<(string?, int)>();
        for (var second = 0; second < 6; second++)
        {
            var now = (await host.GetAsync(job, pair)).Json;
            states.Add((now.GetProperty("status").GetString(), now.GetProperty("summary").GetProperty("success").GetInt32()));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            [("pending", 0), ("pending", 0), ("running", 20), ("running", 40), ("completed", 42), ("completed", 42)],
            states);
        Assert.Equal("yes", (await host.GetAsync($"/v1/sims/{sims[^1]}", pair)).Json.GetProperty("tags").GetProperty("counted").GetString());
    }

    [Fact]
    public async Task Job_WhoseTasksFail_TellsWhatEachOfThemAnswered()
    {
        var sim = (await SimsAsync())[0];
        var job = await CreateAsync(await GroupAsync(), [Tag(sim), Tag("none"), Tag(sim, "{}")]);
        clock.Advance(TimeSpan.FromSeconds(5));

        var tasks = (await host.GetAsync($"{job}/tasks", pair)).Json.EnumerateArray().ToList();
        var errors = (await host.GetAsync($"{job}/tasks?status=error&limit=1", pair)).Json;

        Assert.Equal("failed", (await host.GetAsync(job, pair))["status"]);
        Assert.Equal([1, 2, 3], tasks.Select(task => task.GetProperty("taskId").GetInt32()));
        Assert.Equal([200, 404, 400], tasks.Select(task => task.GetProperty("response").GetProperty("statusCode").GetInt32()));
        Assert.Equal(sim, tasks[0].GetProperty("response").GetProperty("body").GetProperty("simId").GetString());
        Assert.Equal("SEM9001", tasks[1].GetProperty("response").GetProperty("body").GetProperty("code").GetString());
        Assert.Equal(2, Assert.Single(errors.EnumerateArray()).GetProperty("taskId").GetInt32());
    }

    [Fact]
    public async Task Job_ThatAbortsOnFailure_LeavesTheRestUndone()
    {
        var sim = (await SimsAsync())[0];
        var job = await CreateAsync(await GroupAsync(), [Tag("none"), Tag(sim)], abortOnFailure: true);
        clock.Advance(TimeSpan.FromSeconds(5));

        var read = (await host.GetAsync(job, pair)).Json;

        Assert.Equal("aborted", read.GetProperty("status").GetString());
        Assert.Equal((1, 1), (read.GetProperty("summary").GetProperty("pending").GetInt32(), read.GetProperty("summary").GetProperty("error").GetInt32()));
        Assert.False((await host.GetAsync($"/v1/sims/{sim}", pair)).Json.GetProperty("tags").TryGetProperty("counted", out _));
    }

    [Fact]
    public async Task Job_MayDoWhatItsMakerMayDo()
    {
        await host.PostAsync($"/v1/operators/{host.Aoba.OperatorId}/users/batch", new { description = "" }, pair);
        await host.SendAsync(HttpMethod.Put, $"/v1/operators/{host.Aoba.OperatorId}/users/batch/permission", pair,
            new { permission = """{"statements":[{"effect":"allow","api":"Batch:*"}]}""" });
        var key = await host.PostAsync($"/v1/operators/{host.Aoba.OperatorId}/users/batch/auth_keys", body: null, pair);
        var user = await host.SignInAsync(new { authKeyId = key["authKeyId"], authKey = key["authKey"] });
        var group = await GroupAsync();

        var created = await host.PostAsync($"/v1/batch_groups/{group}/jobs", new { tasks = new[] { Tag((await SimsAsync())[0]) } }, user);
        clock.Advance(TimeSpan.FromSeconds(5));
        var task = (await host.GetAsync($"/v1/batch_groups/{group}/jobs/{created["jobId"]}/tasks", user)).Json[0];

        Assert.Equal(403, task.GetProperty("response").GetProperty("statusCode").GetInt32());
    }

    [Theory]
    [InlineData("""{"tasks":[]}""")]
    [InlineData("""{"jobName":"no tasks"}""")]
    [InlineData("""{"tasks":[{}]}""")]
    [InlineData("""{"tasks":{}}""")]
    [InlineData("""{"tasks":[{"request":{"method":"PUT"}}]}""")]
    [InlineData("""{"tasks":[{"request":{"method":"PATCH","path":"/v1/sims/1/tags"}}]}""")]
    [InlineData("""{"tasks":[{"request":{"method":"PUT","path":"/sims/1/tags"}}]}""")]
    [InlineData("""{"tasks":[{"request":{"method":"POST","path":"/v1/sims/1/terminate"}}]}""")]
    [InlineData("""{"tasks":[{"request":{"method":"PUT","path":"/v1/sims/1/tags"}},{"request":{"method":"POST","path":"/v1/sims/1/activate"}}]}""")]
    [InlineData("""{"abortOnFailure":"yes","tasks":[{"request":{"method":"PUT","path":"/v1/sims/1/tags"}}]}""")]
    public async Task Job_ThatMakesNoSense_IsRefused_AndThereIsNone(string body)
    {
        var group = (await host.PostAsync("/v1/batch_groups", new { batchGroupName = "empty" }, pair))["batchGroupId"];

        (await host.PostAsync($"/v1/batch_groups/{group}/jobs", body, pair)).Refused(400);

        Assert.Empty((await host.GetAsync($"/v1/batch_groups/{group}/jobs", pair)).Json.EnumerateArray());
    }

    [Fact]
    public async Task Job_OfTenThousandTasks_IsTheLargest()
    {
        var group = await GroupAsync();
        var tasks = Enumerable.Range(0, 10_001).Select(number => Tag(number.ToString(CultureInfo.InvariantCulture))).ToList();

        (await host.PostAsync($"/v1/batch_groups/{group}/jobs", new { tasks }, pair)).Refused(400);
        var job = await CreateAsync(group, [.. tasks.Take(10_000)]);
        clock.Advance(TimeSpan.FromMinutes(10));

        var summary = (await host.GetAsync(job, pair)).Json.GetProperty("summary");
        Assert.Equal(10_000, summary.GetProperty("error").GetInt32());
        Assert.Equal(100, (await host.GetAsync($"{job}/tasks", pair)).Json.GetArrayLength());
    }

    [Fact]
    public async Task Job_IsForgottenAfter32Days_AndItsFolderIsNot()
    {
        var group = await GroupAsync();
        var job = await CreateAsync(group, [Tag("none")]);
        clock.Advance(TimeSpan.FromSeconds(5));
        await host.GetAsync(job, pair);
        await host.PostAsync("/_control/clock", new { advance = "P33D" });
        pair = await host.SignInAsync(host.Aoba);

        (await host.GetAsync(job, pair)).Refused(404);
        Assert.Empty((await host.GetAsync($"/v1/batch_groups/{group}/jobs", pair)).Json.EnumerateArray());
    }

    [Fact]
    public async Task Job_GoesOnAfterARestart_WithoutAnybodyAskingForIt()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-batch-");
        try
        {
            var options = new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], StateFile = Path.Combine(folder.FullName, "state") };
            string job;
            await host.DisposeAsync();
            await using (var first = await SandboxHost.StartAsync(options))
            {
                (host, pair) = (first, await first.SignInAsync(first.Aoba));
                job = await CreateAsync(await GroupAsync(), [.. (await SimsAsync()).Select(sim => Tag(sim))]);
                clock.Advance(TimeSpan.FromSeconds(2));
                Assert.Equal("running", (await host.GetAsync(job, pair))["status"]);
            }

            await using var again = await SandboxHost.StartAsync(options);
            var next = await again.SignInAsync(again.Aoba);
            clock.Advance(TimeSpan.FromSeconds(30));
            var sims = await again.GetAllAsync("/v1/sims", next);
            Assert.All(sims, sim => Assert.Equal("yes", sim.GetProperty("tags").GetProperty("counted").GetString()));
            Assert.Equal("completed", (await again.GetAsync(job, next))["status"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static object Tag(string sim, string? body = null) => new
    {
        request = new { method = "PUT", path = $"/v1/sims/{sim}/tags", body = JsonElement.Parse(body ?? """[{"tagName":"counted","tagValue":"yes"}]""") },
    };

    private async Task<string> GroupAsync() => (await host.GetAsync("/v1/batch_groups", pair)).Json[0].GetProperty("batchGroupId").GetString()!;

    private async Task<List<string>> SimsAsync() => [.. (await host.GetAllAsync("/v1/sims", pair)).Select(sim => sim.GetProperty("simId").GetString()!)];

    /// <summary>Makes a job, and gives its path.</summary>
    private async Task<string> CreateAsync(string group, object[] tasks, bool abortOnFailure = false)
    {
        var created = await host.PostAsync($"/v1/batch_groups/{group}/jobs", new { abortOnFailure, tasks }, pair);
        Assert.Equal((200, "pending"), (created.Status, created["status"]));
        return $"/v1/batch_groups/{group}/jobs/{created["jobId"]}";
    }
}
