using System.Text.Json;

namespace Soracom.Api.Groups;

/// <summary>A group to be created (wire: CreateGroupRequest).</summary>
public sealed record NewGroup
{
    /// <summary>Settings by namespace and key, at most 8 KB; none when null.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>? Configuration { get; init; }

    /// <summary>Tags by name; the tag <c>name</c> is the display name.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A key of a configuration namespace with its whole value (wire: GroupConfigurationUpdateRequest).</summary>
public sealed record GroupSetting
{
    public required string Key { get; init; }

    /// <summary>Any JSON. It may hold passwords: not for logs.</summary>
    public required JsonElement Value { get; init; }

    public override string ToString() => $"{nameof(GroupSetting)} {Key}";
}

/// <summary>The namespaces of a group's configuration.</summary>
public static class GroupNamespace
{
    public const string Air = "SoracomAir";
    public const string Beam = "SoracomBeam";
    public const string Endorse = "SoracomEndorse";
    public const string Flux = "SoracomFlux";
    public const string Funk = "SoracomFunk";
    public const string Funnel = "SoracomFunnel";
    public const string Harvest = "SoracomHarvest";
    public const string HarvestFiles = "SoracomHarvestFiles";
    public const string Krypton = "SoracomKrypton";
    public const string Orbit = "SoracomOrbit";
    public const string UnifiedEndpoint = "UnifiedEndpoint";
}
