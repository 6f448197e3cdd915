using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class UserCases : IApiCases
{
    private const string Nobody = "nobody";
    private const string Somebody = "portal";
    private const string Permission = """{"statements":[{"effect":"allow","api":["Sim:list*","Group:*"]},{"effect":"deny","api":"Group:deleteGroup","condition":"currentDate >= date(2020, 1, 1)"}]}""";
    private const string Trust = """{"statements":[{"effect":"allow","principal":{"soracom":["srn:soracom:OP0123456789::User:accounting"]}}]}""";

    public static IEnumerable<ApiCase> All => [.. Users, .. AuthKeys, .. Passwords, .. Documents, .. SecondFactor, .. Defaults];

    private static IEnumerable<ApiCase> Users =>
    [
        new("listUsers", 200, api => api.CallAsync("listUsers", [api.Aoba.OperatorId])),
        new("getUser", 200, api => OnAsync(api, "getUser", Somebody)),
        new("createUser", 201, api => OnAsync(api, "createUser", "yamada.taro", new { description = "山田 太郎" })),
        new("createUser", 400, api => OnAsync(api, "createUser", Somebody, new { })) { About = "taken" },
        new("createUser", 400, api => OnAsync(api, "createUser", "a b", new { })) { About = "no name" },
        new("updateUser", 200, api => OnAsync(api, "updateUser", Somebody, new { description = "ポータル" })),
        new("updateUser", 404, api => OnAsync(api, "updateUser", Nobody, new { description = "" })),
        new("deleteUser", 204, api => OnAsync(api, "deleteUser", Somebody)),
        new("deleteUser", 404, api => OnAsync(api, "deleteUser", Nobody)),
    ];

    private static IEnumerable<ApiCase> AuthKeys =>
    [
        new("listUserAuthKeys", 200, api => OnAsync(api, "listUserAuthKeys", Somebody)),
        new("getUserAuthKey", 200, api => api.CallAsync("getUserAuthKey", [api.Aoba.OperatorId, Somebody, api.Aoba.User(Somebody).AuthKeyId])),
        new("generateUserAuthKey", 200, api => OnAsync(api, "generateUserAuthKey", Somebody)),
        new("generateUserAuthKey", 200, api => OnAsync(api, "generateUserAuthKey", Somebody, new { })) { About = "with an empty object" },
        new("deleteUserAuthKey", 204, api => api.CallAsync("deleteUserAuthKey", [api.Aoba.OperatorId, Somebody, api.Aoba.User(Somebody).AuthKeyId])),
        new("deleteUserAuthKey", 404, api => api.CallAsync("deleteUserAuthKey", [api.Aoba.OperatorId, Somebody, "keyId-none"])),
    ];

    private static IEnumerable<ApiCase> Passwords =>
    [
        new("hasUserPassword", 200, api => OnAsync(api, "hasUserPassword", Somebody)),
        new("createUserPassword", 201, CreatePasswordAsync),
        new("updateUserPassword", 200, api => OnAsync(api, "updateUserPassword", Somebody, new { currentPassword = api.Aoba.User(Somebody).Password, newPassword = "another one" })),
        new("deleteUserPassword", 204, api => OnAsync(api, "deleteUserPassword", Somebody)),
        new("deleteUserPassword", 404, DeletePasswordTwiceAsync),
    ];

    private static IEnumerable<ApiCase> Documents =>
    [
        new("getUserPermission", 200, api => OnAsync(api, "getUserPermission", Somebody)),
        new("updateUserPermission", 200, api => OnAsync(api, "updateUserPermission", Somebody, new { permission = Permission })),
        new("deleteUserPermission", 204, api => OnAsync(api, "deleteUserPermission", Somebody)),
        new("deleteUserPermission", 400, api => OnAsync(api, "deleteUserPermission", Nobody)),
        new("getUserTrustPolicy", 200, api => OnAsync(api, "getUserTrustPolicy", Somebody)),
        new("getUserTrustPolicy", 400, api => OnAsync(api, "getUserTrustPolicy", Nobody)),
        new("updateUserTrustPolicy", 204, api => OnAsync(api, "updateUserTrustPolicy", Somebody, new { trustPolicy = Trust })),
        new("updateUserTrustPolicy", 400, api => OnAsync(api, "updateUserTrustPolicy", Somebody, new { trustPolicy = "{}" })),
        new("deleteUserTrustPolicy", 204, api => OnAsync(api, "deleteUserTrustPolicy", Somebody)),
        new("deleteUserTrustPolicy", 400, api => OnAsync(api, "deleteUserTrustPolicy", Nobody)),
        new("revokeUserAuthTokens", 204, api => OnAsync(api, "revokeUserAuthTokens", Somebody)),
        new("revokeUserAuthTokens", 400, api => OnAsync(api, "revokeUserAuthTokens", Nobody)),
    ];

    private static IEnumerable<ApiCase> SecondFactor =>
    [
        new("getUserMFAStatus", 200, api => OnAsync(api, "getUserMFAStatus", Somebody)),
        new("getUserMFAStatus", 400, api => OnAsync(api, "getUserMFAStatus", Nobody)),
        new("enableUserMFA", 200, api => OnAsync(api, "enableUserMFA", Somebody)),
        new("enableUserMFA", 400, EnableMfaTwiceAsync),
        new("verifyUserMFA", 204, VerifyMfaAsync),
        new("verifyUserMFA", 400, api => OnAsync(api, "verifyUserMFA", Somebody, new { mfaOTPCode = "000000" })),
        new("revokeUserMFA", 204, RevokeMfaAsync),
        new("revokeUserMFA", 400, api => OnAsync(api, "revokeUserMFA", Somebody)),
    ];

    private static IEnumerable<ApiCase> Defaults =>
    [
        new("getDefaultPermissions", 200, api => api.CallAsync("getDefaultPermissions", [api.Aoba.OperatorId])),
        new("getDefaultPermissions", 403, async api => await UnprivilegedAsync(api, "getDefaultPermissions")),
        new("getDefaultPermissions", 404, api => api.CallAsync("getDefaultPermissions", ["OP9999999999"])),
        new("updateDefaultPermissions", 202, api => api.CallAsync("updateDefaultPermissions", [api.Aoba.OperatorId], body: new { permissions = Permission })),
        new("updateDefaultPermissions", 400, api => api.CallAsync("updateDefaultPermissions", [api.Aoba.OperatorId], body: new { permissions = "[]" })),
        new("updateDefaultPermissions", 403, async api => await UnprivilegedAsync(api, "updateDefaultPermissions", new { permissions = Permission })),
        new("deleteDefaultPermissions", 204, api => api.CallAsync("deleteDefaultPermissions", [api.Aoba.OperatorId])),
        new("deleteDefaultPermissions", 403, async api => await UnprivilegedAsync(api, "deleteDefaultPermissions")),
        new("deleteDefaultPermissions", 404, api => api.CallAsync("deleteDefaultPermissions", ["OP9999999999"])),
    ];

    private static Task<Reply> OnAsync(ApiCalls api, string operation, string userName, object? body = null) =>
        api.CallAsync(operation, [api.Aoba.OperatorId, userName], body: body);

    private static async Task<Reply> UnprivilegedAsync(ApiCalls api, string operation, object? body = null)
    {
        await OnAsync(api, "updateUserPermission", Somebody, new { permission = """{"statements":[]}""" });
        return await api.CallAsync(operation, [api.Aoba.OperatorId], body: body, caller: await api.Host.SignInAsync(api.Aoba.User(Somebody)));
    }

    private static async Task<Reply> CreatePasswordAsync(ApiCalls api)
    {
        await OnAsync(api, "createUser", "yamada.taro", new { });
        return await OnAsync(api, "createUserPassword", "yamada.taro", new { password = "correct horse" });
    }

    private static async Task<Reply> DeletePasswordTwiceAsync(ApiCalls api)
    {
        await OnAsync(api, "deleteUserPassword", Somebody);
        return await OnAsync(api, "deleteUserPassword", Somebody);
    }

    private static async Task<Reply> VerifyMfaAsync(ApiCalls api)
    {
        var uri = (await OnAsync(api, "enableUserMFA", Somebody))["totpUri"]!;
        return await OnAsync(api, "verifyUserMFA", Somebody, new { mfaOTPCode = Authenticator.Code(uri, api.Clock.GetUtcNow()) });
    }

    private static async Task<Reply> EnableMfaTwiceAsync(ApiCalls api)
    {
        await VerifyMfaAsync(api);
        return await OnAsync(api, "enableUserMFA", Somebody);
    }

    private static async Task<Reply> RevokeMfaAsync(ApiCalls api)
    {
        await VerifyMfaAsync(api);
        return await OnAsync(api, "revokeUserMFA", Somebody);
    }
}
