using System.Text.Json.Serialization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Batches;

/// <summary>
/// The jobs of one coverage. They begin a little after they were made, do some tasks every second, and are forgotten some time after
/// their end.
/// </summary>
internal sealed class BatchPart() : Part<BatchPart.State>(BatchJson.Default.State)
{
    public static readonly TimeSpan Preparation = TimeSpan.FromSeconds(2);

    public const int TasksASecond = 20;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(32);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly KeyedList<BatchGroup> groups = new(group => group.Id);
    private readonly List<BatchJob> jobs = [];
    private readonly Agenda<string> agenda = new();
    private BatchApi? api;

    public override DateTimeOffset? NextDue => agenda.NextDue;

    /// <summary>What jobs can call.</summary>
    public BatchApi Api => api ??= new BatchApi(Home.Account.World);

    public BatchGroup? FindGroup(string id) => groups.Find(id);

    public Page<BatchGroup> Groups(string? after, int limit) => groups.PageAfter(after, limit);

    public void Put(BatchGroup group) => groups.Put(group);

    /// <summary>Takes a folder away with its jobs.</summary>
    public void Remove(BatchGroup group)
    {
        foreach (var job in jobs.Where(job => job.GroupId == group.Id))
        {
            agenda.Set(job.Id, due: null);
        }

        jobs.RemoveAll(job => job.GroupId == group.Id);
        groups.Remove(group.Id);
    }

    public BatchJob? FindJob(string groupId, string id) => jobs.Find(job => job.Id == id && job.GroupId == groupId);

    /// <summary>A folder's jobs, the newest first.</summary>
    public IEnumerable<BatchJob> JobsOf(string groupId) => jobs.Where(job => job.GroupId == groupId).Reverse();

    public bool IsRunning(string operation) => jobs.Exists(job => job.IsRunning && job.Api == operation);

    public void Begin(BatchJob job, DateTimeOffset now)
    {
        jobs.Add(job);
        agenda.Set(job.Id, now + Preparation);
    }

    public override void Happen(DateTimeOffset at)
    {
        while (agenda.TryTake(at, out var id))
        {
            var job = jobs.Find(one => one.Id == id) ?? throw new InvalidOperationException("A job is due that is not there.");
            if (job.IsRunning)
            {
                Run(job, at);
                agenda.Set(id, job.IsRunning ? at + Tick : at + Kept);
            }
            else
            {
                jobs.Remove(job);
            }
        }
    }

    public override void Seed()
    {
        if (Home is not { Origin.Fleet: DemoFleets.Aoba, Coverage: Coverage.Japan })
        {
            return;
        }

        var time = Home.Origin.Start.AddDays(-9).ToUnixTimeSeconds();
        var group = new BatchGroup("3f6c1a90", "月次タグ更新", "毎月の棚卸しのあとに実行", time - 86_400, time - 86_400);
        groups.Put(group);
        var sims = Home.Account.Data(Coverage.Japan).Sims(after: null, limit: 12).Items.Select(sim => sim.SimId).ToList();
        SeedJob("b41d77e2", "棚卸しタグ", time, sims);
        SeedJob("0c95a8f3", "棚卸しタグ (再実行)", time + 3600, [.. sims.Take(3), "8999810000000000000"]);

        void SeedJob(string id, string name, long at, List<string> simIds)
        {
            List<BatchTask> tasks = [.. simIds.Index().Select(one => new BatchTask(
                one.Index + 1, "PUT", $"/v1/sims/{one.Item}/tags", """[{"tagName":"棚卸し","tagValue":"済"}]""", IsPermitted: true)
            {
                Status = sims.Contains(one.Item) ? "success" : "error",
                StatusCode = sims.Contains(one.Item) ? 200 : 404,
                At = at + 2,
            })];
            var errors = tasks.Count(task => task.Status == "error");
            jobs.Add(new BatchJob
            {
                Id = id,
                GroupId = group.Id,
                Name = name,
                Api = "PUT /sims/{sim_id}/tags",
                Created = at,
                Updated = at + 2,
                Finished = at + 2,
                Status = errors == 0 ? "completed" : "failed",
                Done = tasks.Count,
                Errors = errors,
                Tasks = tasks,
            });
            agenda.Set(id, DateTimeOffset.FromUnixTimeSeconds(at + 2) + Kept);
        }
    }

    protected override State Save() => new([.. groups.PageAfter(key: null, int.MaxValue - 1).Items], [.. jobs]);

    protected override void Load(State saved)
    {
        saved.Groups.ForEach(groups.Put);
        foreach (var job in saved.Jobs)
        {
            jobs.Add(job);
            agenda.Set(job.Id, job.Finished is { } finished
                ? DateTimeOffset.FromUnixTimeSeconds(finished) + Kept
                : DateTimeOffset.FromUnixTimeSeconds(job.Updated) + Preparation);
        }
    }

    private void Run(BatchJob job, DateTimeOffset at)
    {
        job.Status = "running";
        job.Updated = at.ToUnixTimeSeconds();
        for (var i = 0; i < TasksASecond && job.Done < job.Tasks.Count; i++)
        {
            var task = Api.Run(job.Tasks[job.Done], Home.Account, Home.Coverage ?? Coverage.Japan, job.UserName, at);
            job.Tasks[job.Done++] = task;
            job.Errors += task.Status == "error" ? 1 : 0;
            if (job.AbortOnFailure && job.Errors > 0 && job.Done < job.Tasks.Count)
            {
                Finish(job, "aborted");
                return;
            }
        }

        if (job.Done == job.Tasks.Count)
        {
            Finish(job, job.Errors == 0 ? "completed" : "failed");
        }
    }

    private static void Finish(BatchJob job, string status)
    {
        job.Status = status;
        job.Finished = job.Updated;
    }

    internal sealed record State(List<BatchGroup> Groups, List<BatchJob> Jobs);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BatchPart.State))]
internal sealed partial class BatchJson : JsonSerializerContext;
