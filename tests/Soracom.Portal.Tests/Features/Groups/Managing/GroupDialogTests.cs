using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.Groups.Managing;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Groups.Managing;

/// <summary>The dialogs that make, label and delete groups: what they ask for, and what they say when it can't be done.</summary>
public sealed class GroupDialogTests : IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;

    private PortalScene scene = null!;
    private ComponentScene circuit = null!;
    private TenantContext tenant = null!;

    private DialogService Dialogs => circuit.Services.GetRequiredService<DialogService>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        circuit = new ComponentScene(scene);
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Deletion_OfAGroupWithoutSims_NeedsOneConfirmation()
    {
        var group = new LabelledGroup(Japan, await scene.AddGroupAsync(tenant, name: "Empty"), "Empty", new Dictionary<string, string>());
        var (dialog, ended) = Delete(group);
        dialog.WaitForAssertion(() => Assert.NotEmpty(dialog.FindAll("form")));
        Assert.Contains("Empty", dialog.Find(".which").TextContent, StringComparison.Ordinal);
        Assert.Empty(dialog.FindAll(".members"));

        await dialog.InvokeAsync(() => dialog.Find("form").SubmitAsync());

        Assert.Equal(true, await ended);
        Assert.Empty(await NamedAsync("Empty"));
    }

    [Fact]
    public async Task Deletion_OfAGroupWithSims_NamesThem_AndNeedsItsNameAsWell()
    {
        var group = await InUseAsync();
        var (dialog, ended) = Delete(new LabelledGroup(Japan, group.GroupId, group.Name, group.Tags));
        dialog.WaitForAssertion(() => Assert.NotEmpty(dialog.FindAll(".members li")));
        Assert.Contains($"{group.Sims!.Total} SIMs are in this group", dialog.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Empty(dialog.FindAll(".button.danger"));

        // A form is sent by Enter as well: that is no confirmation.
        await dialog.InvokeAsync(() => dialog.Find("form").SubmitAsync());
        await dialog.InvokeAsync(() => Button(dialog, "Delete all the same").ClickAsync(new()));
        await dialog.InvokeAsync(() => dialog.Find("#group-typed").InputAsync(new ChangeEventArgs { Value = group.Name + "x" }));
        Assert.True(dialog.Find(".button.danger").HasAttribute("disabled"));
        await dialog.InvokeAsync(() => dialog.Find("form").SubmitAsync());
        Assert.NotEmpty(await NamedAsync(group.Name));
        Assert.False(ended.IsCompleted);

        await dialog.InvokeAsync(() => dialog.Find("#group-typed").InputAsync(new ChangeEventArgs { Value = group.Name }));
        Assert.False(dialog.Find(".button.danger").HasAttribute("disabled"));
        await dialog.InvokeAsync(() => dialog.Find("form").SubmitAsync());

        Assert.Equal(true, await ended);
        Assert.Empty(await NamedAsync(group.Name));
    }

    [Fact]
    public async Task Deletion_SimsCameInMeanwhile_AsksAnew()
    {
        var group = await InUseAsync();
        var empty = new LabelledGroup(Japan, await scene.AddGroupAsync(tenant, name: "Filling"), "Filling", new Dictionary<string, string>());
        var (dialog, ended) = Delete(empty);
        dialog.WaitForAssertion(() => Assert.NotEmpty(dialog.FindAll("form")));
        await MoveASimAsync(group.GroupId, empty.GroupId);

        await dialog.InvokeAsync(() => dialog.Find("form").SubmitAsync());

        dialog.WaitForAssertion(() => Assert.Contains("1 SIM is in this group", dialog.Markup, StringComparison.Ordinal));
        Assert.False(ended.IsCompleted);
        Assert.NotEmpty(await NamedAsync("Filling"));
    }

    [Fact]
    public async Task Deletion_ThatTheVendorRefuses_SaysWhy_AndStaysOpen()
    {
        var group = new LabelledGroup(Japan, await scene.AddGroupAsync(tenant, name: "Kept"), "Kept", new Dictionary<string, string>());
        var (dialog, ended) = Delete(group);
        dialog.WaitForAssertion(() => Assert.NotEmpty(dialog.FindAll("form")));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "DELETE", Path = $"/v1/groups/{group.GroupId}" });

        await dialog.InvokeAsync(() => dialog.Find("form").SubmitAsync());

        Assert.Contains("does not allow this", dialog.Find("[aria-live]").TextContent, StringComparison.Ordinal);
        Assert.False(ended.IsCompleted);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Failed], await OutcomesAsync(AuditActions.GroupDeleted));
    }

    [Fact]
    public async Task Form_SentTwiceAtOnce_MakesOneGroup()
    {
        var (form, ended) = Make();
        form.Act(it => it.Find("#group-name").Change("Night shift"));
        form.Act(it => Button(it, "tag").Click());
        form.Act(it => it.Find(".tag-row input").Change("site"));
        form.Act(it => it.FindAll(".tag-row input")[1].Change("Yokohama"));

        await Task.WhenAll(form.Find("form").SubmitAsync(), form.Find("form").SubmitAsync());

        Assert.Equal(GroupFormEnd.Changed, await ended);
        Assert.Equal("Yokohama", Assert.Single(await NamedAsync("Night shift")).Tags["site"]);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], await OutcomesAsync(AuditActions.GroupCreated));
    }

    [Fact]
    public async Task Form_ANameThatIsTaken_IsNamed_AndWhatWasTypedStays()
    {
        await scene.AddGroupAsync(tenant, name: "Twice");
        var (form, ended) = Make();
        form.Act(it => it.Find("#group-name").Change("Twice"));

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        Assert.Contains("Twice", form.Find("[aria-live] .notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("Twice", form.Find("#group-name").GetAttribute("value"));
        Assert.False(ended.IsCompleted);
        await form.InvokeAsync(() => Button(form, "Cancel").ClickAsync(new()));
        Assert.Equal(GroupFormEnd.Nothing, await ended);
    }

    [Fact]
    public async Task Form_OfAGroup_ChangesItsNameAndTags_AndSaysHowFarItCame()
    {
        var group = (await scene.Get<GroupManager>().CreateAsync(tenant, Japan, "Old", [new("site", "Tokyo"), new("team", "a")], Watchdog.Token)).Value;
        var (form, ended) = Edit(new LabelledGroup(Japan, group.GroupId, "Old", new Dictionary<string, string> { ["site"] = "Tokyo", ["team"] = "a" }));
        form.Act(it => it.Find("#group-name").Change("New"));
        form.Act(it => it.Find(".tag-row .button").Click());
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "DELETE", Path = $"/v1/groups/{group.GroupId}/tags/*" });

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("1", form.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Tokyo", Assert.Single(await NamedAsync("New")).Tags["site"]);
        Assert.False(ended.IsCompleted);
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        Assert.Equal(GroupFormEnd.Changed, await ended);
        var after = Assert.Single(await NamedAsync("New")).Tags;
        Assert.False(after.ContainsKey("site"));
        Assert.Equal("a", after["team"]);
    }

    private static IElement Button(IRenderedComponent<IComponent> dialog, string word) => dialog.FindAll("button").Single(button => button.TextContent.Contains(word, StringComparison.Ordinal));

    private (IRenderedComponent<GroupDeletion> Dialog, Task<dynamic?> Ended) Delete(LabelledGroup group)
    {
        var ended = Dialogs.OpenAsync<GroupDeletion>("Delete");
        return (circuit.Render<GroupDeletion>(parameters => parameters.Add(dialog => dialog.Group, group).Add(dialog => dialog.Tenant, tenant)), ended);
    }

    private (IRenderedComponent<GroupForm> Form, Task<dynamic?> Ended) Make()
    {
        var ended = Dialogs.OpenAsync<GroupForm>("Make");
        return (circuit.Render<GroupForm>(parameters => parameters.Add(form => form.Choices, [Japan]).Add(form => form.Tenant, tenant)), ended);
    }

    private (IRenderedComponent<GroupForm> Form, Task<dynamic?> Ended) Edit(LabelledGroup group)
    {
        var ended = Dialogs.OpenAsync<GroupForm>("Edit");
        return (circuit.Render<GroupForm>(parameters => parameters.Add(form => form.Group, group).Add(form => form.Tenant, tenant)), ended);
    }

    /// <summary>A group with several SIMs that are known.</summary>
    private async Task<ListedGroup> InUseAsync()
    {
        await scene.Get<InventorySync>().RunAsync(tenant.TenantId, Japan, Watchdog.Token);
        var listing = await scene.Get<GroupList>().ReadAsync(tenant, Japan, anew: false, Watchdog.Token);
        return listing.Groups.Where(group => group.Name.Length > 0).MaxBy(group => group.Sims!.Total)!;
    }

    private Task<Sim> MoveASimAsync(string from, string to) => AskAsync(async (client, token) =>
    {
        var sims = await client.Groups.ListSubscribersInGroupAsync(from, cancellationToken: token);
        return await client.Sims.SetSimGroupAsync(sims.Items[0].SimId!, new GroupChoice { GroupId = to }, token);
    });

    private Task<List<Soracom.Api.Groups.Group>> NamedAsync(string name) =>
        AskAsync(async (client, token) => await client.Groups.ListAllGroupsAsync(token).Where(group => group.Name == name).ToListAsync(token));

    private async Task<T> AskAsync<T>(Func<ISoracomClient, CancellationToken, Task<T>> call) => (await scene.Get<TenantSoracom>().ReadAsync(tenant, Japan, call, Watchdog.Token)).Value;

    private async Task<IEnumerable<AuditOutcome>> OutcomesAsync(string action) => (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == action).Select(entry => entry.Outcome);
}
