using System.Globalization;
using System.Text.Json;

namespace Soracom.Api.Tests.Contract;

/// <summary>
/// Holds a JSON value against a schema and tells what is wrong with it, place by place: a member that the definition does not
/// have, a wrong type, an unlisted value, a required member that is missing. A null stands for a member that is not there.
/// </summary>
internal static class SchemaCheck
{
    public static IReadOnlyList<string> Problems(JsonElement value, ContractSchema schema)
    {
        var problems = new List<string>();
        Check(value, schema, "$", problems);
        return problems;
    }

    private static void Check(JsonElement value, ContractSchema named, string place, List<string> problems)
    {
        var schema = ApiContract.Resolve(named);
        if (schema.Any.Count > 0)
        {
            if (!schema.Any.Any(one => Problems(value, one).Count == 0))
            {
                problems.Add($"{place} is none of what it may be");
            }

            return;
        }

        if (!HasType(value, schema))
        {
            problems.Add($"{place} is {Describe(value)}, not {schema.Type}{(schema.Format is null ? "" : $" ({schema.Format})")}");
            return;
        }

        if (schema.Values.Count > 0 && !schema.Values.Contains(value.ToString(), StringComparer.Ordinal))
        {
            problems.Add($"{place} is '{value}', which is not one of {string.Join(", ", schema.Values)}");
        }

        if (value.ValueKind == JsonValueKind.Object && schema.Type == "object")
        {
            CheckObject(value, schema, place, problems);
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.Items is { } items)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(item, items, string.Create(CultureInfo.InvariantCulture, $"{place}[{index++}]"), problems);
            }
        }
    }

    private static void CheckObject(JsonElement value, ContractSchema schema, string place, List<string> problems)
    {
        // "object" and no more says nothing of what is in it.
        var open = schema.Properties.Count == 0 && schema.Map is null && !schema.Closed;
        foreach (var member in value.EnumerateObject())
        {
            var known = schema.Properties.GetValueOrDefault(member.Name) ?? schema.Map;
            if (known is null)
            {
                if (!open)
                {
                    problems.Add($"{place}.{member.Name} is not in the definition");
                }
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                Check(member.Value, known, $"{place}.{member.Name}", problems);
            }
        }

        problems.AddRange(schema.Required
            .Where(name => !value.TryGetProperty(name, out var member)
                || (member.ValueKind == JsonValueKind.Null && !ApiContract.Resolve(schema.Properties[name]).Nullable))
            .Select(name => $"{place}.{name} is missing"));
    }

    private static bool HasType(JsonElement value, ContractSchema schema) => schema.Type switch
    {
        "string" => value.ValueKind == JsonValueKind.String && HasFormat(value.GetString()!, schema.Format),
        "integer" => value.ValueKind == JsonValueKind.Number && (schema.Format == "int32" ? value.TryGetInt32(out _) : value.TryGetInt64(out _)),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "any" => true,
        _ => throw new InvalidOperationException($"There is no type {schema.Type}."),
    };

    private static bool HasFormat(string text, string? format) => format switch
    {
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && text.Contains('T', StringComparison.Ordinal),
        "yyyyMM" or "yyyyMMdd" or "yyyyMMddHHmmss" =>
            DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => $"the number {value}",
        JsonValueKind.String => $"the string '{value}'",
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };
}
