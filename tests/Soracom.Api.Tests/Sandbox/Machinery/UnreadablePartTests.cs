using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Soracom.Api.Tests.Support;
using Soracom.Sandbox;
using Soracom.Sandbox.State;

namespace Soracom.Api.Tests.Sandbox.Machinery;

/// <summary>Saved states of parts that are broken, or of another version.</summary>
public sealed class UnreadablePartTests : IDisposable
{
    private static readonly string[] OfTheAccount =
        ["AccountPart", "AddressesPart", "ApiAuditPart", "EmailPart", "PaymentPart", "PeoplePart", "SystemNotificationPart", "TransfersPart"];

    private static readonly string[] Reads =
    [
        "/v1/sims", "/v1/subscribers", "/v1/query/sims?name=ab", "/v1/groups", "/v1/event_handlers", "/v1/sora_cam/devices", "/v1/sora_cam/devices/videos/exports", "/v1/bills", "/v1/orders",
        "/v1/files/private/", "/v1/credentials", "/v1/port_mappings", "/v1/audit_logs/napter", "/v1/audit_logs/api", "/v1/data/resources", "/v1/batch/jobs",
        "/v1/coupons", "/v1/payment_history", "/v1/operators/{0}", "/v1/operators/{0}/users", "/v1/operators/{0}/emails", "/v1/operators/{0}/shipping_addresses",
        "/v1/system_notifications/{0}",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("unreadable-").FullName;
    private readonly FakeTime clock = new();

    private string StatePath => Path.Combine(folder, "state.json");

    public static TheoryData<string> Junk => ["[]", "\"text\"", "null", "{}", """{"nonsense":{"a":[1]}}"""];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Junk))]
    public async Task EveryPart_WithASavedStateThatIsJunk_StartsFromItsSeed_AndNothingFails(string junk)
    {
        var expected = await FreshAsync();
        await WriteAsync(junk);

        await using var host = await StartAsync();
        var read = await ReadAsync(host);
        await host.PostAsync("/_control/clock", new { advance = "P3D" });

        Assert.All(read, one => Assert.True(one.Value.Status < 500, $"{one.Key} {one.Value.Status}"));
        Assert.Equal(expected["/v1/groups"].Text, read["/v1/groups"].Text);
        Assert.All(await ReadAsync(host), one => Assert.Equal(expected[one.Key].Status, one.Value.Status));
    }

    [Fact]
    public async Task WhatWasSaved_IsKeptUnderAnotherName_AndToldOfOnce()
    {
        await WriteAsync("\"text\"");
        using var logs = new LogCapture();
        using var logging = new LoggerFactory([logs]);
        for (var start = 0; start < 2; start++)
        {
            await using var host = await StartAsync(logging);
            await ReadAsync(host);
        }

        var account = JsonNode.Parse(await File.ReadAllBytesAsync(StatePath, TestContext.Current.CancellationToken))!["accounts"]![0]!;
        foreach (var (name, parts) in Names().Select(name => (name, Parts: Place(account, name))))
        {
            Assert.Equal("\"text\"", parts[$"{name} put aside 1"]?.ToJsonString());
            Assert.False(parts.ContainsKey($"{name} put aside 2"));
            var line = Assert.Single(logs.Lines, line => line.Message.Contains($"state of {name} of", StringComparison.Ordinal));
            Assert.Contains($"\"{name} put aside 1\"", line.Message, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Names() =>
        typeof(Part).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Part)) && !type.IsAbstract).Select(type => type.Name);

    private static JsonObject Place(JsonNode account, string name) =>
        (OfTheAccount.Contains(name, StringComparer.Ordinal) ? account["parts"] : account["coverages"]!["jp"]!["parts"])!.AsObject();

    /// <summary>A state file in which every part of Aoba has that state.</summary>
    private async Task WriteAsync(string junk)
    {
        string operatorId;
        await using (var host = await StartAsync())
        {
            operatorId = host.Aoba.OperatorId;
        }

        var file = JsonNode.Parse(await File.ReadAllBytesAsync(StatePath, TestContext.Current.CancellationToken))!;
        var account = JsonNode.Parse("""{"parts":{},"coverages":{"jp":{"sims":[],"groups":[],"removedGroups":[],"parts":{}}}}""")!;
        account["operatorId"] = operatorId;
        foreach (var name in Names())
        {
            Place(account, name)[name] = JsonNode.Parse(junk);
        }

        file["accounts"] = new JsonArray(account);
        await File.WriteAllTextAsync(StatePath, file.ToJsonString(), TestContext.Current.CancellationToken);
    }

    private async Task<Dictionary<string, Reply>> FreshAsync()
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
        return await ReadAsync(host);
    }

    private static async Task<Dictionary<string, Reply>> ReadAsync(SandboxHost host)
    {
        var pair = await host.SignInAsync(host.Aoba);
        var replies = new Dictionary<string, Reply>(StringComparer.Ordinal);
        foreach (var path in Reads)
        {
            replies[path] = await host.GetAsync(path.Replace("{0}", host.Aoba.OperatorId, StringComparison.Ordinal), pair);
        }

        return replies;
    }

    private Task<SandboxHost> StartAsync(ILoggerFactory? logging = null) => SandboxHost.StartAsync(new SandboxOptions
    {
        Clock = clock,
        Fleets = [DemoFleets.Aoba],
        StateFile = StatePath,
        LoggerFactory = logging ?? Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
    });
}
