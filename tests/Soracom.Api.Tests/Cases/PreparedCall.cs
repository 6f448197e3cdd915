using Soracom.Api.Tests.Contract;
using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

/// <summary>A call as a case would make it.</summary>
/// <param name="Operation">What is called.</param>
/// <param name="Path">The values of the path's parameters in their order, not encoded.</param>
/// <param name="Query">The query without question mark, encoded.</param>
/// <param name="Body">A string as it is, an object to be written as JSON, or null.</param>
/// <param name="Caller">API key and token, or null.</param>
/// <param name="Global">Whether it is for the Global coverage.</param>
internal sealed record PreparedCall(ContractOperation Operation, IReadOnlyList<string> Path, string Query, object? Body, Pair? Caller, bool Global)
{
    public HttpMethod Method => new(Operation.Method);

    /// <summary>Path and query as they are sent.</summary>
    public string Target => TargetOf(Operation.PathNames.Zip(Path).Select(one => Encode(one.First, one.Second)), Query);

    /// <summary>The same with other values, encoded already.</summary>
    public string TargetOf(IEnumerable<string> encoded, string query)
    {
        var path = Operation.PathNames.Zip(encoded).Aggregate(Operation.Path, (filled, one) => filled.Replace($"{{{one.First}}}", one.Second, StringComparison.Ordinal));
        return $"/v1{path}{(query.Length == 0 ? "" : "?")}{query}";
    }

    /// <summary>The one parameter that is a path itself keeps its slashes.</summary>
    public static string Encode(string name, string value) =>
        name == "path" ? string.Join('/', value.Split('/').Select(Uri.EscapeDataString)) : Uri.EscapeDataString(value);
}

/// <summary>Carries a call out of the case that would have made it.</summary>
internal sealed class CallWithheldException(PreparedCall call) : Exception($"{call.Operation} was withheld.")
{
    public PreparedCall Call => call;
}
