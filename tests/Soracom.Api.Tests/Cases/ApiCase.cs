using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

/// <summary>
/// One way to call an operation of the sandbox, and what becomes of it. Runs against a sandbox of its own; the answer's status
/// and all of its body are held against the vendor's definition.
/// </summary>
/// <param name="Operation">The operation's id.</param>
/// <param name="Status">The status that it answers.</param>
/// <param name="Act">Prepares what is needed and makes the call, which is the last one.</param>
internal sealed record ApiCase(string Operation, int Status, Func<ApiCalls, Task<Reply>> Act)
{
    /// <summary>Why the sandbox never gives an answer that the definition knows.</summary>
    public string? NeverBecause { get; private init; }

    /// <summary>Tells cases of the same operation and status apart.</summary>
    public string About { get; init; } = "";

    /// <summary>An answer that the definition knows and the sandbox never gives, with the reason.</summary>
    public static ApiCase Never(string operation, int status, string because) =>
        new(operation, status, _ => throw new InvalidOperationException("There is nothing to call.")) { NeverBecause = because };

    public override string ToString() => $"{Operation} {Status} {About}".TrimEnd();
}

/// <summary>The cases of an area. Implemented once for each area in a file of its own, and found by that.</summary>
internal interface IApiCases
{
    static abstract IEnumerable<ApiCase> All { get; }
}

/// <summary>The cases of all areas.</summary>
internal static class ApiCases
{
    /// <summary>By what they are called.</summary>
    public static IReadOnlyDictionary<string, ApiCase> All { get; } = typeof(IApiCases).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(IApiCases)))
        .SelectMany(type => (IEnumerable<ApiCase>)type.GetProperty(nameof(IApiCases.All))!.GetValue(null)!)
        .ToDictionary(one => one.ToString(), StringComparer.Ordinal);
}
