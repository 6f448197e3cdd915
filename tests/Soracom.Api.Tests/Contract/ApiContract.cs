using System.Text.Json;

namespace Soracom.Api.Tests.Contract;

/// <summary>
/// The facts of the vendor's definition: every operation and schema, as build/contract/make-contract.py took them.
/// What client and sandbox do is held against this, and not against what either of them believes.
/// </summary>
internal static class ApiContract
{
    private static readonly Lazy<(Dictionary<string, ContractOperation> Operations, Dictionary<string, ContractSchema> Schemas)> Content = new(Load);

    public static IReadOnlyDictionary<string, ContractOperation> Operations => Content.Value.Operations;

    public static ContractOperation Operation(string id) =>
        Operations.TryGetValue(id, out var operation) ? operation : throw new InvalidOperationException($"The vendor has no operation {id}.");

    /// <summary>The schema itself, where <paramref name="schema"/> only names one of the table.</summary>
    public static ContractSchema Resolve(ContractSchema schema) =>
        schema.Reference is null ? schema : Resolve(Content.Value.Schemas[schema.Reference]);

    private static (Dictionary<string, ContractOperation> Operations, Dictionary<string, ContractSchema> Schemas) Load()
    {
        using var stream = typeof(ApiContract).Assembly.GetManifestResourceStream("contract.json")!;
        var root = JsonDocument.Parse(stream).RootElement;
        return (
            root.GetProperty("operations").EnumerateArray().Select(ContractOperation.Read).ToDictionary(operation => operation.Id, StringComparer.Ordinal),
            root.GetProperty("schemas").EnumerateArray().ToDictionary(
                row => row.GetProperty("name").GetString()!, row => ContractSchema.Read(row.GetProperty("schema")), StringComparer.Ordinal));
    }
}
