using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api.Http;
using Soracom.Api.Sims;
using Soracom.Api.Tests.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

/// <summary>What goes out on the wire.</summary>
public sealed class RequestTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Theory]
    [InlineData("8981100000000000001", "8981100000000000001")]
    [InlineData("a/b c", "a%2Fb%20c")]
    [InlineData("50%25?x=1#y", "50%2525%3Fx%3D1%23y")]
    [InlineData(".", "%2E")]
    [InlineData("..", "%2E%2E")]
    [InlineData("{name}", "%7Bname%7D")]
    [InlineData("tcp://beam.soracom.io:8023", "tcp%3A%2F%2Fbeam.soracom.io%3A8023")]
    [InlineData("倉庫ゲート", "%E5%80%89%E5%BA%AB%E3%82%B2%E3%83%BC%E3%83%88")]
    [InlineData("a\\b&c*(d)!'~_-", "a%5Cb%26c%2A%28d%29%21%27~_-")]
    public async Task PathValue_ArrivesPercentEncoded_AndNotNormalised(string value, string expected)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On($"DELETE /v1/things/{expected}/keys/x%2F..%2Fy", Answers.Empty(204));

        await api.Area<IThingsApi>().DeleteAsync(value, "x/../y", Stop);

        Assert.Empty(vendor.Unexpected);
    }

    [Fact]
    public async Task PathValue_ThatIsEmpty_IsRefusedBeforeAnythingIsSent()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);

        await Assert.ThrowsAsync<ArgumentException>(() => api.Client.Sims.GetSimAsync("", Stop));

        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task Search_WithEveryParameter_SendsEachByItsName()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/query/sims", Answers.Json(200, Array.Empty<object>()));

        await api.Client.Sims.SearchSimsAsync(
            name: ["冷蔵"],
            group: ["fleet & co"],
            groupId: ["group"],
            simId: ["8981"],
            imsi: ["44010", "29505"],
            msisdn: ["8123"],
            iccid: ["8981"],
            serialNumber: ["AX"],
            tag: ["a,b"],
            bundles: ["D-500MB"],
            status: [SimStatus.Active, SimStatus.Standby],
            sessionStatus: SessionStatusFilter.Online,
            subscription: ["plan-D"],
            moduleType: [ModuleType.Nano],
            limit: 100,
            lastEvaluatedKey: "8981/2+3",
            searchType: SearchType.Or,
            cancellationToken: Stop);

        Assert.Equal(
            "name=%E5%86%B7%E8%94%B5&group=fleet%20%26%20co&group_id=group&sim_id=8981&imsi=44010&imsi=29505&msisdn=8123&iccid=8981"
            + "&serial_number=AX&tag=a%2Cb&bundles=D-500MB&status=active&status=standby&session_status=ONLINE&subscription=plan-D"
            + "&module_type=nano&limit=100&last_evaluated_key=8981%2F2%2B3&search_type=or",
            Assert.Single(vendor.Seen("GET /v1/query/sims")).Query);
    }

    [Fact]
    public async Task QueryParameters_ThatAreNull_AreLeftOut()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/query/sims", Answers.Json(200, Array.Empty<object>()));

        await api.Client.Sims.SearchSimsAsync(cancellationToken: Stop);

        Assert.Equal("/v1/query/sims", Assert.Single(vendor.Seen("GET /v1/query/sims")).RawTarget);
    }

    [Fact]
    public async Task QueryValues_AreSpeltOfNoCulture_AndNullsInListsLeftOut()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things", Answers.Empty(200));

        await api.Area<IThingsApi>().FindAsync(flag: true, at: 1_700_000_000_000, share: 0.5, names: ["a", null, ""], Stop);

        Assert.Equal("flag=true&at=1700000000000&share=0.5&name=a&name=", Assert.Single(vendor.Seen("GET /v1/things")).Query);
    }

    [Fact]
    public async Task Headers_TellKeyTokenLanguageAndProgram_ButNoTraceId()
    {
        using var trace = new Activity("a page of the portal").SetIdFormat(ActivityIdFormat.W3C).Start();
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981", Answers.Json(200, WireSims.Of("8981")));

        await api.Client.Sims.GetSimAsync("8981", Stop);

        var call = Assert.Single(vendor.Seen("GET /v1/sims/8981"));
        Assert.Equal("api-1", call.Header("X-Soracom-API-Key"));
        Assert.Equal("token-1", call.Header("X-Soracom-Token"));
        Assert.Equal("en", call.Header("X-Soracom-Lang"));
        Assert.Equal("application/json", call.Header("Accept"));
        Assert.Matches(@"^soracom-portal/\d+\.\d+\.\d+$", call.Header("User-Agent"));
        Assert.Null(call.Header("traceparent"));
        Assert.Null(call.Header("Cookie"));
    }

    [Fact]
    public async Task Language_OfAClient_GoesAlongWithEachOfItsCalls()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981", Answers.Json(200, WireSims.Of("8981")));

        await api.Factory.For(TestApi.Account(), language: SoracomLanguage.Japanese).Sims.GetSimAsync("8981", Stop);
        await api.Factory.For(TestApi.Account(), language: SoracomLanguage.English).Sims.GetSimAsync("8981", Stop);

        Assert.Equal(["ja", "en"], vendor.Seen("GET /v1/sims/8981").Select(call => call.Header("X-Soracom-Lang")));
    }

    [Fact]
    public async Task Cookies_OfOneTenantsAnswer_DoNotReachAnother()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981", Answers.Json(200, WireSims.Of("8981"), ("Set-Cookie", "tenant=first")));

        await api.Factory.For(TestApi.Account("first")).Sims.GetSimAsync("8981", Stop);
        await api.Factory.For(TestApi.Account("second")).Sims.GetSimAsync("8981", Stop);

        Assert.All(vendor.Requests, call => Assert.Null(call.Header("Cookie")));
    }

    [Fact]
    public async Task Coverage_OfTheAccount_DecidesTheEndpoint()
    {
        await using var japan = await ScriptedVendor.StartAsync(Stop);
        await using var global = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(japan.Address, global.Address);
        japan.On("GET /v1/sims/8981", Answers.Json(200, WireSims.Of("8981")));
        global.On("GET /v1/sims/8942", Answers.Json(200, WireSims.Of("8942")));

        await api.Factory.For(TestApi.Account(coverage: SoracomCoverage.Japan)).Sims.GetSimAsync("8981", Stop);
        await api.Factory.For(TestApi.Account(coverage: SoracomCoverage.Global)).Sims.GetSimAsync("8942", Stop);

        Assert.Equal(["POST /v1/auth", "GET /v1/sims/8981"], japan.Requests.Select(call => call.Name));
        Assert.Equal(["POST /v1/auth", "GET /v1/sims/8942"], global.Requests.Select(call => call.Name));
    }

    [Fact]
    public async Task Endpoint_WithAPath_KeepsItInFrontOfTheVersion()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(new Uri(vendor.Address, "/behind/proxy/"));
        vendor.On("POST /behind/proxy/v1/auth", vendor.SignInAsync);
        vendor.On("GET /behind/proxy/v1/sims/8981", Answers.Json(200, WireSims.Of("8981")));

        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.Empty(vendor.Unexpected);
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var elsewhere = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981", Answers.Empty(302, ("Location", new Uri(elsewhere.Address, "/v1/sims/8981").AbsoluteUri)));

        var failure = await Assert.ThrowsAsync<Api.Errors.SoracomProtocolException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.Equal(302, (int?)failure.Status);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Handlers_OfTheHost_SeeOperationAccountAndPriorityOnTheRequest()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        var spy = new SpyHandler();
        await using var api = new TestApi(vendor.Address, http: builder => builder.AddHttpMessageHandler(() => spy));
        vendor.On("GET /v1/sims/8981", Answers.Json(200, WireSims.Of("8981")));

        await api.Factory.For(TestApi.Account("key:7"), CallPriority.Background).Sims.GetSimAsync("8981", Stop);

        Assert.Equal(
            [("auth", null, CallPriority.Interactive, 1), ("getSim", "key:7", CallPriority.Background, 1)],
            spy.Seen);
    }

    [Fact]
    public async Task Method_WithoutAnOperationId_CanNotBeCalled()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);

        await Assert.ThrowsAsync<InvalidOperationException>(() => api.Area<IThingsApi>().UnnamedAsync(Stop));
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task Method_ThatAnswersRawText_CanNotBeCalled()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);

        await Assert.ThrowsAsync<NotSupportedException>(() => api.Area<IThingsApi>().RawAsync(Stop));
        Assert.Empty(vendor.Requests);
    }

    private sealed class SpyHandler : DelegatingHandler
    {
        public List<(string? Operation, string? Account, CallPriority Priority, int Attempt)> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.True(request.Options.TryGetValue(SoracomRequestInfo.Key, out var info));
            Seen.Add((info.OperationId, info.AccountKey, info.Priority, info.Attempt));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
