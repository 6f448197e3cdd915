using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Users;

/// <summary>
/// SAM users: people and programs that sign in to an operator's account with rights of their own. Rights are JSON documents in
/// strings; a change of them counts from a user's next sign-in on. Every operation answers 400 when the operator is not the caller's.
/// </summary>
public interface IUsersApi
{
    /// <summary>Vendor operation listUsers: all SAM users with their AuthKeys and roles. It has no pages.</summary>
    [SoracomOperation("listUsers"), Get("/operators/{operator_id}/users")]
    Task<IReadOnlyList<SamUser>> ListUsersAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getUser: one SAM user. 404 when there is none of that name.</summary>
    [SoracomOperation("getUser"), Get("/operators/{operator_id}/users/{user_name}")]
    Task<SamUser> GetUserAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation createUser: a SAM user, who can do nothing until there is a credential and a permission. 400 when the name
    /// is taken or is none.
    /// </summary>
    [SoracomOperation("createUser"), Post("/operators/{operator_id}/users/{user_name}")]
    Task CreateUserAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Body] CreateUserRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateUser: changes the description, the only thing that can be. 404 when there is no such user.</summary>
    [SoracomOperation("updateUser", Effect = CallEffect.Repeatable), Put("/operators/{operator_id}/users/{user_name}")]
    Task UpdateUserAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Body] UpdateUserRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteUser: removes a SAM user with all credentials. 404 when there is none of that name.</summary>
    [SoracomOperation("deleteUser"), Delete("/operators/{operator_id}/users/{user_name}")]
    Task DeleteUserAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listUserAuthKeys: a user's AuthKeys, without their secrets.</summary>
    [SoracomOperation("listUserAuthKeys"), Get("/operators/{operator_id}/users/{user_name}/auth_keys")]
    Task<IReadOnlyList<AuthKeyInfo>> ListUserAuthKeysAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getUserAuthKey: one AuthKey, without its secret. 404 when there is none of that id.</summary>
    [SoracomOperation("getUserAuthKey"), Get("/operators/{operator_id}/users/{user_name}/auth_keys/{auth_key_id}")]
    Task<AuthKeyInfo> GetUserAuthKeyAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Path("auth_key_id")] string authKeyId,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation generateUserAuthKey: a new AuthKey. Its secret is in this answer and never again.</summary>
    [SoracomOperation("generateUserAuthKey"), Post("/operators/{operator_id}/users/{user_name}/auth_keys")]
    Task<NewAuthKey> GenerateUserAuthKeyAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteUserAuthKey: nobody signs in with it any more. 404 when there is none of that id.</summary>
    [SoracomOperation("deleteUserAuthKey"), Delete("/operators/{operator_id}/users/{user_name}/auth_keys/{auth_key_id}")]
    Task DeleteUserAuthKeyAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Path("auth_key_id")] string authKeyId,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation hasUserPassword: whether the user can sign in with a password.</summary>
    [SoracomOperation("hasUserPassword"), Get("/operators/{operator_id}/users/{user_name}/password")]
    Task<UserPasswordState> HasUserPasswordAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createUserPassword: a first password. 400 when there is one already or it is too weak.</summary>
    [SoracomOperation("createUserPassword"), Post("/operators/{operator_id}/users/{user_name}/password")]
    Task CreateUserPasswordAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Body] CreateUserPasswordRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateUserPassword: another password. 400 when the current one is wrong or the new one too weak.</summary>
    [SoracomOperation("updateUserPassword"), Put("/operators/{operator_id}/users/{user_name}/password")]
    Task UpdateUserPasswordAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Body] UpdatePasswordRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteUserPassword: no more signing in with a password. 404 when there is none.</summary>
    [SoracomOperation("deleteUserPassword"), Delete("/operators/{operator_id}/users/{user_name}/password")]
    Task DeleteUserPasswordAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getUserPermission: the permission that the user has directly, not by roles or default.</summary>
    [SoracomOperation("getUserPermission"), Get("/operators/{operator_id}/users/{user_name}/permission")]
    Task<UserPermission> GetUserPermissionAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateUserPermission: replaces that permission. 400 when it is no permission document.</summary>
    [SoracomOperation("updateUserPermission", Effect = CallEffect.Repeatable), Put("/operators/{operator_id}/users/{user_name}/permission")]
    Task UpdateUserPermissionAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Body] SetUserPermissionRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteUserPermission: takes that permission away. 400 when there is no such user.</summary>
    [SoracomOperation("deleteUserPermission", Effect = CallEffect.Repeatable), Delete("/operators/{operator_id}/users/{user_name}/permission")]
    Task DeleteUserPermissionAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getUserTrustPolicy: who may switch to this user. 400 when there is no such user or policy.</summary>
    [SoracomOperation("getUserTrustPolicy"), Get("/operators/{operator_id}/users/{user_name}/trust_policy")]
    Task<UserTrustPolicy> GetUserTrustPolicyAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation updateUserTrustPolicy: lets others, of other operators too, act with this user's rights. 400 when it is no
    /// trust policy.
    /// </summary>
    [SoracomOperation("updateUserTrustPolicy", Effect = CallEffect.Repeatable), Put("/operators/{operator_id}/users/{user_name}/trust_policy")]
    Task UpdateUserTrustPolicyAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Body] UserTrustPolicy request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteUserTrustPolicy: nobody may switch to this user any more. 400 when there is no such user.</summary>
    [SoracomOperation("deleteUserTrustPolicy", Effect = CallEffect.Repeatable), Delete("/operators/{operator_id}/users/{user_name}/trust_policy")]
    Task DeleteUserTrustPolicyAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getUserMFAStatus: whether the user's password sign-in needs a second factor. 400 when there is no such user.</summary>
    [SoracomOperation("getUserMFAStatus"), Get("/operators/{operator_id}/users/{user_name}/mfa")]
    Task<MfaState> GetUserMFAStatusAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation enableUserMFA: begins a second factor, which counts once verified. 400 when there is one already.</summary>
    [SoracomOperation("enableUserMFA"), Post("/operators/{operator_id}/users/{user_name}/mfa")]
    Task<MfaSecret> EnableUserMFAAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation verifyUserMFA: ends the beginning with a first code. 400 when it is wrong or nothing was begun.</summary>
    [SoracomOperation("verifyUserMFA"), Post("/operators/{operator_id}/users/{user_name}/mfa/verify")]
    Task VerifyUserMFAAsync(
        [Path("operator_id")] string operatorId,
        [Path("user_name")] string userName,
        [Body] MfaCode request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation revokeUserMFA: ends the second factor. 400 when there is none.</summary>
    [SoracomOperation("revokeUserMFA"), Delete("/operators/{operator_id}/users/{user_name}/mfa")]
    Task RevokeUserMFAAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation revokeUserAuthTokens: ends every API key of the user at once. 400 when there is no such user.</summary>
    [SoracomOperation("revokeUserAuthTokens", Effect = CallEffect.Repeatable), Delete("/operators/{operator_id}/users/{user_name}/tokens")]
    Task RevokeUserAuthTokensAsync(
        [Path("operator_id")] string operatorId, [Path("user_name")] string userName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getDefaultPermissions: what every SAM user may do besides their own. 403 without the privilege.</summary>
    [SoracomOperation("getDefaultPermissions"), Get("/operators/{operator_id}/users/default_permissions")]
    Task<DefaultPermissions> GetDefaultPermissionsAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateDefaultPermissions: replaces it. 400 when it is no permission document, 403 without the privilege.</summary>
    [SoracomOperation("updateDefaultPermissions", Effect = CallEffect.Repeatable), Put("/operators/{operator_id}/users/default_permissions")]
    Task UpdateDefaultPermissionsAsync(
        [Path("operator_id")] string operatorId, [Body] UpdateDefaultPermissionsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteDefaultPermissions: takes it away. 403 without the privilege.</summary>
    [SoracomOperation("deleteDefaultPermissions", Effect = CallEffect.Repeatable), Delete("/operators/{operator_id}/users/default_permissions")]
    Task DeleteDefaultPermissionsAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);
}
