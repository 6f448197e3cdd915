using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.AuditLogs;

public sealed class ApiAuditTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTime clock = new();

    [Fact]
    public async Task Log_HasEveryCallThatChanges_RefusedOnesToo_AndNoOther()
    {
        await using var host = await StartAsync();
        var root = await host.SignInAsync(host.Aoba);
        var limited = await host.SignInAsync(host.Aoba.User("limited"));
        var group = (await host.PostAsync("/v1/groups", new { }, root))["groupId"];
        await host.GetAsync("/v1/groups", root);
        await host.SendAsync(HttpMethod.Put, $"/v1/groups/{group}/tags", root, "{}");
        (await host.PostAsync("/v1/groups", new { }, limited)).Refused(403);
        await host.PostAsync("/v1/auth/logout", body: null, limited);

        var log = await host.GetAllAsync($"/v1/audit_logs/api?from_epoch_ms={Start.ToUnixTimeMilliseconds()}&limit=2", root);

        Assert.Equal(
            [
                ("/v1/auth/logout", "/v1/auth/logout", "limited", 204),
                ("/v1/groups/{group_id}/tags", $"/v1/groups/{group}/tags", "", 400),
                ("/v1/groups", "/v1/groups", "", 201),
            ],
            log.Select(entry => (entry.GetProperty("apiKind").GetString(), entry.GetProperty("requestPath").GetString(), entry.GetProperty("userName").GetString(), entry.GetProperty("statusCode").GetInt32())));
        Assert.All(log, entry => Assert.Equal("127.0.0.1", entry.GetProperty("remoteIpAddress").GetString()));
        Assert.Equal(3, log.Select(Time).Distinct().Count());
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(10, true, true)]
    [InlineData(10, false, false)]
    public async Task Past_IsSeenAsFarBackAsToldSo_AndWhollyWithTheContract(int? days, bool contract, bool whole)
    {
        var options = new SandboxOptions
        {
            Clock = clock,
            Fleets = [DemoFleets.Aoba],
            Undocumented = new UndocumentedAnswers { AuditLogsKept = days is { } number ? TimeSpan.FromDays(number) : null },
        };
        await using var host = await SandboxHost.StartAsync(options);
        var pair = await host.SignInAsync(host.Aoba);
        foreach (var name in contract ? [] : (string[])["api_audit_log", "napter"])
        {
            Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"/v1/operators/{host.Aoba.OperatorId}/contracts/{name}", pair)).Status);
        }

        var earliest = Start.AddDays(-10).ToUnixTimeMilliseconds();
        var calls = await host.GetAllAsync("/v1/audit_logs/api?limit=1000", pair);
        var visits = await host.GetAllAsync("/v1/audit_logs/napter?limit=1000", pair);

        Assert.Equal(whole, calls.Any(call => Time(call) < earliest));
        Assert.Equal(whole, visits.Any(visit => visit.GetProperty("createdAt").GetInt64() < earliest));
    }

    [Fact]
    public async Task Filter_ByKindAndTime_NarrowsIt()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        await host.PostAsync("/v1/groups", new { }, pair);
        clock.Advance(TimeSpan.FromHours(1));
        await host.PostAsync("/v1/groups", new { }, pair);
        await host.PostAsync("/v1/port_mappings", "{}", pair);

        var groups = await host.GetAllAsync($"/v1/audit_logs/api?api_kind=/v1/groups&from_epoch_ms={Start.ToUnixTimeMilliseconds()}", pair);
        var first = await host.GetAllAsync($"/v1/audit_logs/api?from_epoch_ms={Start.ToUnixTimeMilliseconds()}&to_epoch_ms={Start.AddMinutes(1).ToUnixTimeMilliseconds()}", pair);

        Assert.Equal([Start.AddHours(1).ToUnixTimeMilliseconds(), Start.ToUnixTimeMilliseconds()], groups.Select(Time));
        Assert.Equal(Start.ToUnixTimeMilliseconds(), Time(Assert.Single(first)));
    }

    [Fact]
    public async Task Pages_GoBackInTime_EachEntryOnce()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        for (var i = 0; i < 7; i++)
        {
            await host.PostAsync("/v1/groups", new { }, pair);
        }

        var whole = await host.GetAllAsync("/v1/audit_logs/api?limit=1000", pair);
        var paged = await host.GetAllAsync("/v1/audit_logs/api?limit=3", pair);

        Assert.True(whole.Count > 7, "A demo account has a past.");
        Assert.Equal(whole.Select(Time), paged.Select(Time));
        Assert.Equal(whole.Select(Time).OrderDescending(), whole.Select(Time));
    }

    [Theory]
    [InlineData("api?limit=0")]
    [InlineData("api?limit=1001")]
    [InlineData("api?last_evaluated_key=none")]
    [InlineData("api?to_epoch_ms=-1")]
    [InlineData("napter?resource_type=Sim")]
    [InlineData("napter?from=1.5")]
    public async Task Query_ThatMakesNoSense_Is400(string query)
    {
        await using var host = await StartAsync();

        (await host.GetAsync($"/v1/audit_logs/{query}", await host.SignInAsync(host.Aoba))).Refused(400);
    }

    private static long Time(JsonElement entry) => entry.GetProperty("requestedTimeEpochMs").GetInt64();

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
}
