using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Batches;

/// <summary>A folder of batch jobs (wire: BatchGroupResponse).</summary>
public sealed record BatchGroup
{
    public string? BatchGroupId { get; init; }

    public string? BatchGroupName { get; init; }

    public string? Description { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? CreatedTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? UpdatedTime { get; init; }
}

/// <summary>A folder to be made (wire: CreateBatchGroupRequest).</summary>
public sealed record BatchGroupCreation
{
    /// <summary>100 characters at most.</summary>
    public required string BatchGroupName { get; init; }

    /// <summary>500 characters at most.</summary>
    public string? Description { get; init; }
}

/// <summary>What to change of a folder; null leaves it as it is (wire: UpdateBatchGroupRequest).</summary>
public sealed record BatchGroupUpdate
{
    /// <summary>100 characters at most.</summary>
    public string? BatchGroupName { get; init; }

    /// <summary>500 characters at most.</summary>
    public string? Description { get; init; }
}

/// <summary>A job: many calls of one operation, made by the vendor (wire: BatchJobResponse).</summary>
public sealed record BatchJob
{
    public string? JobId { get; init; }

    public string? BatchGroupId { get; init; }

    public string? JobName { get; init; }

    public string? Description { get; init; }

    public bool? AbortOnFailure { get; init; }

    [WireValues(typeof(BatchJobStatus))]
    public string? Status { get; init; }

    public BatchJobSummary? Summary { get; init; }

    /// <summary>What went wrong with the job as a whole.</summary>
    public string? ErrorMessage { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? CreatedTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? UpdatedTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? FinishedTime { get; init; }
}

/// <summary>Tasks by what became of them (wire: BatchJobSummary).</summary>
public sealed record BatchJobSummary
{
    public int? Pending { get; init; }

    public int? Success { get; init; }

    public int? Error { get; init; }
}

/// <summary>Values of <see cref="BatchJob.Status"/>.</summary>
public static class BatchJobStatus
{
    public const string Pending = "pending";
    public const string Running = "running";

    /// <summary>Every task succeeded.</summary>
    public const string Completed = "completed";

    /// <summary>Stopped before every task was done.</summary>
    public const string Aborted = "aborted";

    /// <summary>Every task was done, and some failed.</summary>
    public const string Failed = "failed";
}

/// <summary>A job to be made and run (wire: CreateBatchJobRequest).</summary>
public sealed record BatchJobCreation
{
    /// <summary>100 characters at most.</summary>
    public string? JobName { get; init; }

    /// <summary>500 characters at most.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the first task that fails ends the job.</summary>
    public bool? AbortOnFailure { get; init; }

    /// <summary>10,000 at most, all of the same operation.</summary>
    public required IReadOnlyList<BatchTaskCreation> Tasks { get; init; }
}

/// <summary>A call to be made (wire: BatchTaskRequest).</summary>
public sealed record BatchTaskCreation
{
    public required BatchRequest Request { get; init; }
}

/// <summary>A call of the API within a job (wire: BatchTaskApiRequest).</summary>
public sealed record BatchRequest
{
    [WireValues(typeof(BatchMethod))]
    public required string Method { get; init; }

    /// <summary>With <c>/v1</c>, values percent-encoded.</summary>
    public required string Path { get; init; }

    /// <summary>The body of the operation, whatever its shape.</summary>
    public JsonElement? Body { get; init; }
}

/// <summary>Values of <see cref="BatchRequest.Method"/>.</summary>
public static class BatchMethod
{
    public const string Post = "POST";
    public const string Get = "GET";
    public const string Put = "PUT";
    public const string Delete = "DELETE";
}

/// <summary>One call of a job and what became of it (wire: BatchTaskResponse).</summary>
public sealed record BatchTask
{
    /// <summary>From 1 on within its job.</summary>
    public int? TaskId { get; init; }

    [WireValues(typeof(BatchTaskStatus))]
    public string? Status { get; init; }

    public BatchRequest? Request { get; init; }

    public BatchResponse? Response { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? StartedTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? FinishedTime { get; init; }
}

/// <summary>What a call of a job answered (wire: BatchTaskApiResponse).</summary>
public sealed record BatchResponse
{
    public int? StatusCode { get; init; }

    /// <summary>As the operation answers; an error's code and message.</summary>
    public JsonElement? Body { get; init; }
}

/// <summary>Values of <see cref="BatchTask.Status"/>.</summary>
public static class BatchTaskStatus
{
    public const string Pending = "pending";
    public const string Success = "success";
    public const string Error = "error";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<BatchGroup>))]
[JsonSerializable(typeof(BatchGroupCreation))]
[JsonSerializable(typeof(BatchGroupUpdate))]
[JsonSerializable(typeof(List<BatchJob>))]
[JsonSerializable(typeof(BatchJobCreation))]
[JsonSerializable(typeof(List<BatchTask>))]
internal sealed partial class BatchesJson : JsonSerializerContext;
