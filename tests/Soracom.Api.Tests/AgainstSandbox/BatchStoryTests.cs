using System.Text.Json;
using Soracom.Api.Batches;
using Soracom.Api.Errors;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>A story of a job, told with the client.</summary>
public sealed class BatchStoryTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task Operator_TagsItsFleetInOneJob_AndCleansUp()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var sims = await client.Sims.ListAllSimsAsync(Stop).Take(30).ToListAsync(Stop);
        var body = JsonElement.Parse("""[{"tagName":"shelf","tagValue":"A"}]""");

        var group = await client.Batches.CreateBatchGroupAsync(new BatchGroupCreation { BatchGroupName = "棚" }, Stop);
        var job = await client.Batches.CreateBatchJobAsync(
            group.BatchGroupId!,
            new BatchJobCreation
            {
                JobName = "shelf A",
                Tasks = [.. sims.Select(sim => new BatchTaskCreation
                {
                    Request = new BatchRequest { Method = BatchMethod.Put, Path = $"/v1/sims/{sim.SimId}/tags", Body = body },
                })],
            },
            Stop);
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => client.Batches.DeleteBatchGroupAsync(group.BatchGroupId!, Stop));
        sandbox.Clock.Advance(TimeSpan.FromSeconds(10));
        var done = await client.Batches.GetBatchJobAsync(group.BatchGroupId!, job.JobId!, Stop);
        var tasks = await SoracomPaging.WalkAsync(
            "listTasksOfBatchJob",
            (key, stop) => client.Batches.ListTasksOfBatchJobAsync(group.BatchGroupId!, job.JobId!, 7, lastEvaluatedKey: key, cancellationToken: stop),
            Stop).ToListAsync(Stop);
        await client.Batches.UpdateBatchGroupAsync(group.BatchGroupId!, new BatchGroupUpdate { Description = "done" }, Stop);
        var described = await client.Batches.GetBatchGroupAsync(group.BatchGroupId!, Stop);
        await client.Batches.DeleteBatchGroupAsync(group.BatchGroupId!, Stop);

        Assert.Equal((BatchJobStatus.Completed, 30, 0), (done.Status, done.Summary!.Success, done.Summary.Pending));
        Assert.Equal(30, tasks.Select(task => task.TaskId).Distinct().Count());
        Assert.All(tasks, task => Assert.Equal((BatchTaskStatus.Success, 200), (task.Status, task.Response!.StatusCode)));
        Assert.Equal("A", (await client.Sims.GetSimAsync(sims[0].SimId, Stop)).Tags["shelf"]);
        Assert.Equal(("棚", "done"), (described.BatchGroupName, described.Description));
        Assert.DoesNotContain((await client.Batches.ListBatchGroupsAsync(cancellationToken: Stop)).Items, one => one.BatchGroupId == group.BatchGroupId);
    }
}
