using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.RemoteAccess.Doors;

namespace Soracom.Portal.Features.RemoteAccess.Policies;

/// <summary>Who may open doors to which SIMs. All that a rule names must fit; of several rules one must.</summary>
public sealed record OpenerRule
{
    /// <summary>The most rules of a tenant.</summary>
    public const int Most = 50;

    /// <summary>The longest tag, or value of one, in characters.</summary>
    public const int TagLength = 200;

    /// <summary>The role; null for every role that may open doors at all. The reseller's administrator counts as an owner.</summary>
    public TenantRole? Role { get; init; }

    /// <summary>A role of the tenant's own; null for every role.</summary>
    public Guid? CustomRole { get; init; }

    /// <summary>The person; null for everybody. It gives nobody the permission to open doors who lacks it.</summary>
    public Guid? Person { get; init; }

    /// <summary>The group's id; empty for SIMs of any group, or none.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>A tag that the SIM must have; empty for any SIM.</summary>
    public string Tag { get; init; } = string.Empty;

    /// <summary>The value that the tag must have; empty for any.</summary>
    public string Value { get; init; } = string.Empty;

    /// <summary>Whether it names nobody and nothing, so that it would let everybody open doors to every SIM, whatever other rules say.</summary>
    [JsonIgnore]
    public bool IsBlank => Role is null && CustomRole is null && Person is null && Group.Length == 0 && Tag.Length == 0;

    /// <summary>Reads rules.</summary>
    /// <param name="json">A JSON array; empty for none.</param>
    /// <returns>The rules; null where they can't be read, or say more than is known here, which fits nobody.</returns>
    public static IReadOnlyList<OpenerRule>? Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return json.Length == 0 ? [] : JsonSerializer.Deserialize(json, OpenerRuleJson.Default.IReadOnlyListOpenerRule);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <returns>A JSON array; empty for none.</returns>
    public static string Write(IReadOnlyList<OpenerRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Count == 0 ? string.Empty : JsonSerializer.Serialize(rules, OpenerRuleJson.Default.IReadOnlyListOpenerRule);
    }

    /// <summary>Whether somebody may open doors to a SIM by this rule.</summary>
    /// <param name="requester">Who.</param>
    /// <param name="sim">The SIM.</param>
    /// <returns>True when all that the rule names fits.</returns>
    public bool Fits(Requester requester, DoorSim sim)
    {
        ArgumentNullException.ThrowIfNull(requester);
        ArgumentNullException.ThrowIfNull(sim);
        return (Role is null || Role == requester.Role)
            && (CustomRole is null || CustomRole == requester.CustomRole)
            && (Person is null || Person == requester.PersonId)
            && (Group.Length == 0 || Group == sim.GroupId)
            && (Tag.Length == 0 || (sim.Tags.TryGetValue(Tag, out var value) && (Value.Length == 0 || Value == value)));
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(IReadOnlyList<OpenerRule>))]
internal sealed partial class OpenerRuleJson : JsonSerializerContext;
