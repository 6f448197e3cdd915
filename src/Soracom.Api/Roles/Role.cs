using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Roles;

/// <summary>A role without its permission (wire: ListRolesResponse).</summary>
public sealed record RoleSummary
{
    public required string RoleId { get; init; }

    /// <summary>The same as the id for an operator's role, the last part of the SRN for one of the vendor's.</summary>
    public string? RoleName { get; init; }

    public string? Description { get; init; }

    /// <summary>One of <see cref="RoleOwner"/>.</summary>
    [WireValues(typeof(RoleOwner))]
    public string? Owner { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public required DateTimeOffset CreateDateTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public required DateTimeOffset UpdateDateTime { get; init; }
}

/// <summary>A role (wire: RoleResponse).</summary>
public sealed record Role
{
    public required string RoleId { get; init; }

    /// <summary>The same as the id for an operator's role, the last part of the SRN for one of the vendor's.</summary>
    public string? RoleName { get; init; }

    public string? Description { get; init; }

    /// <summary>One of <see cref="RoleOwner"/>.</summary>
    [WireValues(typeof(RoleOwner))]
    public string? Owner { get; init; }

    /// <summary>A JSON document of statements, as text.</summary>
    public string? Permission { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? CreateDateTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? UpdateDateTime { get; init; }
}

/// <summary>A role of the vendor's as it was published at some time (wire: RoleVersionResponse).</summary>
public sealed record RoleVersion
{
    public required string RoleId { get; init; }

    public string? RoleName { get; init; }

    public string? Description { get; init; }

    /// <summary>One of <see cref="RoleOwner"/>.</summary>
    [WireValues(typeof(RoleOwner))]
    public string? Owner { get; init; }

    /// <summary>A JSON document of statements, as text.</summary>
    public string? Permission { get; init; }

    public long? Version { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? PublishDateTime { get; init; }
}

/// <summary>The answer of createRole (wire: CreateRoleResponse).</summary>
public sealed record CreatedRole
{
    public required string RoleId { get; init; }
}

/// <summary>The body of createRole and updateRole.</summary>
public sealed record CreateOrUpdateRoleRequest
{
    /// <summary>A JSON document of statements, as text.</summary>
    public required string Permission { get; init; }

    public string? Description { get; init; }
}

/// <summary>The body of attachRole.</summary>
public sealed record AttachRoleRequest
{
    /// <summary>The id of an operator's role, or the SRN of one of the vendor's.</summary>
    public string? RoleId { get; init; }
}

/// <summary>Values of a role's owner.</summary>
public static class RoleOwner
{
    public const string Operator = "operator";
    public const string Soracom = "soracom";
}

/// <summary>Values of listRoles' <c>owner</c>.</summary>
public static class RoleOwnerFilter
{
    public const string Operator = "operator";
    public const string Soracom = "soracom";
    public const string All = "all";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<RoleSummary>))]
[JsonSerializable(typeof(IReadOnlyList<Role>))]
[JsonSerializable(typeof(IReadOnlyList<RoleVersion>))]
[JsonSerializable(typeof(CreatedRole))]
[JsonSerializable(typeof(CreateOrUpdateRoleRequest))]
[JsonSerializable(typeof(AttachRoleRequest))]
internal sealed partial class RolesJson : JsonSerializerContext;
