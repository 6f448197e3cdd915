using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Soracom.Api.Tests.Contract;

namespace Soracom.Api.Tests.Sandbox.BadInput;

/// <summary>Bodies with one thing wrong in each, by what the definition says of them.</summary>
internal static class BadBodies
{
    public static readonly string[] NoJson = ["{", "{}{}", "<xml/>", "{\"a\":\"\\ud800\"}", "[\"\\udfff\"]", "nul"];

    /// <summary>A body, one documented value of it after the other replaced by what it can't be.</summary>
    /// <param name="good">The body as it should be; null where there is none.</param>
    /// <param name="schema">What the definition says of it.</param>
    /// <returns>What was replaced by what, and the body.</returns>
    public static IEnumerable<(string What, string Body)> WithOneWrongValue(object? good, ContractSchema schema) =>
        Variants(NodeOf(good), schema, "").Select(one => (one.What, one.Value?.ToJsonString() ?? "null"));

    private static JsonNode? NodeOf(object? body) => body switch
    {
        string text => JsonNode.Parse(text),
        null or Func<HttpContent> => new JsonObject(),
        _ => JsonSerializer.SerializeToNode(body),
    };

    private static IEnumerable<(string What, JsonNode? Value)> Variants(JsonNode? good, ContractSchema named, string place)
    {
        var schema = ApiContract.Resolve(named);
        if (schema.Any.Count > 0)
        {
            return [];
        }

        var wrong = WrongValues(schema).Select(value => ($"{place} {value}", JsonNode.Parse(value)));
        return good switch
        {
            JsonObject values => wrong.Concat(schema.Properties.SelectMany(property => Within(values, property.Key, property.Value, place))),
            JsonArray { Count: > 0 } items when schema.Items is { } of => wrong.Concat(Variants(items[0], of, $"{place}[0]").Select(one => (one.What, (JsonNode?)WithFirst(items, one.Value)))),
            _ => wrong,
        };
    }

    private static IEnumerable<(string What, JsonNode? Value)> Within(JsonObject values, string name, ContractSchema schema, string place) =>
        Variants(values[name], schema, $"{place}.{name}").Select(one =>
        {
            var copy = (JsonObject)values.DeepClone();
            copy[name] = one.Value;
            return (one.What, (JsonNode?)copy);
        });

    private static JsonArray WithFirst(JsonArray items, JsonNode? first)
    {
        var copy = (JsonArray)items.DeepClone();
        copy[0] = first;
        return copy;
    }

    private static IEnumerable<string> WrongValues(ContractSchema schema) => schema.Type switch
    {
        "string" when schema.Values.Count > 0 => ["7", "{}", "[\"x\"]", "\"no-such-value\""],
        "string" => ["7", "{}", "[\"x\"]", "true"],
        "integer" => ["\"x\"", "{}", "1.5", "99999999999999999999", "1e400", .. Beyond(schema)],
        "number" => ["\"x\"", "{}", "[]", .. Beyond(schema)],
        "boolean" => ["\"true\"", "1", "{}"],
        "array" => ["7", "{}", "\"x\""],
        "object" => ["7", "[]", "\"x\""],
        _ => [],
    };

    private static IEnumerable<string> Beyond(ContractSchema schema)
    {
        if (schema.Minimum is { } minimum)
        {
            yield return (minimum - 1).ToString(CultureInfo.InvariantCulture);
        }

        if (schema.Maximum is { } maximum)
        {
            yield return (maximum + 1).ToString(CultureInfo.InvariantCulture);
        }
    }
}
