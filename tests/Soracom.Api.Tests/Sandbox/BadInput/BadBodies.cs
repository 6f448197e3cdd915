using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Soracom.Api.Tests.Contract;

namespace Soracom.Api.Tests.Sandbox.BadInput;

/// <summary>Bodies with one thing wrong in each, by what the definition says of them.</summary>
internal static class BadBodies
{
    /// <summary>Some schemas hold themselves.</summary>
    private const int Deepest = 6;

    public static readonly string[] NoJson = ["{", "{}{}", "<xml/>", "{\"a\":\"\\ud800\"}", "[\"\\udfff\"]", "nul"];

    /// <summary>A body, one documented value of it after the other replaced by what it can't be.</summary>
    /// <param name="good">The body as it should be; null where there is none.</param>
    /// <param name="schema">What the definition says of it.</param>
    /// <returns>What was replaced by what, and the body.</returns>
    public static IEnumerable<(string What, string Body)> WithOneWrongValue(object? good, ContractSchema schema) =>
        Variants(NodeOf(good), schema, "").Select(one => (one.What, one.Value?.ToJsonString() ?? "null"));

    /// <summary>A body in which every member is there twice.</summary>
    public static string WithEveryMemberTwice(object? good) => Twice(NodeOf(good));

    private static string Twice(JsonNode? node) => node switch
    {
        JsonObject values => $"{{{string.Join(',', values.SelectMany(one => Enumerable.Repeat($"{JsonSerializer.Serialize(one.Key)}:{Twice(one.Value)}", 2)))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Twice))}]",
        _ => node?.ToJsonString() ?? "null",
    };

    private static JsonNode? NodeOf(object? body) => body switch
    {
        string text => JsonNode.Parse(text),
        null or Func<HttpContent> => new JsonObject(),
        _ => JsonSerializer.SerializeToNode(body),
    };

    private static IEnumerable<(string What, JsonNode? Value)> Variants(JsonNode? good, ContractSchema named, string place, int depth = 0)
    {
        var schema = ApiContract.Resolve(named);
        if (schema.Any.Count > 0 || depth > Deepest)
        {
            return [];
        }

        var wrong = WrongValues(schema).Select(value => ($"{place} {value}", JsonNode.Parse(value)));
        return schema.Type switch
        {
            "object" => wrong.Concat(Members(good as JsonObject ?? [], schema).SelectMany(member => Within(good as JsonObject ?? [], member.Name, member.Schema, place, depth + 1))),
            "array" when schema.Items is { } items => wrong.Concat(WithinFirst(good as JsonArray ?? [], items, place, depth + 1)),
            _ => wrong,
        };
    }

    /// <summary>What may be in an object; of names that are data those that are there, or one.</summary>
    private static IEnumerable<(string Name, ContractSchema Schema)> Members(JsonObject values, ContractSchema schema)
    {
        var names = values.Select(value => value.Key).Where(name => !schema.Properties.ContainsKey(name)).DefaultIfEmpty("x");
        return schema.Properties.Select(property => (property.Key, property.Value)).Concat(schema.Map is { } map ? names.Select(name => (name, map)) : []);
    }

    private static IEnumerable<(string What, JsonNode? Value)> Within(JsonObject values, string name, ContractSchema schema, string place, int depth) =>
        Variants(values[name], schema, $"{place}.{name}", depth).Select(one =>
        {
            var copy = (JsonObject)values.DeepClone();
            copy[name] = one.Value;
            return (one.What, (JsonNode?)copy);
        });

    private static IEnumerable<(string What, JsonNode? Value)> WithinFirst(JsonArray items, ContractSchema schema, string place, int depth) =>
        Variants(items.FirstOrDefault(), schema, $"{place}[0]", depth).Select(one => (one.What, (JsonNode?)new JsonArray([one.Value, .. items.Skip(1).Select(item => item?.DeepClone())])));

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
