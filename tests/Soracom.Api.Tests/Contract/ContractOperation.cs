using System.Globalization;
using System.Text.Json;

namespace Soracom.Api.Tests.Contract;

/// <summary>One operation of the definition.</summary>
/// <param name="Id">operationId</param>
/// <param name="Tag">The one tag.</param>
/// <param name="Method">HTTP method in capitals.</param>
/// <param name="Path">Below /v1, with {parameters}.</param>
/// <param name="Permission">The name that SAM permissions know it by.</param>
/// <param name="Anonymous">Takes no API key and token.</param>
/// <param name="Paged">Answers in pages, with a key for the next one in a header.</param>
/// <param name="Parameters">In path, query and header.</param>
/// <param name="Body">Null where there is none.</param>
/// <param name="Answers">By status. Schemas by media type; none for an answer without a body, or one that is not described.</param>
internal sealed record ContractOperation(
    string Id,
    string Tag,
    string Method,
    string Path,
    string Permission,
    bool Anonymous,
    bool Paged,
    IReadOnlyList<ContractParameter> Parameters,
    ContractBody? Body,
    IReadOnlyDictionary<int, IReadOnlyDictionary<string, ContractSchema>> Answers)
{
    /// <summary>The names of the path's parameters in their order.</summary>
    public IReadOnlyList<string> PathNames { get; } =
        [.. Path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment[1..^1])];

    public IEnumerable<int> SuccessCodes => Answers.Keys.Where(status => status < 400);

    public IEnumerable<int> ErrorCodes => Answers.Keys.Where(status => status >= 400);

    public static ContractOperation Read(JsonElement json) => new(
        Text(json, "id"),
        Text(json, "tag"),
        Text(json, "method"),
        Text(json, "path"),
        Text(json, "sam"),
        json.TryGetProperty("anonymous", out _),
        json.TryGetProperty("paged", out _),
        json.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray().Select(ContractParameter.Read)] : [],
        json.TryGetProperty("body", out var body) ? new ContractBody(body.GetProperty("required").GetBoolean(), Types(body.GetProperty("types"))) : null,
        json.GetProperty("answers").EnumerateObject().ToDictionary(answer => int.Parse(answer.Name, CultureInfo.InvariantCulture), IReadOnlyDictionary<string, ContractSchema> (answer) => Types(answer.Value)));

    public override string ToString() => Id;

    internal static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static Dictionary<string, ContractSchema> Types(JsonElement json) => json.ValueKind == JsonValueKind.Null
        ? []
        : json.EnumerateObject().ToDictionary(type => type.Name, type => ContractSchema.Read(type.Value), StringComparer.Ordinal);
}

/// <param name="Name">On the wire.</param>
/// <param name="In">path, query or header</param>
/// <param name="Required">Whether it has to be there.</param>
/// <param name="Schema">Its type.</param>
internal sealed record ContractParameter(string Name, string In, bool Required, ContractSchema Schema)
{
    public static ContractParameter Read(JsonElement json) => new(
        ContractOperation.Text(json, "name"),
        ContractOperation.Text(json, "in"),
        json.TryGetProperty("required", out _),
        ContractSchema.Read(json.GetProperty("schema")));
}

/// <param name="Required">Whether there has to be one.</param>
/// <param name="Types">Schemas by media type.</param>
internal sealed record ContractBody(bool Required, IReadOnlyDictionary<string, ContractSchema> Types);
