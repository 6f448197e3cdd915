namespace Soracom.Sandbox.Faults;

/// <summary>Something that goes wrong on the next calls that match. See <see cref="SandboxFaults"/>.</summary>
public sealed record SandboxFault
{
    /// <summary>What goes wrong.</summary>
    public required SandboxFaultKind Kind { get; init; }

    /// <summary>
    /// Which paths, as sent, without the query: <c>/v1/sims</c> and all below or beginning with it, or a pattern in which
    /// <c>*</c> stands for any run of characters.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The HTTP method; any when null.</summary>
    public string? Method { get; init; }

    /// <summary>Calls of this operator only; of anybody, anonymous callers included, when null.</summary>
    public string? OperatorId { get; init; }

    /// <summary>The status of <see cref="SandboxFaultKind.Status"/> (503 by default) and <see cref="SandboxFaultKind.Html"/> (502).</summary>
    public int? Status { get; init; }

    /// <summary>How long <see cref="SandboxFaultKind.Slow"/> waits, on the sandbox's clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How many calls it strikes.</summary>
    public int Count { get; init; } = 1;

    /// <summary>
    /// Whether the call is carried out before it strikes, so that the client doesn't learn of a change that was made; a cut then
    /// comes in the middle of the answer's body, and a slow call is late with nothing but its answer.
    /// </summary>
    public bool Afterwards { get; init; }

    internal bool Matches(string method, string path, string? operatorId) =>
        (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        && (OperatorId is null || OperatorId == operatorId)
        && (Path.Contains('*', StringComparison.Ordinal) ? Wildcard.Matches(Path, path) : path.StartsWith(Path, StringComparison.Ordinal));
}

/// <summary>What goes wrong.</summary>
public enum SandboxFaultKind
{
    /// <summary>An error status with the vendor's error body; a 429 comes with the rate headers of an exhausted limit.</summary>
    Status,

    /// <summary>The call is served, late.</summary>
    Slow,

    /// <summary>The connection is cut.</summary>
    Cut,

    /// <summary>A proxy's HTML page instead of the vendor's answer.</summary>
    Html,

    /// <summary>The call is served, but its answer ends in the middle although it is framed as if it were whole.</summary>
    Truncate,
}
