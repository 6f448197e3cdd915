using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Soracom.Sandbox.Saving;

/// <summary>
/// Reads saved states so that what is missing is found out at once. Generated formats leave null where a member is not there, and
/// whoever works with the state would stumble over it much later.
/// </summary>
internal static class StrictReading
{
    /// <summary>The same format, but that every member has to be there that can't be null.</summary>
    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> format)
    {
        var resolver = format.Options.TypeInfoResolver ?? throw new ArgumentException("The format has no resolver.", nameof(format));
        var options = new JsonSerializerOptions(format.Options)
        {
            RespectNullableAnnotations = true,
            TypeInfoResolver = resolver.WithAddedModifier(Require),
        };
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    private static void Require(JsonTypeInfo type)
    {
        // Numbers and the like have a value of their own where a state of an earlier version lacks them.
        foreach (var member in type.Properties.Where(member => member.AssociatedParameter is { IsNullable: false, HasDefaultValue: false, ParameterType.IsValueType: false }))
        {
            member.IsRequired = true;
        }
    }
}
