namespace Soracom.Api.Tests.Cases;

internal sealed class SimMessageCases : IApiCases
{
    private const string NoSim = "8981100000000000000";

    private static readonly object Http = new { method = "GET", path = "/status" };
    private static readonly object Ssh = new { username = "root", command = "hostname", authentication = new { type = "password", password = "secret" } };
    private static readonly object Tcp = new { port = 7, payload = "aGVsbG8=", payloadEncoding = "base64", timeout = 10, connectionOptions = new { type = "wait_all" } };
    private static readonly object Udp = new { port = 9, payload = "0a0b", payloadEncoding = "hex" };
    private static readonly object Snapshot = new { command = "snapshot", path = "/public" };
    private static readonly object Sms = new { encodingType = 2, payload = "テスト" };

    public static IEnumerable<ApiCase> All =>
    [
        On("sendSmsToSim", 202, Sms),
        On("sendSmsToSim", 400, Sms, "plan-D"),
        Nowhere("sendSmsToSim", Sms),
        On("reportSimLocalInfo", 202, body: null),
        On("reportSimLocalInfo", 400, body: null, "planArc01"),
        Nowhere("reportSimLocalInfo", body: null),
        On("sendDownlinkPing", 200, new { numberOfPingRequests = 3, timeoutSeconds = 2 }),
        On("sendDownlinkHttp", 200, Http),
        On("sendDownlinkHttp", 422, new { method = "GET", path = "/", port = 81 }),
        Nowhere("sendDownlinkHttp", Http),
        On("sendDownlinkSsh", 200, Ssh),
        On("sendDownlinkSsh", 422, new { username = "root", command = "hostname", authentication = new { type = "none" } }),
        On("sendDownlinkTcp", 200, Tcp),
        On("sendDownlinkTcp", 400, new { port = 7, payload = "x", payloadEncoding = "hex" }),
        On("sendDownlinkTcp", 422, new { port = 80, payload = "x" }),
        Nowhere("sendDownlinkTcp", Tcp),
        Forbidden("sendDownlinkTcp", Tcp),
        On("sendDownlinkUdp", 204, Udp),
        On("sendDownlinkUdp", 400, new { port = 9, payload = new string('x', 1473) }),
        Nowhere("sendDownlinkUdp", Udp),
        Forbidden("sendDownlinkUdp", Udp),
        On("sendDownlinkRtsp", 200, Snapshot),
        On("sendDownlinkRtsp", 400, new { command = "snapshot", path = "public" }),
        On("sendDownlinkRtsp", 403, new { command = "snapshot", path = "/" }),
        On("sendDownlinkRtsp", 422, new { command = "snapshot", path = "/mjpeg", authentication = new { type = "basic", username = "admin", password = "x" } }),
        Nowhere("sendDownlinkRtsp", Snapshot),
    ];

    private static ApiCase On(string operation, int status, object? body, string subscription = "plan-K2") =>
        new(operation, status, async api => await api.CallAsync(operation, [await SimCases.FindAsync(api, subscription)], body: body));

    private static ApiCase Nowhere(string operation, object? body) =>
        new(operation, 404, api => api.CallAsync(operation, [NoSim], body: body));

    /// <summary>What the definition calls an authentication error is the API's own.</summary>
    private static ApiCase Forbidden(string operation, object body) => new(operation, 403, async api =>
        await api.CallAsync(operation, [await api.AnySimAsync()], body: body, caller: await api.Host.SignInAsync(api.Aoba.User("limited"))));
}
