using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Batches;

/// <summary>The tag Batch.</summary>
internal static class BatchOperations
{
    private const int MostTasks = 10_000;
    private const int LongestName = 100;
    private const int LongestDescription = 500;

    /// <summary>Ten thousand tasks with a body each.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/batch_groups", "listBatchGroups", "Batch:listBatchGroups", ListGroups),
        new("POST", "/batch_groups", "createBatchGroup", "Batch:createBatchGroup", CreateGroup),
        new("GET", "/batch_groups/{batch_group_id}", "getBatchGroup", "Batch:getBatchGroup", call => One(FindGroup(call))),
        new("PUT", "/batch_groups/{batch_group_id}", "updateBatchGroup", "Batch:updateBatchGroup", UpdateGroup),
        new("DELETE", "/batch_groups/{batch_group_id}", "deleteBatchGroup", "Batch:deleteBatchGroup", DeleteGroup),
        new("GET", "/batch_groups/{batch_group_id}/jobs", "listBatchJobs", "Batch:listBatchJobs", ListJobs),
        new("POST", "/batch_groups/{batch_group_id}/jobs", "createBatchJob", "Batch:createBatchJob", CreateJob) { MaxBodyBytes = MostBytes },
        new("GET", "/batch_groups/{batch_group_id}/jobs/{job_id}", "getBatchJob", "Batch:getBatchJob", call => One(FindJob(call).Picture())),
        new("GET", "/batch_groups/{batch_group_id}/jobs/{job_id}/tasks", "listTasksOfBatchJob", "Batch:listTasksOfBatchJob", ListTasks),
    ];

    private static Answer ListGroups(Call call) =>
        Answer.Page(call, call.Data.Part<BatchPart>().Groups(call.LastEvaluatedKey(), call.PageSize()), Write);

    private static Answer CreateGroup(Call call)
    {
        var fields = call.Body.Object();
        var name = Limited(fields.RequiredText("batchGroupName"), "batchGroupName", LongestName);
        var description = Limited(fields.Text("description"), "description", LongestDescription);
        var now = call.Now.ToUnixTimeSeconds();
        var group = new BatchGroup(NewId(), name!, description, now, now);
        call.Data.Part<BatchPart>().Put(group);
        return One(group);
    }

    private static Answer UpdateGroup(Call call)
    {
        var group = FindGroup(call);
        var fields = call.Body.Object();
        var changed = group with
        {
            Name = Limited(fields.Text("batchGroupName"), "batchGroupName", LongestName) ?? group.Name,
            Description = Limited(fields.Text("description"), "description", LongestDescription) ?? group.Description,
            Updated = call.Now.ToUnixTimeSeconds(),
        };
        call.Data.Part<BatchPart>().Put(changed);
        return One(changed);
    }

    private static Answer DeleteGroup(Call call)
    {
        var group = FindGroup(call);
        var part = call.Data.Part<BatchPart>();
        if (part.JobsOf(group.Id).Any(job => job.IsRunning))
        {
            throw new VendorException(BatchErrors.StillRunning);
        }

        part.Remove(group);
        return Answer.NoContent;
    }

    private static Answer ListJobs(Call call)
    {
        var jobs = call.Data.Part<BatchPart>().JobsOf(FindGroup(call).Id);
        var after = call.LastEvaluatedKey();
        var rest = after is null ? jobs : jobs.SkipWhile(job => job.Id != after).Skip(1);
        var limit = call.PageSize();
        return Answer.Page(call, Page<BatchJobPicture>.Of([.. rest.Take(limit + 1).Select(job => job.Picture())], limit, picture => picture.Job.Id), Write);
    }

    private static Answer CreateJob(Call call)
    {
        var group = FindGroup(call);
        var part = call.Data.Part<BatchPart>();
        var fields = call.Body.Object();
        var tasks = ReadTasks(call, part.Api, fields.Objects("tasks"), out var operation);
        if (part.IsRunning(operation))
        {
            throw new VendorException(BatchErrors.OneAtATime, operation);
        }

        var now = call.Now.ToUnixTimeSeconds();
        var job = new BatchJob
        {
            Id = NewId(),
            GroupId = group.Id,
            Name = Limited(fields.Text("jobName"), "jobName", LongestName),
            Description = Limited(fields.Text("description"), "description", LongestDescription),
            AbortOnFailure = fields.Flag("abortOnFailure") ?? false,
            Api = operation,
            UserName = call.Session.UserName,
            Created = now,
            Updated = now,
            Tasks = tasks,
        };
        part.Begin(job, call.Now);
        return One(job.Picture());
    }

    private static List<BatchTask> ReadTasks(Call call, BatchApi api, IReadOnlyList<JsonFields> given, out string operation)
    {
        if (given.Count is 0 or > MostTasks)
        {
            throw new VendorException(VendorErrors.OutOfRange, "tasks", "1", MostTasks.ToString(CultureInfo.InvariantCulture));
        }

        var tasks = new List<BatchTask>(given.Count);
        var operations = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fields in given)
        {
            var request = fields.Object("request") ?? throw new VendorException(VendorErrors.Required, "request");
            var method = request.Choice("method", "POST", "GET", "PUT", "DELETE") ?? throw new VendorException(VendorErrors.Required, "method");
            var path = request.RequiredText("path");
            operations.Add(api.NameOf(method, path) ?? throw new VendorException(BatchErrors.NotCallable, $"{method} {path}"));
            var body = request.Value("body") is { ValueKind: not JsonValueKind.Null } json ? json.GetRawText() : null;
            tasks.Add(new BatchTask(tasks.Count + 1, method, path, body, api.IsPermitted(call, method, path)));
        }

        operation = operations.Count == 1 ? operations.Single() : throw new VendorException(BatchErrors.Mixed);
        return tasks;
    }

    private static Answer ListTasks(Call call)
    {
        var job = FindJob(call);
        var status = call.Query.Choice("status", "", "pending", "success", "error");
        var after = call.Query.Integer("last_evaluated_key", 0, int.MaxValue) ?? 0;
        var limit = call.PageSize();
        List<BatchTask> page = [.. job.Tasks.Where(task => task.Id > after && (status.Length == 0 || task.Status == status)).Take(limit + 1)];
        return Answer.Page(call, Page<BatchTask>.Of(page, limit, task => task.Id.ToString(CultureInfo.InvariantCulture)), Write);
    }

    private static BatchGroup FindGroup(Call call) =>
        call.Data.Part<BatchPart>().FindGroup(call.Path["batch_group_id"]) ?? throw new VendorException(BatchErrors.NoSuchGroup);

    private static BatchJob FindJob(Call call) =>
        call.Data.Part<BatchPart>().FindJob(call.Path["batch_group_id"], call.Path["job_id"]) ?? throw new VendorException(BatchErrors.NoSuchJob);

    private static string? Limited(string? text, string name, int longest) =>
        text is null || text.Length <= longest ? text : throw new VendorException(BatchErrors.TooLong, name, longest.ToString(CultureInfo.InvariantCulture));

    private static string NewId() => Guid.NewGuid().ToString("N")[..8];

    private static Answer One(BatchGroup group) => Answer.Ok(json => Write(json, group));

    private static Answer One(BatchJobPicture job) => Answer.Ok(json => Write(json, job));

    private static void Write(Utf8JsonWriter json, BatchGroup group)
    {
        json.WriteStartObject();
        json.WriteString("batchGroupId", group.Id);
        json.WriteString("batchGroupName", group.Name);
        json.WriteString("description", group.Description);
        json.WriteNumber("createdTime", group.Created);
        json.WriteNumber("updatedTime", group.Updated);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BatchJobPicture picture)
    {
        var job = picture.Job;
        json.WriteStartObject();
        json.WriteString("jobId", job.Id);
        json.WriteString("batchGroupId", job.GroupId);
        json.WriteString("jobName", job.Name);
        json.WriteString("description", job.Description);
        json.WriteBoolean("abortOnFailure", job.AbortOnFailure);
        json.WriteString("status", picture.Status);
        json.WriteStartObject("summary");
        json.WriteNumber("pending", picture.Pending);
        json.WriteNumber("success", picture.Success);
        json.WriteNumber("error", picture.Errors);
        json.WriteEndObject();
        json.WriteNumber("createdTime", job.Created);
        json.WriteNumber("updatedTime", picture.Updated);
        json.WriteNumberIfAny("finishedTime", picture.Finished);
        if (picture.Status == "aborted")
        {
            json.WriteString("errorMessage", "A task failed.");
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BatchTask task)
    {
        json.WriteStartObject();
        json.WriteNumber("taskId", task.Id);
        json.WriteString("status", task.Status);
        json.WriteStartObject("request");
        json.WriteString("method", task.Method);
        json.WriteString("path", task.Path);
        WriteRaw(json, "body", task.Body);
        json.WriteEndObject();
        if (task.StatusCode is { } status)
        {
            json.WriteStartObject("response");
            json.WriteNumber("statusCode", status);
            WriteRaw(json, "body", task.Answer);
            json.WriteEndObject();
        }

        json.WriteNumberIfAny("startedTime", task.At);
        json.WriteNumberIfAny("finishedTime", task.At);
        json.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, string? raw)
    {
        if (raw is not null)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(raw);
        }
    }
}
