using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class OperatorCases : IApiCases
{
    private const string SomebodyElse = "OP9999999999";

    private static readonly object Company = new
    {
        companyName = "青葉ロジスティクス株式会社",
        contactPersonName = "佐藤 健二",
        countryCode = "JP",
        department = "運行管理課",
        phoneNumber = "03-5550-0101",
        zipCode = "143-0001",
        building = "青葉ビル",
    };

    private static readonly object Individual = new { fullName = "佐藤 健二", countryCode = "JP", phoneNumber = "03-5550-0102", zipCode = "143-0001" };

    private static readonly object Email = new { billing = new { attachInvoicePdfEnabled = false } };

    public static IEnumerable<ApiCase> All => [.. Account, .. Keys, .. SecondFactor, .. Profiles, .. Settings];

    private static IEnumerable<ApiCase> Account =>
    [
        new("getOperator", 200, api => OwnAsync(api, "getOperator")),
        new("getOperator", 400, api => api.CallAsync("getOperator", [SomebodyElse])),
        new("updateOperatorPassword", 200, api => OwnAsync(api, "updateOperatorPassword", new { currentPassword = api.Aoba.Password, newPassword = "another one" })),
        new("updateOperatorPassword", 400, api => OwnAsync(api, "updateOperatorPassword", new { currentPassword = "wrong", newPassword = "another one" })) { About = "wrong one" },
        new("updateOperatorPassword", 400, api => OwnAsync(api, "updateOperatorPassword", new { currentPassword = api.Aoba.Password, newPassword = "short" })) { About = "weak one" },
        new("generateSupportToken", 200, api => OwnAsync(api, "generateSupportToken")),
        new("generateSupportToken", 400, api => api.CallAsync("generateSupportToken", [SomebodyElse])),
        new("generateSupportToken", 403, async api => await api.CallAsync(
            "generateSupportToken", [api.Aoba.OperatorId], caller: await api.Host.SignInAsync(api.Aoba.User("portal")))),
    ];

    private static IEnumerable<ApiCase> Keys =>
    [
        new("generateAuthToken", 200, api => OwnAsync(api, "generateAuthToken", new { tokenTimeoutSeconds = 600 })),
        new("generateAuthToken", 400, GenerateAfterExpiryAsync),
        new("revokeOperatorAuthTokens", 204, api => OwnAsync(api, "revokeOperatorAuthTokens")),
        new("revokeOperatorAuthTokens", 400, api => api.CallAsync("revokeOperatorAuthTokens", [SomebodyElse])),
        new("listOperatorAuthKeys", 200, api => OwnAsync(api, "listOperatorAuthKeys")),
        new("generateOperatorAuthKey", 201, api => OwnAsync(api, "generateOperatorAuthKey")),
        new("deleteOperatorAuthKey", 204, api => api.CallAsync("deleteOperatorAuthKey", [api.Aoba.OperatorId, api.Aoba.AuthKeyId])),
    ];

    private static IEnumerable<ApiCase> SecondFactor =>
    [
        new("getMFAStatus", 200, api => OwnAsync(api, "getMFAStatus")),
        new("getMFAStatus", 400, api => api.CallAsync("getMFAStatus", [SomebodyElse])),
        new("enableMFA", 200, api => OwnAsync(api, "enableMFA")),
        new("enableMFA", 400, EnableTwiceAsync),
        new("verifyMFA", 200, EnableAsync),
        new("verifyMFA", 400, api => OwnAsync(api, "verifyMFA", new { mfaOTPCode = "000000" })),
        new("revokeMFA", 204, RevokeAsync),
        new("revokeMFA", 400, api => OwnAsync(api, "revokeMFA", new { password = api.Aoba.Password })),
        new("issueMFARevokingToken", 200, IssueAsync),
        new("issueMFARevokingToken", 400, api => api.CallAsync("issueMFARevokingToken", body: new { email = api.Aoba.Email, password = api.Aoba.Password })),
        new("issueMFARevokingToken", 404, api => api.CallAsync("issueMFARevokingToken", body: new { email = "nobody@example.com", password = "x" })),
        new("verifyMFARevokingToken", 200, api => RecoverAsync(api, api.Aoba.Password, backupCode: null)),
        new("verifyMFARevokingToken", 400, api => RecoverAsync(api, api.Aoba.Password, "wrong")),
        new("verifyMFARevokingToken", 403, api => RecoverAsync(api, "wrong", backupCode: null)),
    ];

    private static IEnumerable<ApiCase> Profiles =>
    [
        new("getCompanyInformation", 200, api => OwnAsync(api, "getCompanyInformation")),
        new("createCompanyInformation", 201, api => OnNewAccountAsync(api, "createCompanyInformation", Company)),
        new("createCompanyInformation", 400, api => OwnAsync(api, "createCompanyInformation", Company)),
        new("updateCompanyInformation", 200, api => OwnAsync(api, "updateCompanyInformation", Company)),
        new("getIndividualInformation", 404, api => OwnAsync(api, "getIndividualInformation")),
        new("getIndividualInformation", 200, GetIndividualAsync),
        new("createIndividualInformation", 201, api => OwnAsync(api, "createIndividualInformation", Individual)),
        new("updateIndividualInformation", 404, api => OwnAsync(api, "updateIndividualInformation", Individual)),
        new("updateIndividualInformation", 200, UpdateIndividualAsync),
    ];

    private static IEnumerable<ApiCase> Settings =>
    [
        new("getOperatorConfigurationNamespace", 200, api => OnAsync(api, "getOperatorConfigurationNamespace", "Support")),
        new("getOperatorConfigurationNamespace", 400, api => OnAsync(api, "getOperatorConfigurationNamespace", "Nothing")),
        new("getOperatorConfigurationNamespace", 404, api => AfterDeletingAsync(api, "getOperatorConfigurationNamespace")),
        new("setOperatorConfigurationNamespace", 200, api => OnAsync(api, "setOperatorConfigurationNamespace", "Email", new { configuration = Email, expectedVersion = 1 })),
        new("setOperatorConfigurationNamespace", 400, api => OnAsync(api, "setOperatorConfigurationNamespace", "Support", new { configuration = new { tier = "none" } })),
        new("setOperatorConfigurationNamespace", 409, api => OnAsync(api, "setOperatorConfigurationNamespace", "Email", new { configuration = Email, expectedVersion = 7 })),
        new("deleteOperatorConfigurationNamespace", 204, api => OnAsync(api, "deleteOperatorConfigurationNamespace", "Email")),
        new("deleteOperatorConfigurationNamespace", 400, api => OnAsync(api, "deleteOperatorConfigurationNamespace", "Nothing")),
        new("deleteOperatorConfigurationNamespace", 404, api => AfterDeletingAsync(api, "deleteOperatorConfigurationNamespace")),
        new("addOperatorContract", 200, api => OwnAsync(api, "addOperatorContract", new { contractName = "harvest", contractDetail = new { plan = "extended", ttl = 731 } })),
        new("addOperatorContract", 200, api => OwnAsync(api, "addOperatorContract", new { contractName = "napter" })) { About = "without details" },
        new("deleteOperatorContract", 204, api => OnAsync(api, "deleteOperatorContract", "harvest")),
        new("deleteOperatorContract", 404, api => OnAsync(api, "deleteOperatorContract", "support")),
        new("addCoverageType", 201, api => OnAsync(api, "addCoverageType", "g")),
        new("addCoverageType", 400, api => OnAsync(api, "addCoverageType", "moon")),
    ];

    private static Task<Reply> OnAsync(ApiCalls api, string operation, string value, object? body = null) =>
        api.CallAsync(operation, [api.Aoba.OperatorId, value], body: body);

    private static async Task<Reply> AfterDeletingAsync(ApiCalls api, string operation)
    {
        await OnAsync(api, "deleteOperatorConfigurationNamespace", "Email");
        return await OnAsync(api, operation, "Email");
    }

    private static async Task<Reply> GetIndividualAsync(ApiCalls api)
    {
        await OwnAsync(api, "createIndividualInformation", Individual);
        return await OwnAsync(api, "getIndividualInformation");
    }

    private static async Task<Reply> UpdateIndividualAsync(ApiCalls api)
    {
        await OwnAsync(api, "createIndividualInformation", Individual);
        return await OwnAsync(api, "updateIndividualInformation", Individual);
    }

    private static async Task<Reply> OnNewAccountAsync(ApiCalls api, string operation, object body)
    {
        var account = NewAccount.In(api.Host);
        return await api.CallAsync(operation, [account.OperatorId], body: body, caller: await api.Host.SignInAsync(NewAccount.Credentials));
    }

    private static Task<Reply> OwnAsync(ApiCalls api, string operation, object? body = null) =>
        api.CallAsync(operation, [api.Aoba.OperatorId], body: body);

    private static async Task<Reply> GenerateAfterExpiryAsync(ApiCalls api)
    {
        await api.RootAsync();
        api.Clock.Advance(TimeSpan.FromDays(2));
        return await OwnAsync(api, "generateAuthToken", new { tokenTimeoutSeconds = 600 });
    }

    private static async Task<Reply> EnableAsync(ApiCalls api)
    {
        var uri = (await OwnAsync(api, "enableMFA"))["totpUri"]!;
        return await OwnAsync(api, "verifyMFA", new { mfaOTPCode = Authenticator.Code(uri, api.Clock.GetUtcNow()) });
    }

    private static async Task<Reply> EnableTwiceAsync(ApiCalls api)
    {
        await EnableAsync(api);
        return await OwnAsync(api, "enableMFA");
    }

    private static async Task<Reply> RevokeAsync(ApiCalls api)
    {
        await EnableAsync(api);
        return await OwnAsync(api, "revokeMFA", new { password = api.Aoba.Password });
    }

    private static async Task<Reply> IssueAsync(ApiCalls api)
    {
        await EnableAsync(api);
        return await api.CallAsync("issueMFARevokingToken", body: new { email = api.Aoba.Email, password = api.Aoba.Password });
    }

    private static async Task<Reply> RecoverAsync(ApiCalls api, string password, string? backupCode)
    {
        var codes = (await EnableAsync(api)).Json.GetProperty("backupCodes");
        await api.CallAsync("issueMFARevokingToken", body: new { email = api.Aoba.Email, password = api.Aoba.Password });
        return await api.CallAsync("verifyMFARevokingToken", body: new
        {
            email = api.Aoba.Email,
            password,
            token = api.Host.Server.World.Mail.All[^1].Token,
            backupCode = backupCode ?? codes[3].GetString(),
        });
    }
}
