namespace Soracom.Api.Tests.Cases;

internal sealed class EventHandlerCases : IApiCases
{
    private const string NoHandler = "00000000-0000-0000-0000-000000000000";
    private const string NoImsi = "001019999999999";

    public static IEnumerable<ApiCase> All =>
    [
        new("listEventHandlers", 200, api => api.CallAsync("listEventHandlers")),
        new("listEventHandlers", 200, api => api.CallAsync("listEventHandlers", query: "target=group")) { About = "of groups" },
        new("listEventHandlers", 400, api => api.CallAsync("listEventHandlers", query: "target=moon")),
        new("createEventHandler", 201, api => api.CallAsync("createEventHandler", body: Settings(api))),
        new("createEventHandler", 400, api => api.CallAsync("createEventHandler", body: "{}")),
        new("getEventHandler", 200, async api => await api.CallAsync("getEventHandler", [await CreateAsync(api)])),
        new("getEventHandler", 404, api => api.CallAsync("getEventHandler", [NoHandler])),
        new("updateEventHandler", 200, async api => await api.CallAsync("updateEventHandler", [await CreateAsync(api)], body: Settings(api))),
        new("updateEventHandler", 400, api => api.CallAsync("updateEventHandler", [NoHandler], body: Settings(api))),
        new("deleteEventHandler", 204, async api => await api.CallAsync("deleteEventHandler", [await CreateAsync(api)])),
        new("deleteEventHandler", 404, api => api.CallAsync("deleteEventHandler", [NoHandler])),
        new("listEventHandlersBySubscriber", 200, async api => await api.CallAsync("listEventHandlersBySubscriber", [await api.AnyImsiAsync()])),
        new("listEventHandlersBySubscriber", 404, api => api.CallAsync("listEventHandlersBySubscriber", [NoImsi])),
        new("setIgnoreEventHandler", 200, async api => await api.CallAsync("setIgnoreEventHandler", [await CreateAsync(api), await api.AnyImsiAsync()])),
        new("setIgnoreEventHandler", 404, async api => await api.CallAsync("setIgnoreEventHandler", [NoHandler, await api.AnyImsiAsync()])),
        new("deleteIgnoreEventHandler", 204, async api =>
        {
            var (handler, imsi) = (await CreateAsync(api), await api.AnyImsiAsync());
            await api.CallAsync("setIgnoreEventHandler", [handler, imsi], body: new { });
            return await api.CallAsync("deleteIgnoreEventHandler", [handler, imsi]);
        }),
        new("deleteIgnoreEventHandler", 404, async api => await api.CallAsync("deleteIgnoreEventHandler", [await CreateAsync(api), await api.AnyImsiAsync()])),
    ];

    private static async Task<string> CreateAsync(ApiCalls api) => (await api.CallAsync("createEventHandler", body: Settings(api)))["handlerId"]!;

    private static object Settings(ApiCalls api) => new
    {
        name = "速度を下げる",
        description = "with all that a web request can have",
        status = "active",
        targetOperatorId = api.Aoba.OperatorId,
        ruleConfig = new { type = "SimMonthlyTotalTrafficRule", properties = new { limitTotalTrafficMegaByte = "1024", inactiveTimeoutDateConst = "BEGINNING_OF_NEXT_MONTH", inactiveTimeoutOffsetMinutes = "0", runOnceAmongTarget = "false" } },
        actionConfigList = new object[]
        {
            new { type = "ChangeSpeedClassAction", properties = new { executionDateTimeConst = "IMMEDIATELY", speedClass = "s1.minimum" } },
            new
            {
                type = "ExecuteWebRequestAction",
                properties = new
                {
                    executionDateTimeConst = "AFTER_ONE_DAY",
                    executionOffsetMinutes = "525600",
                    url = "https://hooks.example/speed",
                    httpMethod = "POST",
                    contentType = "application/json",
                    headers = """{"X-Key":"value"}""",
                    body = """{"text":"${imsi}"}""",
                },
            },
        },
    };
}
