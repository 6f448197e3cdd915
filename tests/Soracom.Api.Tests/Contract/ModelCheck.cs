using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Soracom.Api.Http;

namespace Soracom.Api.Tests.Contract;

/// <summary>
/// Holds a wire model against a schema, member by member and both ways: what the definition has and the model lacks, what the
/// model has and the definition lacks, and every type that could not hold what may come.
/// </summary>
internal sealed class ModelCheck(JsonSerializerOptions json, bool isRequest)
{
    private readonly HashSet<(Type Model, ContractSchema Schema)> seen = [];
    private readonly List<string> problems = [];

    public static IReadOnlyList<string> Problems(Type model, ContractSchema schema, JsonSerializerOptions json, bool isRequest)
    {
        var check = new ModelCheck(json, isRequest);
        check.Check(model, schema, converter: null, model.Name);
        return check.problems;
    }

    private void Check(Type declared, ContractSchema named, IWireConverter? converter, string place)
    {
        var schema = ApiContract.Resolve(named);
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(JsonElement))
        {
            return;
        }

        if (schema.Any.Count > 0)
        {
            if (schema.Any.All(one => Problems(type, one, json, isRequest).Count > 0))
            {
                problems.Add($"{place}: {type.Name} is none of what it may be; a JsonElement holds them all");
            }

            return;
        }

        var contract = json.GetTypeInfo(type);
        if ((converter ?? contract.Converter as IWireConverter) is { } own)
        {
            Require(own.JsonType == schema.Type, place, type, schema);
            return;
        }

        switch (contract.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(type, contract, schema, place);
                break;
            case JsonTypeInfoKind.Enumerable:
                Require(schema.Type == "array", place, type, schema);
                if (schema.Items is { } items)
                {
                    Check(contract.ElementType!, items, converter: null, $"{place}[]");
                }

                break;
            case JsonTypeInfoKind.Dictionary:
                CheckDictionary(contract.ElementType!, schema, place, type);
                break;
            default:
                Require(Holds(type, schema), place, type, schema);
                break;
        }
    }

    private void CheckDictionary(Type element, ContractSchema schema, string place, Type type)
    {
        Require(schema.Type == "object", place, type, schema);

        // Also right for a few members of one type, such as the speed classes of statistics.
        foreach (var member in schema.Properties.Values.Append(schema.Map).OfType<ContractSchema>())
        {
            Check(element, member, converter: null, $"{place}{{}}");
        }
    }

    private void CheckObject(Type type, JsonTypeInfo contract, ContractSchema schema, string place)
    {
        Require(schema.Type == "object", place, type, schema);
        if (schema.Type != "object" || !seen.Add((type, schema)))
        {
            return;
        }

        if (schema.Map is not null && schema.Properties.Count == 0)
        {
            problems.Add($"{place}: {type.Name} stands for a map");
            return;
        }

        var members = contract.Properties.Where(member => member.Get is not null || member.Set is not null).ToDictionary(member => member.Name, StringComparer.Ordinal);
        problems.AddRange(schema.Properties.Keys.Where(name => !members.ContainsKey(name)).Select(name => $"{place} lacks {name}"));
        problems.AddRange(members.Keys.Where(name => !schema.Properties.ContainsKey(name)).Select(name => $"{place}.{name} is not in the definition"));
        foreach (var (name, member) in members)
        {
            if (!schema.Properties.TryGetValue(name, out var property))
            {
                continue;
            }

            var declared = type.GetProperties().Single(one => WireName(one) == name);
            Check(member.PropertyType, property, ConverterOf(declared), $"{place}.{name}");
            CheckValues(declared, property, $"{place}.{name}");
            if (isRequest && schema.Required.Contains(name, StringComparer.Ordinal) && !member.IsRequired)
            {
                problems.Add($"{place}.{name} has to be given, so that its member should be required");
            }
        }
    }

    private static string WireName(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static IWireConverter? ConverterOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType is { } converter ? Activator.CreateInstance(converter) as IWireConverter : null;

    private void CheckValues(PropertyInfo property, ContractSchema named, string place)
    {
        var attribute = property.GetCustomAttribute<WireValuesAttribute>();
        var schema = ApiContract.Resolve(named);
        problems.AddRange(WireValuesCheck.Problems(attribute, schema.Items is { } items ? ApiContract.Resolve(items) : schema, isRequest, place));
    }

    private static bool Holds(Type type, ContractSchema schema) => schema.Type switch
    {
        "string" => type == typeof(string) || (type == typeof(DateTimeOffset) && schema.Format is null or "date-time"),
        "integer" => type == typeof(long) || (type == typeof(int) && schema.Format != "int64"),
        "number" => type == typeof(decimal) || type == typeof(double),
        "boolean" => type == typeof(bool),
        _ => false,
    };

    private void Require(bool holds, string place, Type type, ContractSchema schema)
    {
        if (!holds)
        {
            problems.Add($"{place}: {type.Name} can't hold {schema.Type}{(schema.Format is null ? "" : $" ({schema.Format})")}");
        }
    }
}
