using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class SandboxAccountCases : IApiCases
{
    private const string NoImsi = "001010000000000";

    private static readonly object Key = new { authKeyId = "keyId-of-production", authKey = "secret-of-production" };

    private static readonly object Air = new
    {
        unixtime = 1_700_000_000,
        dataTrafficStatsMap = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["s1.fast"] = new { uploadByteSizeTotal = 10, downloadByteSizeTotal = 20, uploadPacketSizeTotal = 1, downloadPacketSizeTotal = 2 },
        },
    };

    private static readonly object Beam = new { unixtime = 1_700_000_000, beamStatsMap = new { inHttp = new { count = 3 }, outMqtts = new { count = 2 } } };

    public static IEnumerable<ApiCase> All =>
    [
        new("sandboxInitializeOperator", 201, api => api.CallAsync("sandboxInitializeOperator", body: NewAccountCalls.Operator)),
        new("sandboxInitializeOperator", 400, async api =>
        {
            await NewAccountCalls.MakeAsync(api);
            return await api.CallAsync("sandboxInitializeOperator", body: NewAccountCalls.Operator);
        }) { About = "twice" },
        new("sandboxGetSignupToken", 200, api => api.CallAsync("sandboxGetSignupToken", [api.Aoba.Email], body: Key)),
        new("sandboxGetSignupToken", 400, api => api.CallAsync("sandboxGetSignupToken", ["nobody@made.example"], body: Key)),
        new("sandboxDeleteOperator", 200, async api =>
        {
            var account = await NewAccountCalls.MakeAsync(api);
            return await account.CallAsync("sandboxDeleteOperator", [account.OperatorId]);
        }),
        new("sandboxDeleteOperator", 400, api => api.CallAsync("sandboxDeleteOperator", [api.Aoba.OperatorId])) { About = "of the demo" },
        new("sandboxShipOrder", 200, async api =>
        {
            var account = await NewAccountCalls.MakeAsync(api);
            return await account.CallAsync("sandboxShipOrder", body: new { orderId = await account.OrderAsync(), operatorId = account.OperatorId });
        }),
        new("sandboxShipOrder", 400, api => api.CallAsync("sandboxShipOrder", body: new { orderId = "none", operatorId = api.Aoba.OperatorId })),
        new("sandboxCreateSubscriber", 200, api => api.CallAsync("sandboxCreateSubscriber")) { About = "without a body" },
        new("sandboxCreateSubscriber", 200, api => api.CallAsync("sandboxCreateSubscriber", body: new { subscription = "plan-D", bundles = new[] { "D-500MB" } })),
        new("sandboxInsertAirStats", 200, api => WithSimAsync(api, "sandboxInsertAirStats", Air, times: 1)),
        new("sandboxInsertAirStats", 400, api => WithSimAsync(api, "sandboxInsertAirStats", Air, times: 2)),
        new("sandboxInsertAirStats", 404, api => api.CallAsync("sandboxInsertAirStats", [NoImsi], body: Air)),
        new("sandboxInsertBeamStats", 200, api => WithSimAsync(api, "sandboxInsertBeamStats", Beam, times: 1)),
        new("sandboxInsertBeamStats", 400, api => WithSimAsync(api, "sandboxInsertBeamStats", Beam, times: 2)),
        new("sandboxCreateCoupon", 200, api => api.CallAsync("sandboxCreateCoupon", body: new { amount = 1000, applicableBillItemName = "dailyChargeTotal", expiryYearMonth = "209912" })),
        new("sandboxCreateCoupon", 400, api => api.CallAsync("sandboxCreateCoupon", body: new { amount = 1000, expiryYearMonth = "202001" })),
    ];

    private static async Task<Reply> WithSimAsync(ApiCalls api, string operation, object body, int times)
    {
        var account = await NewAccountCalls.MakeAsync(api);
        var imsi = await account.SimAsync();
        for (var i = 1; i < times; i++)
        {
            Assert.Equal(200, (await account.CallAsync(operation, [imsi], body: body)).Status);
        }

        return await account.CallAsync(operation, [imsi], body: body);
    }
}
