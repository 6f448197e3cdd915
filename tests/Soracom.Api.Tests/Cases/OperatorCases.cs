using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class OperatorCases : IApiCases
{
    private const string SomebodyElse = "OP9999999999";

    public static IEnumerable<ApiCase> All =>
    [
        new("getOperator", 200, api => api.CallAsync("getOperator", [api.Aoba.OperatorId])),
        new("getOperator", 400, api => api.CallAsync("getOperator", [SomebodyElse])),
        new("generateAuthToken", 200, api => api.CallAsync("generateAuthToken", [api.Aoba.OperatorId], body: new { tokenTimeoutSeconds = 600 })),
        new("generateAuthToken", 400, GenerateAfterExpiryAsync),
        new("revokeOperatorAuthTokens", 204, api => api.CallAsync("revokeOperatorAuthTokens", [api.Aoba.OperatorId])),
        new("revokeOperatorAuthTokens", 400, api => api.CallAsync("revokeOperatorAuthTokens", [SomebodyElse])),
        new("revokeUserAuthTokens", 204, api => api.CallAsync("revokeUserAuthTokens", [api.Aoba.OperatorId, "portal"])),
        new("revokeUserAuthTokens", 400, api => api.CallAsync("revokeUserAuthTokens", [api.Aoba.OperatorId, "nobody"])),
    ];

    private static async Task<Reply> GenerateAfterExpiryAsync(ApiCalls api)
    {
        await api.RootAsync();
        api.Clock.Advance(TimeSpan.FromDays(2));
        return await api.CallAsync("generateAuthToken", [api.Aoba.OperatorId], body: new { tokenTimeoutSeconds = 600 });
    }
}
