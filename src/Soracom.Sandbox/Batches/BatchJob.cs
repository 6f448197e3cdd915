using System.Text.Json.Serialization;

namespace Soracom.Sandbox.Batches;

/// <param name="Id">Eight hexadecimal digits.</param>
/// <param name="Name">100 characters at most.</param>
/// <param name="Description">500 characters at most.</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="Updated">Unix seconds.</param>
internal sealed record BatchGroup(string Id, string Name, string? Description, long Created, long Updated);

/// <summary>A job with its tasks. Only touched under the account's lock; <see cref="Picture"/> is for what is written after that.</summary>
internal sealed class BatchJob
{
    public required string Id { get; init; }

    public required string GroupId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool AbortOnFailure { get; init; }

    /// <summary>Of <see cref="BatchApi"/>: one job of each runs at a time.</summary>
    public required string Api { get; init; }

    /// <summary>Who made it; null for the root user.</summary>
    public string? UserName { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }

    public required List<BatchTask> Tasks { get; init; }

    /// <summary>Unix seconds.</summary>
    public long Updated { get; set; }

    /// <summary>Unix seconds; null while it is not finished.</summary>
    public long? Finished { get; set; }

    /// <summary>pending, running, completed, failed or aborted</summary>
    public string Status { get; set; } = "pending";

    /// <summary>How many tasks are done, from the first on.</summary>
    public int Done { get; set; }

    public int Errors { get; set; }

    [JsonIgnore]
    public bool IsRunning => Finished is null;

    public BatchJobPicture Picture() => new(this, Status, Updated, Finished, Tasks.Count - Done, Done - Errors, Errors);
}

/// <summary>A job at one moment.</summary>
internal sealed record BatchJobPicture(BatchJob Job, string Status, long Updated, long? Finished, int Pending, int Success, int Errors);

/// <summary>One call. Immutable; replaced when it is done.</summary>
/// <param name="Id">From 1 on.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">With /v1, as it was given.</param>
/// <param name="Body">JSON as it was given; null for none.</param>
/// <param name="IsPermitted">Whether the user who made the job may do this.</param>
internal sealed record BatchTask(int Id, string Method, string Path, string? Body, bool IsPermitted)
{
    /// <summary>pending, success or error</summary>
    public string Status { get; init; } = "pending";

    /// <summary>HTTP status; null until it is done.</summary>
    public int? StatusCode { get; init; }

    /// <summary>JSON; null for none.</summary>
    public string? Answer { get; init; }

    /// <summary>Unix seconds; it takes no time.</summary>
    public long? At { get; init; }
}
