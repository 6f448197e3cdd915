using System.Text.Json;
using Soracom.Api.Tests.Sandbox;
using Soracom.Sandbox.Auth;

namespace Soracom.Api.Tests.Cases;

internal sealed class AuthCases : IApiCases
{
    private const string NewPassword = "a new password";

    public static IEnumerable<ApiCase> All =>
    [
        new("auth", 200, api => api.CallAsync("auth", body: new { email = api.Aoba.Email, password = api.Aoba.Password })) { About = "root user" },
        new("auth", 200, api => api.CallAsync("auth", body: new
        {
            operatorId = api.Aoba.OperatorId, userName = "portal", password = api.Aoba.User("portal").Password, tokenTimeoutSeconds = 600,
        })) { About = "SAM user" },
        new("auth", 401, api => api.CallAsync("auth", body: new { email = api.Aoba.Email, password = "wrong" })),
        new("logout", 204, api => api.CallAsync("logout")),
        new("logout", 204, api => api.CallAsync("logout", body: new { })) { About = "with an empty object" },
        new("switchUser", 200, SwitchAsync),
        new("switchUser", 400, api => api.CallAsync("switchUser", body: new { operatorId = api.Aoba.OperatorId, userName = "portal" })),
        new("issuePasswordResetToken", 200, api => api.CallAsync("issuePasswordResetToken", body: new { email = api.Aoba.Email })),
        new("issuePasswordResetToken", 400, api => api.CallAsync("issuePasswordResetToken", body: new { email = "nobody@example.com" })),
        new("verifyPasswordResetToken", 200, api => ResetAsync(api, TimeSpan.Zero)),
        new("verifyPasswordResetToken", 400, api => api.CallAsync("verifyPasswordResetToken", body: new { token = "none", password = NewPassword })),
        new("verifyPasswordResetToken", 404, api => ResetAsync(api, TimeSpan.FromHours(2))),
    ];

    private static async Task<Reply> SwitchAsync(ApiCalls api)
    {
        var root = TrustPolicy.NameOf(api.Aoba.OperatorId, userName: null);
        var trust = JsonSerializer.Serialize(new { statements = new[] { new { effect = "allow", principal = new { soracom = new[] { root } } } } });
        await api.CallAsync("updateUserTrustPolicy", [api.Aoba.OperatorId, "portal"], body: new { trustPolicy = trust });
        return await api.CallAsync("switchUser", body: new { operatorId = api.Aoba.OperatorId, userName = "portal", tokenTimeoutSeconds = 180 });
    }

    private static async Task<Reply> ResetAsync(ApiCalls api, TimeSpan later)
    {
        await api.CallAsync("issuePasswordResetToken", body: new { email = api.Aoba.Email });
        api.Clock.Advance(later);
        return await api.CallAsync("verifyPasswordResetToken", body: new { token = api.Host.Server.World.Mail.All[^1].Token, password = NewPassword });
    }
}
