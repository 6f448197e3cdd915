using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Radzen;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Portal.Features.RemoteAccess.Pages;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.RemoteAccess;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>Doors on their pages: what the policy says before anything is sent, and what there is to do with one that is open.</summary>
public sealed class DoorPagesTests : IAsyncLifetime
{
    private DoorScene scene = null!;
    private ComponentScene circuit = null!;

    private DialogService Dialogs => circuit.Services.GetRequiredService<DialogService>();

    public async ValueTask InitializeAsync()
    {
        scene = await DoorScene.StartAsync();
        circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Portal.Clock.GetUtcNow()));
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task New_SaysWhatThePolicySays_AndOpensWhenPressed()
    {
        var page = New(scene.Tenant);
        page.WaitForAssertion(() => Assert.Equal("Deny", page.Find("[data-outcome]").GetAttribute("data-outcome")));
        Assert.Equal("192.0.2.7/32", page.Find("#sources").GetAttribute("value"));
        Assert.Equal(["Say why."], page.FindAll(".reasons li").Select(reason => reason.TextContent));
        Assert.True(Press(page).HasAttribute("disabled"));
        Assert.Empty(await scene.OfSimAsync());

        page.Act(it => it.Find("#reason").Input("Repair"));
        page.WaitForAssertion(() => Assert.Equal("Allow", page.Find("[data-outcome]").GetAttribute("data-outcome")));
        await page.InvokeAsync(() => Press(page).ClickAsync(new()));

        var door = Assert.Single((await scene.Doors.ListAsync(scene.Tenant, Watchdog.Token)).Live);
        Assert.EndsWith(PortalUrls.Door(PortalScene.Aoba, door.Id), circuit.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        var mapping = Assert.Single(await scene.OfSimAsync());
        Assert.Equal(("192.0.2.7/32", 900, 22), (Assert.Single(mapping.Source!.IpRanges!), mapping.Duration, mapping.Destination!.Port));
    }

    [Fact]
    public async Task New_ByIpv6_SaysWhyAnAddressMustBeTyped_AndTakesNone()
    {
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Operator);
        using var tenant = await scene.Portal.OpenAsync(person with { Address = "2001:db8::7" }, PortalScene.Aoba);

        var page = New(tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-outcome]")));

        Assert.Empty(page.Find("#sources").GetAttribute("value")!);
        Assert.Contains("2001:db8::7, an IPv6 address, and Soracom takes IPv4 only", page.Find("#sources-help").TextContent, StringComparison.Ordinal);
        page.Act(it => it.Find("#reason").Input("Repair"));
        page.WaitForAssertion(() => Assert.Equal(["Name the sources that are let in."], page.FindAll(".reasons li").Select(reason => reason.TextContent)));
        page.Act(it => it.Find("#sources").Input("2001:db8::7"));
        page.WaitForAssertion(() => Assert.Contains("is an IPv6 address", page.Find(".problem").TextContent, StringComparison.Ordinal));
        Assert.True(Press(page).HasAttribute("disabled"));
        page.Act(it => it.Find("#sources").Input("203.0.113.5"));
        page.WaitForAssertion(() => Assert.False(Press(page).HasAttribute("disabled")));
    }

    [Fact]
    public void New_ARangeWithTooMuch_IsOfferedAsItWasMeant()
    {
        var page = New(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-outcome]")));

        page.Act(it => it.Find("#sources").Input("203.0.113.5/24"));
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#sources").GetAttribute("aria-invalid")));
        page.Act(it => it.Find(".problem button").Click());

        page.WaitForAssertion(() => Assert.Equal("203.0.113.0/24", page.Find("#sources").GetAttribute("value")));
        Assert.Empty(page.FindAll(".problem"));
    }

    [Fact]
    public async Task New_Again_IsAsItWas()
    {
        var former = await scene.OpenAsync(scene.Request(443) with { Duration = TimeSpan.FromMinutes(30), Ticket = "OPS-1" });
        await scene.Closing.CloseAsync(scene.Tenant, former.Id, Watchdog.Token);

        var page = New(scene.Tenant, PortalUrls.OpenAgain(PortalScene.Aoba, former.Id));

        page.WaitForAssertion(() => Assert.Equal("Allow", page.Find("[data-outcome]").GetAttribute("data-outcome")));
        Assert.Equal(
            ("443", "30", "203.0.113.5/32", "Repair", "OPS-1"),
            (Value("#port"), Value("#minutes"), Value("#sources"), Value("#reason"), Value("#ticket")));

        string? Value(string field) => page.Find(field).GetAttribute("value");
    }

    [Fact]
    public void New_APort_BringsItsTls()
    {
        var page = New(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-outcome]")));

        page.Act(it => it.FindAll(".presets button").Single(button => button.TextContent == "HTTP 80").Click());

        page.WaitForAssertion(() => Assert.Equal("80", page.Find("#port").GetAttribute("value")));
        Assert.True(page.Find("input[type=checkbox]").HasAttribute("checked"));
    }

    [Fact]
    public void New_AnotherPort_TakesItsTlsAway_UnlessItWasAskedForByHand()
    {
        var page = New(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-outcome]")));

        Choose("HTTP 80");
        page.WaitForAssertion(() => Assert.True(Tls()));
        Choose("SSH 22");
        page.WaitForAssertion(() => Assert.False(Tls()));
        page.Act(it => it.Find("input[type=checkbox]").Change(true));
        Choose("HTTPS 443");
        page.WaitForAssertion(() => Assert.Equal("443", page.Find("#port").GetAttribute("value")));
        Assert.True(Tls());

        void Choose(string name) => page.Act(it => it.FindAll(".presets button").Single(button => button.TextContent == name).Click());

        bool Tls() => page.Find("input[type=checkbox]").HasAttribute("checked");
    }

    [Fact]
    public async Task New_AnotherPort_KeepsTheTlsThatThePolicyRequires()
    {
        await scene.Portal.Get<RemoteAccessPolicies>().PutAsync(scene.Tenant, new RemoteAccessPolicy { TenantId = scene.Tenant.TenantId, TlsRequired = true }, Watchdog.Token);
        var page = New(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-outcome]")));

        page.Act(it => it.FindAll(".presets button").Single(button => button.TextContent == "VNC 5900").Click());

        page.WaitForAssertion(() => Assert.Equal("5900", page.Find("#port").GetAttribute("value")));
        Assert.True(page.Find("input[type=checkbox]").HasAttribute("checked"));
    }

    [Fact]
    public async Task New_AgainOfAnothersDoor_LetsInOneself_AndHasNoReasonYet()
    {
        using var colleague = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var former = await scene.OpenAsync(scene.Request(443) with { Duration = TimeSpan.FromMinutes(30), Ticket = "OPS-1" }, colleague);

        var page = New(scene.Tenant, PortalUrls.OpenAgain(PortalScene.Aoba, former.Id));

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-outcome]")));
        Assert.Equal(
            ("443", "30", "192.0.2.7/32", "", ""),
            (Value("#port"), Value("#minutes"), Value("#sources"), Value("#reason"), Value("#ticket")));

        string? Value(string field) => page.Find(field).GetAttribute("value");
    }

    [Fact]
    public void New_RangesThatLetNearlyEverybodyIn_AreWarnedOf()
    {
        var page = New(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-outcome]")));

        page.Act(it => it.Find("#sources").Input("126.0.0.0/8"));
        page.WaitForAssertion(() => Assert.Contains("126.0.0.0/8", page.Find("section[aria-labelledby=says]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".warning"));
        page.Act(it => it.Find("#sources").Input("126.0.0.0/8 133.0.0.0/8"));

        page.WaitForAssertion(() => Assert.StartsWith("Together these ranges let in 33,554,432 addresses", page.Find(".warning span").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_WhoWentElsewhereMeanwhile_IsNotFetchedBack()
    {
        var page = New(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-outcome]")));
        page.Act(it => it.Find("#reason").Input("Repair"));
        page.WaitForAssertion(() => Assert.False(Press(page).HasAttribute("disabled")));
        var late = TimeSpan.FromSeconds(7);
        scene.Portal.Sandbox.Faults.Arm(new Soracom.Sandbox.Faults.SandboxFault { Kind = Soracom.Sandbox.Faults.SandboxFaultKind.Slow, Path = "/v1/port_mappings/sims/*", Method = "POST", Delay = late });
        var navigation = circuit.Services.GetRequiredService<NavigationManager>();

        var opening = page.InvokeAsync(() => Press(page).ClickAsync(new()));
        await scene.Portal.StruckAsync();
        await scene.Portal.Clock.TimerBetweenAsync(late - TimeSpan.FromMilliseconds(1), late, Watchdog.Token);
        navigation.NavigateTo(PortalUrls.RemoteAccess(PortalScene.Aoba));
        await circuit.DisposeComponentsAsync();
        scene.Portal.Clock.Advance(late);
        await opening;

        Assert.EndsWith(PortalUrls.RemoteAccess(PortalScene.Aoba), navigation.Uri, StringComparison.Ordinal);
        Assert.Single((await scene.Doors.ListAsync(scene.Tenant, Watchdog.Token)).Live);
    }

    [Fact]
    public async Task New_ASimThatIsOffline_IsOfferedNoCommandInstead()
    {
        var sims = await scene.CallAsync(client => client.Sims.ListSimsAsync(limit: 100, cancellationToken: Watchdog.Token));
        var offline = sims.Items.First(sim => sim is { Status: "active", Type: not "virtual", SessionStatus.Online: not true, ArcSessionStatus: null });
        var page = New(scene.Tenant, PortalUrls.NewDoor(PortalScene.Aoba, DoorScene.Japan, offline.SimId));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".chosen")));
        Assert.Empty(page.FindAll(".smaller"));

        var other = New(scene.Tenant);

        other.WaitForAssertion(() => Assert.NotEmpty(other.FindAll(".smaller")));
    }

    [Fact]
    public async Task New_NoSimOfThatName_SaysSo()
    {
        var page = New(scene.Tenant, PortalUrls.NewDoor(PortalScene.Aoba));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("input[type=search]")));

        page.Act(it => it.Find("input[type=search]").Input("no such SIM anywhere"));
        await page.InvokeAsync(() => page.Find("form[role=search]").SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains("No SIM was found.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_WithoutASim_FindsOneByItsName()
    {
        var page = New(scene.Tenant, PortalUrls.NewDoor(PortalScene.Aoba));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("input[type=search]")));

        page.Act(it => it.Find("input[type=search]").Input(scene.Sim.Name));
        await page.InvokeAsync(() => page.Find("form[role=search]").SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".found a"), link => link.GetAttribute("href") == PortalUrls.NewDoor(PortalScene.Aoba, DoorScene.Japan, scene.Sim.SimId)));
    }

    [Fact]
    public async Task List_ShowsOnesOwnAndThoseFromElsewhere_AndClosesWhatIsMeant()
    {
        var own = await scene.OpenAsync();
        var foreign = await scene.OpenElsewhereAsync(443);
        var page = List(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll($"tr[data-endpoint='{foreign.Endpoint}']")));

        var row = page.Find($"tr[data-door='{own.Id}']");
        Assert.Equal("15:00", row.QuerySelector(".time-left")!.TextContent);
        Assert.Contains("Repair", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Opened outside the portal", page.Find($"tr[data-endpoint='{foreign.Endpoint}']").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll($"tr[data-endpoint='{own.IpAddress}:{own.Port}']"));

        var closing = page.InvokeAsync(() => page.Find($"tr[data-door='{own.Id}'] button.danger").ClickAsync(new()));
        await page.InvokeAsync(() => Dialogs.Close(true));
        await closing;

        page.WaitForAssertion(() => Assert.Empty(page.FindAll($"tr[data-door='{own.Id}']")));
        Assert.Equal(foreign.Port, Assert.Single(await scene.OfSimAsync()).Port);
    }

    [Fact]
    public async Task List_AForeignDoorThatWasClosed_IsGoneFromTheList()
    {
        var foreign = await scene.OpenElsewhereAsync(443);
        var page = List(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll($"tr[data-endpoint='{foreign.Endpoint}']")));

        var closing = page.InvokeAsync(() => page.Find($"tr[data-endpoint='{foreign.Endpoint}'] button.danger").ClickAsync(new()));
        await page.InvokeAsync(() => Dialogs.Close(true));
        await closing;

        page.WaitForAssertion(() => Assert.Empty(page.FindAll($"tr[data-endpoint='{foreign.Endpoint}'], .skeleton")));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task List_AViewer_SeesDoorsAndCanDoNothingWithThem()
    {
        await scene.OpenAsync();
        using var viewer = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = List(viewer);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tr[data-door]")));

        Assert.Empty(page.FindAll("button.danger"));
        Assert.DoesNotContain(page.FindAll("a"), link => link.GetAttribute("href")!.Contains("/remote-access/new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KillSwitch_WantsItsWord_AndTellsWhatIsLeft()
    {
        var door = await scene.OpenAsync();
        scene.Portal.Sandbox.Faults.Arm(new Soracom.Sandbox.Faults.SandboxFault { Kind = Soracom.Sandbox.Faults.SandboxFaultKind.Status, Path = "/v1/port_mappings/*", Method = "DELETE" });
        var page = List(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#kill-word")));
        Assert.True(page.Find(".switch button.danger").HasAttribute("disabled"));
        page.Act(it => it.Find("#kill-word").Input("aob"));
        Assert.True(page.Find(".switch button.danger").HasAttribute("disabled"));

        page.Act(it => it.Find("#kill-word").Input(PortalScene.Aoba));
        page.WaitForAssertion(() => Assert.False(page.Find(".switch button.danger").HasAttribute("disabled")));
        await page.InvokeAsync(() => page.Find(".switch button.danger").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Equal("1 could not be closed", page.Find(".switch .notice h2").TextContent));
        Assert.Contains($"{door.IpAddress}:{door.Port}", page.Find(".switch .notice li").TextContent, StringComparison.Ordinal);

        page.Act(it => it.Find("#kill-word").Input(PortalScene.Aoba));
        page.WaitForAssertion(() => Assert.False(page.Find(".switch button.danger").HasAttribute("disabled")));
        await page.InvokeAsync(() => page.Find(".switch button.danger").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains("1 closed", page.Find(".switch .done").TextContent, StringComparison.Ordinal));
        Assert.Empty(await scene.OfSimAsync());
    }

    [Fact]
    public async Task Door_ThatIsOpen_HasCommandsToCopy_AndThatIsUnknown_SaysSo()
    {
        var door = await scene.OpenAsync();
        var page = One(door.Id);
        page.WaitForAssertion(() => Assert.Contains($"ssh -p {door.Port} user@{door.IpAddress}", page.Find(".commands").TextContent, StringComparison.Ordinal));

        await scene.ChangeAsync(door.Id, row => (row.State, row.IpAddress) = (RemoteDoorState.Unknown, null));
        circuit.Clock.Advance(TimeSpan.FromSeconds(3));

        page.WaitForAssertion(() => Assert.Equal("Nobody knows yet whether it is open", page.Find(".notice h2").TextContent));
        Assert.Empty(page.FindAll(".commands"));
    }

    [Fact]
    public void TimeLeft_CountsDownByItself_AndNothingAroundItIsRenderedAnew()
    {
        var (renders, over) = (0, 0);
        var end = circuit.Clock.GetUtcNow().AddMinutes(15);
        var around = circuit.Render(builder =>
        {
            renders++;
            builder.OpenComponent<TimeLeft>(0);
            builder.AddComponentParameter(1, nameof(TimeLeft.Until), end);
            builder.AddComponentParameter(2, nameof(TimeLeft.OnOver), EventCallback.Factory.Create(new object(), () => over++));
            builder.CloseComponent();
        });
        Assert.Equal("15:00", around.Find("time").TextContent);

        circuit.Clock.Advance(TimeSpan.FromSeconds(2));
        around.WaitForAssertion(() => Assert.Equal("14:58", around.Find("time").TextContent));
        circuit.Clock.Advance(TimeSpan.FromMinutes(15));
        around.WaitForAssertion(() => Assert.Equal("0:00", around.Find("time").TextContent));
        circuit.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal((1, 1), (renders, over));
    }

    [Fact]
    public async Task Rdp_IsHandedToMembersAlone()
    {
        var door = await scene.OpenAsync(scene.Request(3389));
        using var viewer = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));
        using var billing = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Billing));
        using var other = new Visitor(scene.Portal, await scene.Portal.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));
        using var nobody = new Visitor(scene.Portal);

        var file = await viewer.DownloadAsync(PortalUrls.DoorRdp(PortalScene.Aoba, door.Id));

        Assert.Equal("application/x-rdp", file.Headers["Content-Type"]);
        Assert.Contains("attachment", file.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.StartsWith($"full address:s:{door.IpAddress}:{door.Port}\r\n", System.Text.Encoding.UTF8.GetString(file.Content), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await billing.DownloadAsync(PortalUrls.DoorRdp(PortalScene.Aoba, door.Id))).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await other.DownloadAsync(PortalUrls.DoorRdp(PortalScene.Aoba, door.Id))).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await other.DownloadAsync(PortalUrls.DoorRdp(PortalScene.Nagisa, door.Id))).Status);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await nobody.DownloadAsync(PortalUrls.DoorRdp(PortalScene.Aoba, door.Id))).Status);
        var entry = Assert.Single(await scene.Portal.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.DoorFileTaken);
        Assert.Equal((scene.Sim.SimId, AuditOutcome.Succeeded), (entry.ObjectId, entry.Outcome));
        Assert.Contains($"{door.IpAddress}:{door.Port}", entry.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(await scene.Portal.TrailAsync(PortalScene.Nagisa), other => other.Action == AuditActions.DoorFileTaken);
    }

    [Fact]
    public async Task Policy_AnOwnerSetsIt_AndTheNextRequestGoesByIt()
    {
        var page = Policy(scene.Tenant);
        page.Act(it => it.Find("#ports").Change("443 5900-5910"));
        page.Act(it => it.Find("#longest").Change("30"));
        page.Act(it => it.FindAll("button").Single(button => button.TextContent.Contains("Add a rule", StringComparison.Ordinal)).Click());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".rule select")));
        page.Act(it => it.FindAll(".rule select")[0].Change("Operator"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".saved")));
        var policy = await scene.Portal.Get<RemoteAccessPolicies>().GetAsync(scene.Tenant, Watchdog.Token);
        Assert.Equal(("443 5900-5910", 30, 1, TenantRole.Operator), (policy.DevicePorts, policy.LongestMinutes, policy.Version, Assert.Single(OpenerRule.Read(policy.Openers)!).Role));
        var refused = await scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, scene.Request(), Watchdog.Token);
        Assert.Equal([PolicyRule.NotThisSim, PolicyRule.DevicePort], Assert.IsType<Soracom.Portal.Features.RemoteAccess.DoorRefusedError>(refused.Error).Reasons.Select(reason => reason.Rule));
    }

    [Fact]
    public async Task Policy_WithManyRules_StandsInTheTrailWhole()
    {
        var policies = scene.Portal.Get<RemoteAccessPolicies>();
        var rules = Enumerable.Range(0, OpenerRule.Most).Select(number => new OpenerRule { Role = TenantRole.Operator, Tag = $"site-{number}", Value = new string('x', 60) }).ToList();

        var put = await policies.PutAsync(scene.Tenant, new RemoteAccessPolicy { TenantId = scene.Tenant.TenantId, Openers = OpenerRule.Write(rules) }, Watchdog.Token);

        Assert.Null(put.Error);
        var told = string.Concat((await scene.Portal.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.RemoteAccessPolicyChanged).Select(entry => entry.After![(entry.After!.IndexOf(')', StringComparison.Ordinal) + 2)..]));
        Assert.EndsWith($"openers {put.Value.Openers}", told, StringComparison.Ordinal);
        Assert.StartsWith("(1/", (await scene.Portal.TrailAsync(PortalScene.Aoba)).First(entry => entry.Action == AuditActions.RemoteAccessPolicyChanged).Before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_WhatCanNotBeUsed_IsNotSaved_AndTwoOwnersAtOnceAreNotLost()
    {
        var page = Policy(scene.Tenant);
        page.Act(it => it.Find("#pattern").Change("(?=OPS)"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("The pattern can't be used", page.Find(".notice h2").TextContent));

        await scene.Portal.Get<RemoteAccessPolicies>().PutAsync(scene.Tenant, new RemoteAccessPolicy { TenantId = scene.Tenant.TenantId, LongestMinutes = 5 }, Watchdog.Token);
        page.Act(it => it.Find("#pattern").Change("OPS-[0-9]+"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("Somebody else was faster", page.Find(".notice h2").TextContent));
        Assert.Equal(5, (await scene.Portal.Get<RemoteAccessPolicies>().GetAsync(scene.Tenant, Watchdog.Token)).LongestMinutes);
    }

    [Fact]
    public async Task Policy_SomebodyWasFaster_WhatWasTypedIsSavedOverIt_WhenThatIsMeant()
    {
        var page = Policy(scene.Tenant);
        page.Act(it => it.Find("#ports").Change("443"));
        await scene.Portal.Get<RemoteAccessPolicies>().PutAsync(scene.Tenant, new RemoteAccessPolicy { TenantId = scene.Tenant.TenantId, LongestMinutes = 5 }, Watchdog.Token);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notice button")));
        Assert.Equal("443", page.Find("#ports").GetAttribute("value"));

        await page.InvokeAsync(() => page.FindAll(".notice button").Single(button => button.TextContent == "Save mine over it").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".saved")));
        var policy = await scene.Portal.Get<RemoteAccessPolicies>().GetAsync(scene.Tenant, Watchdog.Token);
        Assert.Equal(("443", 480, 2), (policy.DevicePorts, policy.LongestMinutes, policy.Version));
    }

    [Fact]
    public async Task Policy_SomebodyWasFaster_ThePresentOneIsGoneOnWith_WhenThatIsMeant()
    {
        var page = Policy(scene.Tenant);
        page.Act(it => it.Find("#ports").Change("443"));
        await scene.Portal.Get<RemoteAccessPolicies>().PutAsync(scene.Tenant, new RemoteAccessPolicy { TenantId = scene.Tenant.TenantId, LongestMinutes = 5 }, Watchdog.Token);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notice button")));

        await page.InvokeAsync(() => page.FindAll(".notice button").Single(button => button.TextContent.Trim() == "Drop mine and show the present policy").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Equal("5", page.Find("#longest").GetAttribute("value")));
        Assert.Equal("", page.Find("#ports").GetAttribute("value") ?? "");
        page.Act(it => it.Find("#longest").Change("6"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".saved")));
        Assert.Equal(6, (await scene.Portal.Get<RemoteAccessPolicies>().GetAsync(scene.Tenant, Watchdog.Token)).LongestMinutes);
    }

    [Fact]
    public async Task Policy_ARuleThatSaysNothing_IsRefused_AloneAndBesideOthers()
    {
        var page = Policy(scene.Tenant);
        await page.InvokeAsync(() => Add(page).ClickAsync(new()));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("A rule names nobody and nothing", page.Find(".notice h2").TextContent));
        page.Act(it => it.FindAll(".rule select")[0].Change("Operator"));
        await page.InvokeAsync(() => Add(page).ClickAsync(new()));

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        page.WaitForAssertion(() => Assert.StartsWith("Rule 2 would let everybody", page.Find(".notice p").TextContent, StringComparison.Ordinal));
        Assert.Equal(0, (await scene.Portal.Get<RemoteAccessPolicies>().GetAsync(scene.Tenant, Watchdog.Token)).Version);
    }

    [Fact]
    public async Task Policy_ARuleForAPerson_LetsThatPersonAloneOpen()
    {
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Operator);
        using var named = await scene.Portal.OpenAsync(person, PortalScene.Aoba);
        using var viewer = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var page = Policy(scene.Tenant);
        await page.InvokeAsync(() => Add(page).ClickAsync(new()));
        Assert.DoesNotContain(page.FindAll(".rule select")[0].QuerySelectorAll("option"), option => option.GetAttribute("value") == $"{viewer.Actor.PersonId}");
        page.Act(it => it.FindAll(".rule select")[0].Change($"{named.Actor.PersonId}"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".saved")));

        var own = await scene.Opening.OpenAsync(named, DoorScene.Japan, scene.Request(), Watchdog.Token);
        var another = await scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, scene.Request(), Watchdog.Token);

        Assert.Null(own.Error);
        Assert.Equal([PolicyRule.NotThisSim], Assert.IsType<Soracom.Portal.Features.RemoteAccess.DoorRefusedError>(another.Error).Reasons.Select(reason => reason.Rule));
        Assert.Equal(named.Actor.PersonId, Assert.Single(await scene.Portal.Get<OpenerChoices>().PeopleAsync(viewer, Watchdog.Token)).Id);
    }

    [Fact]
    public async Task Policy_APersonWhoIsNoMemberAnyMore_IsToldAsSuch_AndStaysNamed()
    {
        var gone = Guid.NewGuid();
        await scene.Portal.Get<RemoteAccessPolicies>().PutAsync(
            scene.Tenant, new RemoteAccessPolicy { TenantId = scene.Tenant.TenantId, Openers = OpenerRule.Write([new OpenerRule { Person = gone }]) }, Watchdog.Token);

        var page = Policy(scene.Tenant);

        var chosen = page.Find(".rule select option[selected]");
        Assert.Equal(($"{gone}", "No member any more"), (chosen.GetAttribute("value"), chosen.TextContent));
    }

    [Fact]
    public async Task Policy_WhereNobodyLookedAtSimsYet_OffersTheVendorsGroups()
    {
        var groups = await scene.CallAsync(client => client.Groups.ListGroupsAsync(cancellationToken: Watchdog.Token));
        Assert.NotEmpty(groups.Items);

        var page = Policy(scene.Tenant);
        await page.InvokeAsync(() => Add(page).ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Superset(
            groups.Items.Select(group => group.GroupId).ToHashSet(StringComparer.Ordinal),
            page.FindAll(".rule select")[1].QuerySelectorAll("option").Select(option => option.GetAttribute("value")!).ToHashSet(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Policy_WhereTheVendorTellsNoGroups_SaysSo_AndAsksAgain()
    {
        scene.Portal.Sandbox.Faults.Arm(new Soracom.Sandbox.Faults.SandboxFault { Kind = Soracom.Sandbox.Faults.SandboxFaultKind.Status, Status = 403, Path = "/v1/groups", Method = "GET" });
        var page = Policy(scene.Tenant);
        page.WaitForAssertion(() => Assert.Contains("The groups to choose from can't be shown.", page.Find(".notice").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => Add(page).ClickAsync(new()));
        Assert.Single(page.FindAll(".rule select")[1].QuerySelectorAll("option"));

        await page.InvokeAsync(() => page.FindAll(".notice button").Single(button => button.TextContent.Contains("Try again", StringComparison.Ordinal)).ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".notice")));
        Assert.NotEmpty(page.FindAll(".rule select")[1].QuerySelectorAll("option").Skip(1));
    }

    [Fact]
    public async Task Policy_GroupsThatArePartlyKnown_AreNotTakenForAll_AndThoseThatAreGoneAreLeftOut()
    {
        var choices = scene.Portal.Get<OpenerChoices>();
        await scene.Portal.Get<InventorySync>().RunAsync(scene.Tenant.TenantId, DoorScene.Japan, Watchdog.Token);
        var kept = (await choices.GroupsAsync(scene.Tenant, Watchdog.Token)).Value;
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            var row = await db.InventoryGroups.FirstAsync(Watchdog.Token);
            row.GoneAt = scene.Portal.Clock.GetUtcNow();
            await db.SaveChangesAsync(Watchdog.Token);
        }

        Assert.Equal(kept.Count - 1, (await choices.GroupsAsync(scene.Tenant, Watchdog.Token)).Value.Count);
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            await db.SimInventories.ExecuteUpdateAsync(set => set.SetProperty(inventory => inventory.CompleteAsOf, (DateTimeOffset?)null), Watchdog.Token);
        }

        Assert.Equal(kept.Count, (await choices.GroupsAsync(scene.Tenant, Watchdog.Token)).Value.Count);
    }

    [Fact]
    public async Task Pages_OfATenantWhoseSimsNobodyRead_HaveThemRead()
    {
        var walks = new Walks();
        var known = new KnownSims(walks, scene.Portal.Clock);
        var portal = scene.Portal;

        await new RemoteDoors(portal.Database, portal.Get<TenantSoracom>(), known).ElsewhereAsync(scene.Tenant, DoorScene.Japan, TimeSpan.Zero, Watchdog.Token);
        Assert.Single(walks.Asked);
        await new DoorSims(portal.Database, portal.Get<TenantSoracom>(), known).SearchAsync(scene.Tenant, DoorScene.Japan, "pump", Watchdog.Token);
        Assert.Equal(2, walks.Asked.Count);
        await new RemoteLog(portal.Database, portal.Get<TenantSoracom>(), portal.Get<RemoteLogReader>(), known, portal.Get<AuditTrail>(), portal.Get<IStringLocalizer<Strings>>()).RefreshAsync(scene.Tenant, evenIfRecent: true, Watchdog.Token);

        Assert.Equal([DoorScene.Japan, DoorScene.Japan, DoorScene.Japan, SoracomCoverage.Global], walks.Asked.Select(asked => asked.Coverage));
        Assert.All(walks.Asked, asked => Assert.Equal(scene.Tenant.TenantId, asked.TenantId));
    }

    [Fact]
    public async Task ToClose_ADoorThatNobodyHasFoundYet_SaysSo_AndHasNoButtonForItAnyMore()
    {
        var door = await scene.OpenAsync();
        await scene.ChangeAsync(door.Id, row => (row.State, row.IpAddress) = (RemoteDoorState.Unknown, null));
        var before = List(scene.Tenant);
        before.WaitForAssertion(() => Assert.NotEmpty(before.FindAll($"tr[data-door='{door.Id}'] button.danger")));
        await scene.ChangeAsync(door.Id, row => (row.End, row.EndedByName, row.Trouble) = (RemoteDoorEnd.Person, "Haruto", nameof(VendorErrorKind.Unavailable)));

        var list = List(scene.Tenant);
        var page = One(door.Id);

        list.WaitForAssertion(() => Assert.Contains("It is closed as soon as it is found", list.Find($"tr[data-door='{door.Id}']").TextContent, StringComparison.Ordinal));
        Assert.Empty(list.FindAll($"tr[data-door='{door.Id}'] button.danger"));
        page.WaitForAssertion(() => Assert.Equal("It is closed as soon as it is found", page.Find(".standing .notice h2").TextContent));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Close now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_OnAPhone_TellsWhoAndWhyAndFromWhereToo_AndOpensAgain()
    {
        var door = await scene.OpenAsync(scene.Request() with { Ticket = "OPS-1" });
        var foreign = await scene.OpenElsewhereAsync(443);
        var page = List(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll($"tr[data-endpoint='{foreign.Endpoint}']")));

        var small = string.Join(' ', page.FindAll($"tr[data-door='{door.Id}'] .less").Select(line => line.TextContent));
        Assert.Contains($"Allowed sources: {door.SourceRanges}", small, StringComparison.Ordinal);
        Assert.Contains($"Opened by: {door.OpenerName} · OPS-1 · Repair", small, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll($"tr[data-door='{door.Id}'] a[href='{PortalUrls.OpenAgain(PortalScene.Aoba, door.Id)}']:not(.more)"));
        Assert.Contains("203.0.113.5/32", string.Join(' ', page.FindAll($"tr[data-endpoint='{foreign.Endpoint}'] .less").Select(line => line.TextContent)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SimCard_ForWhoeverMayNotSeeDoors_HasNoWayIn()
    {
        var door = await scene.OpenAsync();
        var mapping = Assert.Single(await scene.OfSimAsync());

        var hidden = SimMapping.Of(mapping, [door], mayKnow: false);
        var shown = SimMapping.Of(mapping, [door], mayKnow: true);

        Assert.Equal((true, null, false), (hidden.IsHidden, hidden.Door, hidden.IsElsewhere));
        Assert.DoesNotContain(mapping.IpAddress!, System.Text.Json.JsonSerializer.Serialize(hidden.Mapping), StringComparison.Ordinal);
        Assert.Equal((22, mapping.ExpiredTime), (hidden.Mapping.Destination!.Port, hidden.Mapping.ExpiredTime));
        Assert.Equal((false, door.Id, mapping.IpAddress), (shown.IsHidden, shown.Door!.Id, shown.Mapping.IpAddress));
    }

    [Fact]
    public async Task SimCard_TellsWhoOpenedADoor_AndLeadsToAnother()
    {
        var door = await scene.OpenAsync();
        var place = new SimPlace(PortalScene.Aoba, DoorScene.Japan, scene.Sim.SimId);

        var card = circuit.Render<SimPortMappingsCard>(parameters => parameters
            .AddCascadingValue(scene.Tenant)
            .AddCascadingValue("Location", "https://portal.test" + place.To(SimTab.Network))
            .Add(one => one.Place, place));

        card.WaitForAssertion(() => Assert.NotEmpty(card.FindAll($"a[href='{PortalUrls.Door(PortalScene.Aoba, door.Id)}']")));
        Assert.NotEmpty(card.FindAll($"a[href='{PortalUrls.NewDoor(PortalScene.Aoba, DoorScene.Japan, scene.Sim.SimId)}']"));
    }

    private static IElement Add(IRenderedComponent<RemoteAccessPolicyPage> page) => page.FindAll("button").Single(button => button.TextContent.Contains("Add a rule", StringComparison.Ordinal));

    private static IElement Press(IRenderedComponent<DoorNewPage> page) => page.FindAll("button.primary").Single(button => button.TextContent.Contains("Open the door", StringComparison.Ordinal));

    private IRenderedComponent<DoorNewPage> New(TenantContext tenant, string? address = null) => circuit.Render<DoorNewPage>(parameters => parameters
        .AddCascadingValue(tenant)
        .AddCascadingValue("Location", $"https://portal.test{address ?? PortalUrls.NewDoor(PortalScene.Aoba, DoorScene.Japan, scene.Sim.SimId)}")
        .Add(page => page.Slug, tenant.Slug));

    private IRenderedComponent<RemoteAccessPage> List(TenantContext tenant)
    {
        var page = circuit.Render<RemoteAccessPage>(parameters => parameters.AddCascadingValue(tenant).Add(opened => opened.Slug, tenant.Slug));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("section")));
        return page;
    }

    private IRenderedComponent<DoorPage> One(Guid doorId) =>
        circuit.Render<DoorPage>(parameters => parameters.AddCascadingValue(scene.Tenant).Add(page => page.Slug, PortalScene.Aoba).Add(page => page.DoorId, $"{doorId}"));

    private IRenderedComponent<RemoteAccessPolicyPage> Policy(TenantContext tenant)
    {
        var page = circuit.Render<RemoteAccessPolicyPage>(parameters => parameters.AddCascadingValue(tenant).Add(opened => opened.Slug, tenant.Slug));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#ports")));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-busy]")));
        return page;
    }

    private sealed class Walks : ISimWalks
    {
        public List<(Guid TenantId, SoracomCoverage Coverage)> Asked { get; } = [];

        public void Ask(Guid tenantId, SoracomCoverage coverage) => Asked.Add((tenantId, coverage));
    }
}
