using System.Text.Json;
using Soracom.Api.Tests.Sandbox;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class SubscriberCases : IApiCases
{
    private const string NoImsi = "001010000000000";

    private static readonly object[] Tags = [new { tagName = "場所", tagValue = "倉庫" }, new { tagName = "a/b", tagValue = "" }];
    private static readonly object Sms = new { encodingType = 1, payload = "hello" };

    /// <summary>What needs nothing but a SIM to work.</summary>
    private static readonly (string Operation, object? Body)[] Simple =
    [
        ("getSubscriber", null), ("activateSubscriber", null), ("deactivateSubscriber", null), ("setSubscriberToStandby", null), ("suspendSubscriber", null),
        ("enableTermination", null), ("disableTermination", null), ("unsetImeiLock", null),
        ("updateSpeedClass", new { speedClass = "s1.slow" }),
        ("setExpiryTime", new { expiryTime = 4_000_000_000_000, expiryAction = "suspend" }),
        ("setImeiLock", new { imei = "001017000000013" }),
        ("putSubscriberTags", Tags),
    ];

    public static IEnumerable<ApiCase> All =>
    [
        .. Simple.Select(one => new ApiCase(one.Operation, 200, api => OnNewSimAsync(api, one.Operation, one.Body))),
        .. Simple.Select(one => new ApiCase(one.Operation, 404, api => api.CallAsync(one.Operation, [NoImsi], body: one.Body))),
        new("setSubscriberToStandby", 400, api => OnNewSimAsync(api, "setSubscriberToStandby", body: null, "plan-D")),
        new("setImeiLock", 400, api => OnNewSimAsync(api, "setImeiLock", body: null)) { About = "offline" },
        new("terminateSubscriber", 200, api => OnNewSimAsync(api, "terminateSubscriber", body: null, before: ("enableTermination", null))),
        new("terminateSubscriber", 400, api => OnNewSimAsync(api, "terminateSubscriber", body: null)) { About = "protected" },
        new("terminateSubscriber", 404, api => api.CallAsync("terminateSubscriber", [NoImsi])),
        new("setGroup", 200, api => GroupAsync(api, "setGroup")),
        new("setGroup", 404, async api => await api.CallAsync("setGroup", [NoImsi], body: new { groupId = await api.AnyGroupAsync() })),
        new("unsetGroup", 200, api => GroupAsync(api, "unsetGroup")),
        new("unsetGroup", 404, api => OnNewSimAsync(api, "unsetGroup", body: null)) { About = "in none" },
        new("unsetExpiryTime", 200, api => OnNewSimAsync(api, "unsetExpiryTime", body: null, before: ("setExpiryTime", new { expiryTime = 4_000_000_000_000 }))),
        new("unsetExpiryTime", 404, api => OnNewSimAsync(api, "unsetExpiryTime", body: null)) { About = "without one" },
        new("deleteSubscriberSession", 200, async api => await api.CallAsync("deleteSubscriberSession", [await OnlineAsync(api)])),
        new("deleteSubscriberSession", 404, api => api.CallAsync("deleteSubscriberSession", [NoImsi])),
        new("putBundles", 200, api => OnNewSimAsync(api, "putBundles", new[] { "DU-50GB" }, "plan-DU")),
        new("putBundles", 400, api => OnNewSimAsync(api, "putBundles", new[] { "DU-50GB" })),
        new("putBundles", 404, api => api.CallAsync("putBundles", [NoImsi], body: new[] { "DU-50GB" })),
        new("deleteSubscriberTag", 204, api => OnNewSimAsync(api, "deleteSubscriberTag", body: null, before: ("putSubscriberTags", Tags), more: "a/b")),
        new("deleteSubscriberTag", 404, api => OnNewSimAsync(api, "deleteSubscriberTag", body: null, more: "none")),
        new("registerSubscriber", 201, RegisterAsync),
        new("registerSubscriber", 404, api => api.CallAsync("registerSubscriber", [NoImsi], body: new { registrationSecret = "00000000" })),
        new("sendSms", 202, api => OnNewSimAsync(api, "sendSms", Sms)),
        new("sendSms", 400, api => OnNewSimAsync(api, "sendSms", Sms, "plan-D")),
        new("sendSms", 404, api => api.CallAsync("sendSms", [NoImsi], body: Sms)),
        new("sendSmsByMsisdn", 202, api => ByMsisdnAsync(api, "plan-K2")),
        new("sendSmsByMsisdn", 400, api => ByMsisdnAsync(api, "plan-D")),
        new("sendSmsByMsisdn", 404, api => api.CallAsync("sendSmsByMsisdn", ["999819999999"], body: Sms)),
        new("reportLocalInfo", 202, api => OnNewSimAsync(api, "reportLocalInfo", body: null, "plan01s")),
        new("reportLocalInfo", 400, api => OnNewSimAsync(api, "reportLocalInfo", body: null, "plan-D")),
        new("reportLocalInfo", 404, api => api.CallAsync("reportLocalInfo", [NoImsi])),
        new("subscriberDownlinkPingToUserEquipment", 200, async api =>
            await api.CallAsync("subscriberDownlinkPingToUserEquipment", [await OnlineAsync(api)], body: new { numberOfPingRequests = 3 })),
        new("listSessionEvents", 200, async api => await api.CallAsync("listSessionEvents", [await OnlineAsync(api)], "limit=2")),
        new("issueSubscriberTransferToken", 200, async api => (await OfferAsync(api)).Offer),
        new("issueSubscriberTransferToken", 400, async api => await api.CallAsync("issueSubscriberTransferToken", body: Transfer(api.Aoba, [await OnlineAsync(api)]))) { About = "to oneself" },
        new("issueSubscriberTransferToken", 404, async api => await (await NewAccountCalls.MakeAsync(api)).CallAsync("issueSubscriberTransferToken", body: Transfer(api.Aoba, [NoImsi]))),
        new("verifySubscriberTransferToken", 200, async api => await api.CallAsync("verifySubscriberTransferToken", body: new { token = (await OfferAsync(api)).Offer["token"] })),
        new("verifySubscriberTransferToken", 400, api => api.CallAsync("verifySubscriberTransferToken", body: new { token = "none" })),
        new("deleteSubscriberTransferToken", 204, CancelAsync),
        new("deleteSubscriberTransferToken", 404, api => api.CallAsync("deleteSubscriberTransferToken", ["none"])),
        new("listSubscribers", 200, api => api.CallAsync("listSubscribers", query: "limit=100")) { About = "Japan" },
        new("listSubscribers", 200, api => api.CallAsync("listSubscribers", query: "limit=5", global: true)) { About = "Global" },
        new("exportSubscribers", 200, api => api.CallAsync("exportSubscribers")),
        new("exportSubscribers", 200, api => api.CallAsync("exportSubscribers", query: "export_mode=async")) { About = "asynchronous" },
    ];

    private static async Task<Reply> OnNewSimAsync(
        ApiCalls api, string operation, object? body, string subscription = "plan-K2", (string Operation, object? Body)? before = null, string? more = null)
    {
        var account = await NewAccountCalls.MakeAsync(api);
        var imsi = await account.SimAsync(subscription);
        if (before is { } first)
        {
            Assert.Equal(200, (await account.CallAsync(first.Operation, [imsi], body: first.Body)).Status);
        }

        return await account.CallAsync(operation, more is null ? [imsi] : [imsi, more], body: body);
    }

    private static async Task<Reply> GroupAsync(ApiCalls api, string operation)
    {
        var imsi = await OnlineAsync(api);
        var groupId = await api.AnyGroupAsync();
        var joined = await api.CallAsync("setGroup", [imsi], body: new { groupId });
        return operation == "setGroup" ? joined : await api.CallAsync(operation, [imsi]);
    }

    private static async Task<Reply> RegisterAsync(ApiCalls api)
    {
        var account = await NewAccountCalls.MakeAsync(api);
        var made = await account.CallAsync("sandboxCreateSubscriber");
        return await account.CallAsync("registerSubscriber", [made["imsi"]!], body: new { registrationSecret = made["registrationSecret"], tags = new { name = "new" } });
    }

    private static object Transfer(SandboxOperator to, string[] imsis) =>
        new { transferDestinationOperatorEmail = to.Email, transferDestinationOperatorId = to.OperatorId, transferImsi = imsis };

    /// <summary>A new account that offers a SIM to Aoba.</summary>
    private static async Task<(NewAccountCalls Account, Reply Offer)> OfferAsync(ApiCalls api)
    {
        var account = await NewAccountCalls.MakeAsync(api);
        return (account, await account.CallAsync("issueSubscriberTransferToken", body: Transfer(api.Aoba, [await account.SimAsync()])));
    }

    private static async Task<Reply> CancelAsync(ApiCalls api)
    {
        var (account, offer) = await OfferAsync(api);
        return await account.CallAsync("deleteSubscriberTransferToken", [offer["token"]!]);
    }

    private static async Task<Reply> ByMsisdnAsync(ApiCalls api, string subscription)
    {
        var account = await NewAccountCalls.MakeAsync(api);
        var sim = await account.CallAsync("getSubscriber", [await account.SimAsync(subscription)]);
        return await account.CallAsync("sendSmsByMsisdn", [sim["msisdn"]!], body: Sms);
    }

    /// <summary>The IMSI of a SIM of the demo that is online.</summary>
    private static async Task<string> OnlineAsync(ApiCalls api) => (await api.CallAsync("listSubscribers", query: "limit=100")).Json.EnumerateArray()
        .First(sim => sim.GetProperty("sessionStatus") is { ValueKind: JsonValueKind.Object } session && session.GetProperty("online").GetBoolean())
        .GetProperty("imsi").GetString()!;
}
