using RestEase;
using Soracom.Api.Http;
using Soracom.Api.Users;

namespace Soracom.Api.Roles;

/// <summary>
/// Roles: permissions with a name, given to SAM users. An operator's own ones are known by an id that the operator chose, the
/// vendor's by an SRN, <c>srn:soracom:::Role:name</c>. Every operation answers 400 when the operator is not the caller's.
/// </summary>
public interface IRolesApi
{
    /// <summary>Vendor operation listRoles: the roles without their permissions. It has no pages.</summary>
    /// <param name="operatorId">The caller's operator.</param>
    /// <param name="owner">One of <see cref="RoleOwnerFilter"/>; the vendor's default is the operator's own.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listRoles"), Get("/operators/{operator_id}/roles")]
    Task<IReadOnlyList<RoleSummary>> ListRolesAsync(
        [Path("operator_id")] string operatorId,
        [Query("owner"), WireValues(typeof(RoleOwnerFilter))] string? owner = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getRole: one role with its permission. 404 when there is none.</summary>
    [SoracomOperation("getRole"), Get("/operators/{operator_id}/roles/{role_id}")]
    Task<Role> GetRoleAsync(
        [Path("operator_id")] string operatorId, [Path("role_id")] string roleId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createRole: a role of the operator's. 400 when the id is taken or the permission is none.</summary>
    [SoracomOperation("createRole"), Post("/operators/{operator_id}/roles/{role_id}")]
    Task<CreatedRole> CreateRoleAsync(
        [Path("operator_id")] string operatorId,
        [Path("role_id")] string roleId,
        [Body] CreateOrUpdateRoleRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateRole: replaces permission and description. 404 when the operator has no such role.</summary>
    [SoracomOperation("updateRole", Effect = CallEffect.Repeatable), Put("/operators/{operator_id}/roles/{role_id}")]
    Task UpdateRoleAsync(
        [Path("operator_id")] string operatorId,
        [Path("role_id")] string roleId,
        [Body] CreateOrUpdateRoleRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteRole: 400 while a user has it, 404 when the operator has no such role.</summary>
    [SoracomOperation("deleteRole"), Delete("/operators/{operator_id}/roles/{role_id}")]
    Task DeleteRoleAsync(
        [Path("operator_id")] string operatorId, [Path("role_id")] string roleId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listRoleAttachedUsers: the users that have the role. 404 when there is none.</summary>
    [SoracomOperation("listRoleAttachedUsers"), Get("/operators/{operator_id}/roles/{role_id}/users")]
    Task<IReadOnlyList<SamUser>> ListRoleAttachedUsersAsync(
        [Path("operator_id")] string operatorId, [Path("role_id")] string roleId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation listRoleVersions: what a role of the vendor's was at which time. 400 for a role of the operator's, 404 when
    /// there is none.
    /// </summary>
    [SoracomOperation("listRoleVersions"), Get("/operators/{operator_id}/roles/{role_id}/versions")]
    Task<IReadOnlyList<RoleVersion>> ListRoleVersionsAsync(
        [Path("operator_id")] string operatorId, [Path("role_id")] string roleId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listUserRoles: the roles that a user has. 404 when there is no such user.</summary>
    [SoracomOperation("listUserRoles"), Get("/operators/{operator_id}/users/{user_name}/roles")]
    Task<IReadOnlyList<Role>> ListUserRolesAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation attachRole: gives a user a role, from the next sign-in on. 400 when the user has it already or there is no
    /// such role, 404 when there is no such user.
    /// </summary>
    [SoracomOperation("attachRole"), Post("/operators/{operator_id}/users/{user_name}/roles")]
    Task AttachRoleAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Body] AttachRoleRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation detachRole: takes a role from a user. 404 when there is no such user or the user has no such role.</summary>
    [SoracomOperation("detachRole"), Delete("/operators/{operator_id}/users/{user_name}/roles/{role_id}")]
    Task DetachRoleAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Path("role_id")] string roleId,
        CancellationToken cancellationToken = default);
}
