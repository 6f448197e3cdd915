using System.Text.Json;
using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class EmailCases : IApiCases
{
    private const string New = "notices@aoba.example";

    public static IEnumerable<ApiCase> All =>
    [
        new("listEmails", 200, api => api.CallAsync("listEmails", [api.Aoba.OperatorId])),
        new("listEmails", 400, async api => await api.CallAsync("listEmails", [api.Aoba.OperatorId], caller: await api.Host.SignInAsync(api.Aoba.User("portal")))),
        new("getEmail", 200, async api => await api.CallAsync("getEmail", [api.Aoba.OperatorId, Id(await AllAsync(api), 0)])),
        new("deleteEmail", 204, async api => await api.CallAsync("deleteEmail", [api.Aoba.OperatorId, Id(await AllAsync(api), 1)])),
        new("deleteEmail", 400, async api => await api.CallAsync("deleteEmail", [api.Aoba.OperatorId, Id(await AllAsync(api), 0)])) { About = "the root user's" },
        new("issueAddEmailToken", 200, api => AskAsync(api, New)),
        new("issueAddEmailToken", 400, api => AskAsync(api, "no address")) { About = "no address" },
        new("issueAddEmailToken", 400, FillAsync) { About = "too many" },
        new("verifyAddEmailToken", 200, api => AddAsync(api, New, TimeSpan.Zero)),
        new("verifyAddEmailToken", 400, api => AddAsync(api, New, TimeSpan.FromDays(2))),
    ];

    private static async Task<JsonElement> AllAsync(ApiCalls api) => (await api.CallAsync("listEmails", [api.Aoba.OperatorId])).Json;

    private static string Id(JsonElement emails, int index) => emails[index].GetProperty("emailId").GetString()!;

    private static Task<Reply> AskAsync(ApiCalls api, string email) =>
        api.CallAsync("issueAddEmailToken", body: new { email, password = api.Aoba.Password });

    private static async Task<Reply> AddAsync(ApiCalls api, string email, TimeSpan later)
    {
        await AskAsync(api, email);
        api.Clock.Advance(later);
        var reply = await api.CallAsync("verifyAddEmailToken", body: new { token = api.Host.Server.World.Mail.All[^1].Token });
        if (reply.Status == 200)
        {
            Assert.Equal(email, (await api.Host.GetAsync($"/v1/operators/{api.Aoba.OperatorId}/emails", await api.RootAsync())).Json.EnumerateArray().Last().GetProperty("email").GetString());
        }

        return reply;
    }

    private static async Task<Reply> FillAsync(ApiCalls api)
    {
        for (var count = (await AllAsync(api)).GetArrayLength(); count < 10; count++)
        {
            await AddAsync(api, $"notices{count}@aoba.example", TimeSpan.Zero);
        }

        return await AskAsync(api, New);
    }
}
