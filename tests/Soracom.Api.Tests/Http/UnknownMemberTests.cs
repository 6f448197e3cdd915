using Soracom.Api.Errors;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

/// <summary>JSON members that the wire models don't know: an error in tests, a log line in production.</summary>
public sealed class UnknownMemberTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task UnknownMember_WhereItIsRefused_IsAProtocolFailureThatTellsWhere()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981", Answers.Json(200, new { simId = "8981", sessionStatus = new { online = true, mood = "good" } }));

        var failure = await Assert.ThrowsAsync<SoracomProtocolException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.Contains("$.sessionStatus.mood", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownMember_InProduction_IsLoggedOnceByName_AndItsValueNever()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options => options.RefuseUnknownMembers = false);
        var wire = new { simId = "8981", status = "active", mood = "canary", sessionStatus = new { mood = new { deep = "canary" }, online = true } };
        vendor.On("GET /v1/sims/8981", Answers.Json(200, wire));
        vendor.On("GET /v1/sims", Answers.Json(200, new[] { wire, wire, wire }));

        var sim = await api.Client.Sims.GetSimAsync("8981", Stop);
        var page = await api.Client.Sims.ListSimsAsync(cancellationToken: Stop);

        Assert.Equal("active", sim.Status);
        Assert.True(sim.SessionStatus?.Online);
        Assert.Equal(3, page.Items.Count);
        Assert.Equal(
            ["The vendor's SessionStatus has a member that the client does not know: mood", "The vendor's Sim has a member that the client does not know: mood"],
            api.Logs.Lines.Select(line => line.Message).Where(message => message.Contains("does not know", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("canary", api.Logs.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownMembers_WithoutEnd_AreNotAllRemembered()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options => options.RefuseUnknownMembers = false);
        var members = Enumerable.Range(0, 2000).Select(number => KeyValuePair.Create($"member{number}", 1)).Append(new(new string('x', 1000), 1));
        var wire = new Dictionary<string, object>(members.Select(member => KeyValuePair.Create(member.Key, (object)member.Value))) { ["simId"] = "8981" };
        vendor.On("GET /v1/sims/8981", Answers.Json(200, wire));

        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.InRange(api.Logs.Lines.Count(line => line.Message.Contains("does not know", StringComparison.Ordinal)), 1, 500);
        Assert.All(api.Logs.Lines, line => Assert.InRange(line.Message.Length, 0, 300));
    }
}
