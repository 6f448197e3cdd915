using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims.Actions;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Actions;

/// <summary>What is done with a SIM's session and device.</summary>
public sealed class SimDevicesTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    public static TheoryData<RemoteProtocol, int, string, string, string, string?> Commands => new()
    {
        { RemoteProtocol.Http, 80, "/", "", "", null },
        { RemoteProtocol.Http, 0, "/", "", "", "CommandPort" },
        { RemoteProtocol.Http, 65536, "/", "", "", "CommandPort" },
        { RemoteProtocol.Http, 80, "status", "", "", "CommandPath" },
        { RemoteProtocol.Http, 80, "/a\r\nHost: other", "", "", "CommandPath" },
        { RemoteProtocol.Ssh, 22, "/", "", "uptime", "CommandUser" },
        { RemoteProtocol.Ssh, 22, "/", "pi", "", "CommandEmpty" },
        { RemoteProtocol.Ssh, 22, "/", "pi", "uptime", null },
        { RemoteProtocol.Udp, 9, "/", "", new string('x', 1472), null },
        { RemoteProtocol.Udp, 9, "/", "", new string('x', 1473), "CommandTooLong" },
        { RemoteProtocol.Tcp, 9, "/", "", new string('あ', 2731), "CommandTooLong" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_Values_AreCheckedBeforeAnythingIsSent(RemoteProtocol protocol, int port, string path, string user, string text, string? error) =>
        Assert.Equal(error, new RemoteCommand { Protocol = protocol, Port = port, Path = path, User = user, Text = text }.Wrong()?.Key);

    [Fact]
    public async Task EndSession_OfAnOfflineSim_IsSaidInWords()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await SimAsync(tenant, online: false);

        var ended = await scene.Get<SimDevices>().EndSessionAsync(tenant, SoracomCoverage.Japan, sim.SimId, Watchdog.Token);

        Assert.Equal("Offline", Assert.IsType<ObstacleError>(ended.Error).Why.Key);
    }

    [Fact]
    public async Task EndSession_OfAnOnlineSim_EndsItAndIsAudited()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await SimAsync(tenant, online: true);

        var ended = await scene.Get<SimDevices>().EndSessionAsync(tenant, SoracomCoverage.Japan, sim.SimId, Watchdog.Token);

        Assert.Null(ended.Error);
        Assert.Equal([(AuditActions.SimSessionDeleted, AuditOutcome.Begun), (AuditActions.SimSessionDeleted, AuditOutcome.Succeeded)], await TrailAsync(tenant));
    }

    [Theory]
    [InlineData("Content-Type: application/json\r\nX-Token:a:b\n\n", true)]
    [InlineData("", true)]
    [InlineData("no colon", false)]
    [InlineData(": no name", false)]
    [InlineData("A name: of two words", false)]
    [InlineData("X-Token: a\rHost: other", false)]
    public void Command_Headers_AreLinesOfANameAndAValue(string headers, bool good) =>
        Assert.Equal(good ? null : "CommandHeaders", new RemoteCommand { Headers = headers }.Wrong()?.Key);

    [Fact]
    public async Task Send_HttpWithHeaders_SendsThem_AndLeavesNothingOfThemInTheTrailOrTheLog()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await SimAsync(tenant, online: true);
        var command = new RemoteCommand { Tls = true, Port = 443, AnyCertificate = true, Path = "/status", Headers = "Authorization: Bearer h3ader-secret\nX-Other: 1" };

        var sent = await scene.Get<SimDevices>().SendAsync(tenant, SoracomCoverage.Japan, sim.SimId, command, Watchdog.Token);

        Assert.Null(sent.Error);
        Assert.Equal("200", sent.Value.Code);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Detail?.Contains("h3ader", StringComparison.Ordinal) == true);
        Assert.DoesNotContain("h3ader", scene.Logs.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_CommandWithAPassword_LeavesNothingOfItInTheTrailOrTheLog()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await SimAsync(tenant, online: true);
        var command = new RemoteCommand { Protocol = RemoteProtocol.Ssh, Port = 22, User = "pi", Password = "s3cret-of-the-pi", Text = "echo s3cret-in-the-command" };

        var sent = await scene.Get<SimDevices>().SendAsync(tenant, SoracomCoverage.Japan, sim.SimId, command, Watchdog.Token);

        Assert.True(sent.Error is null or VendorError, "It was sent.");
        var trail = (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.ActorId == tenant.Actor.PersonId && entry.Action == AuditActions.SimCommanded).ToList();
        Assert.Equal(2, trail.Count);
        Assert.All(trail, entry => Assert.StartsWith("Ssh 22", entry.Detail, StringComparison.Ordinal));
        Assert.DoesNotContain(trail, entry => entry.Detail!.Contains("s3cret", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", scene.Logs.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendSms_NoAnswer_SaysThatItMayHaveBeenSent()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await SimAsync(tenant, online: true);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = $"/v1/sims/{sim.SimId}/send_sms" });

        var sent = await scene.Get<SimDevices>().SendSmsAsync(tenant, SoracomCoverage.Japan, sim.SimId, "wake up", Watchdog.Token);

        Assert.True(Assert.IsType<VendorError>(sent.Error).OutcomeUnknown);
        Assert.Equal([(AuditActions.SimMessaged, AuditOutcome.Begun), (AuditActions.SimMessaged, AuditOutcome.Unknown)], await TrailAsync(tenant));
    }

    [Fact]
    public async Task SendSms_TooLong_IsRefusedHere()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var sent = await scene.Get<SimDevices>().SendSmsAsync(tenant, SoracomCoverage.Japan, "8942310099999999999", new string('x', 71), Watchdog.Token);

        Assert.Equal("SmsText", Assert.IsType<InputError>(sent.Error).Key);
        Assert.Empty(await TrailAsync(tenant));
    }

    [Fact]
    public async Task Ping_OfADevice_TellsWhetherItAnswers()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await SimAsync(tenant, online: true);

        var pinged = await scene.Get<SimDevices>().PingAsync(tenant, SoracomCoverage.Japan, sim.SimId, times: 3, Watchdog.Token);

        Assert.NotNull(pinged.Value.Success);
    }

    private async Task<Sim> SimAsync(TenantContext tenant, bool online)
    {
        var sims = await scene.Get<TenantSoracom>().ReadAsync(
            tenant,
            SoracomCoverage.Japan,
            async (client, token) => await client.Sims.SearchSimsAsync(
                status: [SimStatus.Active], sessionStatus: online ? SessionStatusFilter.Online : SessionStatusFilter.Offline, searchType: SearchType.And, limit: 100, cancellationToken: token),
            Watchdog.Token);
        var used = (await scene.TrailAsync(PortalScene.Aoba)).Select(entry => entry.ObjectId).ToHashSet();
        return sims.Value.Items.First(sim => !used.Contains(sim.SimId) && sim.Type != SimType.Virtual);
    }

    private async Task<IReadOnlyList<(string, AuditOutcome)>> TrailAsync(TenantContext tenant) =>
        [.. (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.ActorId == tenant.Actor.PersonId && entry.Action != AuditActions.TenantOpened).Select(entry => (entry.Action, entry.Outcome))];
}
