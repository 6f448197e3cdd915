using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Pages;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

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

        page.Find("#reason").Input("Repair");
        page.WaitForAssertion(() => Assert.Equal("Allow", page.Find("[data-outcome]").GetAttribute("data-outcome")));
        await Press(page).ClickAsync(new());

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
        page.Find("#reason").Input("Repair");
        page.WaitForAssertion(() => Assert.Equal(["Name the sources that are let in."], page.FindAll(".reasons li").Select(reason => reason.TextContent)));
        page.Find("#sources").Input("2001:db8::7");
        page.WaitForAssertion(() => Assert.Contains("is an IPv6 address", page.Find(".problem").TextContent, StringComparison.Ordinal));
        Assert.True(Press(page).HasAttribute("disabled"));
        page.Find("#sources").Input("203.0.113.5");
        page.WaitForAssertion(() => Assert.False(Press(page).HasAttribute("disabled")));
    }

    [Fact]
    public void New_ARangeWithTooMuch_IsOfferedAsItWasMeant()
    {
        var page = New(scene.Tenant);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#sources")));

        page.Find("#sources").Input("203.0.113.5/24");
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#sources").GetAttribute("aria-invalid")));
        page.Find(".problem button").Click();

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
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#port")));

        page.FindAll(".presets button").Single(button => button.TextContent == "HTTP 80").Click();

        page.WaitForAssertion(() => Assert.Equal("80", page.Find("#port").GetAttribute("value")));
        Assert.True(page.Find("input[type=checkbox]").HasAttribute("checked"));
    }

    [Fact]
    public async Task New_WithoutASim_FindsOneByItsName()
    {
        var page = New(scene.Tenant, PortalUrls.NewDoor(PortalScene.Aoba));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("input[type=search]")));

        page.Find("input[type=search]").Input(scene.Sim.Name);
        await page.Find("form[role=search]").SubmitAsync();

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

        var closing = row.QuerySelector("button.danger")!.ClickAsync(new());
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

        var closing = page.Find($"tr[data-endpoint='{foreign.Endpoint}'] button.danger").ClickAsync(new());
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
        page.Find("#kill-word").Input("aob");
        Assert.True(page.Find(".switch button.danger").HasAttribute("disabled"));

        page.Find("#kill-word").Input(PortalScene.Aoba);
        page.WaitForAssertion(() => Assert.False(page.Find(".switch button.danger").HasAttribute("disabled")));
        await page.Find(".switch button.danger").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("1 could not be closed", page.Find(".switch .notice h2").TextContent));
        Assert.Contains($"{door.IpAddress}:{door.Port}", page.Find(".switch .notice li").TextContent, StringComparison.Ordinal);

        page.Find("#kill-word").Input(PortalScene.Aoba);
        page.WaitForAssertion(() => Assert.False(page.Find(".switch button.danger").HasAttribute("disabled")));
        await page.Find(".switch button.danger").ClickAsync(new());
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
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await billing.DownloadAsync(PortalUrls.DoorRdp(PortalScene.Aoba, door.Id))).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await other.DownloadAsync(PortalUrls.DoorRdp(PortalScene.Aoba, door.Id))).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await other.DownloadAsync(PortalUrls.DoorRdp(PortalScene.Nagisa, door.Id))).Status);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await nobody.DownloadAsync(PortalUrls.DoorRdp(PortalScene.Aoba, door.Id))).Status);
    }

    [Fact]
    public async Task Policy_AnOwnerSetsIt_AndTheNextRequestGoesByIt()
    {
        var page = Policy(scene.Tenant);
        page.Find("#ports").Change("443 5900-5910");
        page.Find("#longest").Change("30");
        page.FindAll("button").Single(button => button.TextContent.Contains("Add a rule", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".rule select")));
        page.FindAll(".rule select")[0].Change("Operator");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".saved")));
        var policy = await scene.Portal.Get<RemoteAccessPolicies>().GetAsync(scene.Tenant, Watchdog.Token);
        Assert.Equal(("443 5900-5910", 30, 1, TenantRole.Operator), (policy.DevicePorts, policy.LongestMinutes, policy.Version, Assert.Single(OpenerRule.Read(policy.Openers)!).Role));
        var refused = await scene.Opening.OpenAsync(scene.Tenant, DoorScene.Japan, scene.Request(), Watchdog.Token);
        Assert.Equal([PolicyRule.NotThisSim, PolicyRule.DevicePort], Assert.IsType<Soracom.Portal.Features.RemoteAccess.DoorRefusedError>(refused.Error).Reasons.Select(reason => reason.Rule));
    }

    [Fact]
    public async Task Policy_WhatCanNotBeUsed_IsNotSaved_AndTwoOwnersAtOnceAreNotLost()
    {
        var page = Policy(scene.Tenant);
        page.Find("#pattern").Change("(?=OPS)");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The pattern can't be used", page.Find(".notice h2").TextContent));

        await scene.Portal.Get<RemoteAccessPolicies>().PutAsync(scene.Tenant, new RemoteAccessPolicy { TenantId = scene.Tenant.TenantId, LongestMinutes = 5 }, Watchdog.Token);
        page.Find("#pattern").Change("OPS-[0-9]+");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Somebody else was faster", page.Find(".notice h2").TextContent));
        Assert.Equal(5, (await scene.Portal.Get<RemoteAccessPolicies>().GetAsync(scene.Tenant, Watchdog.Token)).LongestMinutes);
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
        return page;
    }
}
