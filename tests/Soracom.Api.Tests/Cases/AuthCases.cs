namespace Soracom.Api.Tests.Cases;

internal sealed class AuthCases : IApiCases
{
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
    ];
}
