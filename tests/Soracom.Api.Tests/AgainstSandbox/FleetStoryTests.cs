using System.Globalization;
using System.Text.Json;
using Soracom.Api.AuditLogs;
using Soracom.Api.DataEntries;
using Soracom.Api.Errors;
using Soracom.Api.EventHandlers;
using Soracom.Api.Groups;
using Soracom.Api.Napter;
using Soracom.Api.ResourceSummaries;
using Soracom.Api.Sims;
using Soracom.Api.SystemNotifications;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>What people do around their SIMs, by the client.</summary>
public sealed class FleetStoryTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task RemoteAccess_IsMade_Used_AndTakenAway_AndBothRecordsTellOfIt()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var start = sandbox.Clock.GetUtcNow();
        var sim = (await client.Sims.SearchSimsAsync(sessionStatus: SessionStatusFilter.Online, moduleType: [ModuleType.Micro], cancellationToken: Stop)).Items[0];
        var imsi = sim.PrimarySubscriber!.Imsi!;

        var made = await client.Napter.CreatePortMappingForSimAsync(sim.SimId, new NewSimPortMapping
        {
            Destination = new SimPortMappingDestination { Port = 22, Service = NapterService.Air },
            Duration = 7200,
            Source = new PortMappingSource { IpRanges = ["203.0.113.5/32"] },
        }, Stop);
        var byImsi = await client.Napter.CreatePortMappingAsync(new NewPortMapping { Destination = new PortMappingDestination { Imsi = imsi, Port = 443 }, TlsRequired = true }, Stop);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(45));
        var live = await client.Napter.ListPortMappingsForSimAsync(sim.SimId, Stop);
        await client.Napter.DeletePortMappingAsync(made.IpAddress!, made.Port!.Value.ToString(CultureInfo.InvariantCulture), Stop);

        Assert.Equal(made with { Source = null, Destination = null }, Assert.Single(live) with { Source = null, Destination = null });
        Assert.Equal(start.AddHours(2), made.ExpiredTime);
        Assert.Equal((imsi, true, DestinationChoosingStrategy.ImsiPrioritized), (byImsi.Imsi, byImsi.TlsRequired, byImsi.Destination?.DestinationChoosingStrategy));
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => client.Napter.ListPortMappingsForSimAsync(sim.SimId, Stop));
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => client.Napter.ListPortMappingsForSubscriberAsync(imsi, Stop));
        var events = await client.AuditLogs.GetNapterAuditLogsAsync(NapterAuditLogResource.Subscriber, imsi, from: start, cancellationToken: Stop);
        Assert.Equal(2, events.Items.Count(entry => entry.Type == NapterAuditLogType.Created));
        Assert.Single(events.Items, entry => entry.Type == NapterAuditLogType.Deleted);
        Assert.Single(events.Items, entry => entry.Type == NapterAuditLogType.Expired);
        Assert.Contains(events.Items, entry => entry is { Type: NapterAuditLogType.Access, Direction.DestinationPort: 22 });
        var calls = await client.AuditLogs.GetApiAuditLogsAsync(from: start, cancellationToken: Stop);
        Assert.Equal(
            ["/v1/port_mappings/{ip_address}/{port}", "/v1/port_mappings", "/v1/port_mappings/sims/{sim_id}"],
            calls.Items.Select(call => call.ApiKind));
    }

    [Fact]
    public async Task EventHandler_IsMade_Changed_Silenced_AndGone()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var imsi = (await client.Sims.ListSimsAsync(1, cancellationToken: Stop)).Items[0].PrimarySubscriber!.Imsi!;
        var settings = new EventHandlerSettings
        {
            Name = "slower",
            Status = EventHandlerStatus.Active,
            TargetImsi = imsi,
            RuleConfig = new EventRule
            {
                Type = EventRuleType.SubscriberDailyTraffic,
                Properties = new EventRuleProperties { InactiveTimeoutDateConst = EventMoment.BeginningOfNextDay, LimitTotalTrafficMegaByte = "100" },
            },
            ActionConfigList =
            [
                new EventAction
                {
                    Type = EventActionType.ExecuteWebRequest,
                    Properties = new EventActionProperties
                    {
                        ExecutionDateTimeConst = EventMoment.Immediately,
                        Url = "https://hooks.example",
                        HttpMethod = EventHttpMethod.Post,
                        ContentType = "application/json",
                        Headers = JsonElement.Parse("""{"X-A":"b"}"""),
                    },
                },
            ],
        };

        var made = await client.EventHandlers.CreateEventHandlerAsync(settings, Stop);
        await client.EventHandlers.UpdateEventHandlerAsync(made.HandlerId, settings with { Status = EventHandlerStatus.Inactive }, Stop);
        var changed = await client.EventHandlers.GetEventHandlerAsync(made.HandlerId, Stop);
        var listed = await client.EventHandlers.ListEventHandlersAsync(EventHandlerTarget.Imsi, Stop);
        await client.EventHandlers.SetIgnoreEventHandlerAsync(made.HandlerId, imsi, Stop);
        var heeded = await client.EventHandlers.ListEventHandlersBySubscriberAsync(imsi, Stop);
        await client.EventHandlers.DeleteIgnoreEventHandlerAsync(made.HandlerId, imsi, Stop);
        await client.EventHandlers.DeleteEventHandlerAsync(made.HandlerId, Stop);

        Assert.Equal("100", made.RuleConfig.Properties.LimitTotalTrafficMegaByte);
        Assert.Equal("b", made.ActionConfigList[0].Properties.Headers?.GetProperty("X-A").GetString());
        Assert.Equal((EventHandlerStatus.Active, EventHandlerStatus.Inactive), (made.Status, changed.Status));
        Assert.Equal([made.HandlerId], listed.Select(handler => handler.HandlerId));
        Assert.DoesNotContain(heeded, handler => handler.HandlerId == made.HandlerId);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => client.EventHandlers.GetEventHandlerAsync(made.HandlerId, Stop));
    }

    [Fact]
    public async Task Data_OfAGroup_BeginWithItsHarvest_AndCanBeReadAndDeleted()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var sim = (await client.Sims.SearchSimsAsync(name: ["倉庫ゲート 東1"], cancellationToken: Stop)).Items[0];
        await client.Groups.PutConfigurationParametersAsync(
            sim.GroupId!, GroupNamespace.Harvest, new List<GroupSetting> { new() { Key = "enabled", Value = JsonElement.Parse("true") } }, Stop);
        sandbox.Clock.Advance(TimeSpan.FromHours(2));

        var entries = (await client.DataEntries.GetDataEntriesAsync(DataResourceType.Sim, sim.SimId, sort: SortOrder.Ascending, limit: 1000, cancellationToken: Stop)).Items;
        await client.DataEntries.DeleteDataEntryAsync(DataResourceType.Sim, sim.SimId, entries[0].Time!.Value, Stop);
        var resources = await client.DataEntries.ListDataResourceMetadataAsync(DataResourceType.Sim, cancellationToken: Stop);

        Assert.Equal(24, entries.Count);
        Assert.Equal(entries[1], await client.DataEntries.GetDataEntryAsync(DataResourceType.Sim, sim.SimId, entries[1].Time!.Value, Stop));
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => client.DataEntries.GetDataEntryAsync(DataResourceType.Sim, sim.SimId, entries[0].Time!.Value, Stop));
        Assert.Equal(entries[^1].Time, resources.Items.Single(resource => resource.ResourceId == sim.SimId).LastModifiedTime);
    }

    [Fact]
    public async Task Summary_CountsTheSimsThatTheListHas()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var sims = await client.Sims.ListAllSimsAsync(Stop).ToListAsync(Stop);

        var summary = await client.ResourceSummaries.GetResourceSummaryAsync(ResourceSummaryType.SimsPerStatus, Stop);

        var values = Assert.Single(summary.ResourceSummaryItems!).Values!.ToDictionary(value => value.Name!, value => value.Value);
        Assert.Equal(sims.Count(sim => sim.Status == SimStatus.Active), values["activeSims"]);
        Assert.Equal(sims.Count(sim => sim.Status != SimStatus.Terminated), values.Values.Sum());
    }

    [Fact]
    public async Task Notices_GoToWhomTheAccountSays()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var (notifications, account) = (sandbox.For(sandbox.Aoba).SystemNotifications, sandbox.Aoba.OperatorId);
        var billing = await notifications.GetSystemNotificationAsync(account, SystemNotificationType.Billing, Stop);

        var support = await notifications.SetSystemNotificationAsync(account, SystemNotificationType.Support, new NotifiedAddresses { EmailIdList = billing.EmailIdList! }, Stop);
        await notifications.DeleteSystemNotificationAsync(account, SystemNotificationType.Billing, Stop);
        var all = await notifications.ListSystemNotificationsAsync(account, Stop);

        Assert.Equal(2, billing.EmailIdList!.Count);
        Assert.Equal(billing.EmailIdList, support.EmailIdList);
        Assert.Equal(["primary", "support"], all.Select(one => one.Type));
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => notifications.SetSystemNotificationAsync(
            account, SystemNotificationType.Primary, new NotifiedAddresses { EmailIdList = billing.EmailIdList, Password = "wrong" }, Stop));
    }
}
