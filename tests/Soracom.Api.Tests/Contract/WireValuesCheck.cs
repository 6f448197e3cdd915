using System.Reflection;
using Soracom.Api.Http;

namespace Soracom.Api.Tests.Contract;

/// <summary>
/// Holds the known values of a wire string against the definition's enumeration. What a caller chooses among must be named;
/// of what an answer may hold it is enough that what is named exists.
/// </summary>
internal static class WireValuesCheck
{
    public static IEnumerable<string> Problems(WireValuesAttribute? attribute, ContractSchema schema, bool mustBeNamed, string place)
    {
        if (attribute is null)
        {
            return mustBeNamed && schema is { Type: "string", Values.Count: > 1 }
                ? [$"{place} is one of {string.Join(", ", schema.Values)}; name the class of these values with [WireValues]"]
                : [];
        }

        var known = attribute.Values.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet(StringComparer.Ordinal);
        var missing = schema.Values.Where(value => !known.Contains(value)).Select(value => $"{place}: {attribute.Values.Name} lacks '{value}'");
        var invented = known
            .Where(value => schema.Values.Count > 0 && !attribute.AreMore && !schema.Values.Contains(value, StringComparer.Ordinal))
            .Select(value => $"{place}: {attribute.Values.Name} has '{value}', which the definition lacks");
        return missing.Concat(invented);
    }
}
