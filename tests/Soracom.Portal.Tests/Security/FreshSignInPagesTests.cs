using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Delegation;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Security;

/// <summary>Pages keep what was chosen while somebody signs in again, and then the same button does it.</summary>
public sealed class FreshSignInPagesTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private TenantContext owner = null!;
    private ComponentScene circuit = null!;

    private DialogService Dialogs => circuit.Services.GetRequiredService<DialogService>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync("--Session:FreshFor=00:15:00");
        owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        circuit = new ComponentScene(scene);
        Dialogs.OnOpen += (_, _, _, _) => _ = circuit.Renderer.Dispatcher.InvokeAsync(async () =>
        {
            await Task.Yield();
            Dialogs.Close(true);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        owner.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Members_KeepTheRoleThatWasChosen()
    {
        var yui = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Operator, "Yui Again");
        var page = Open<MembersPage>(members => members.Add(one => one.Slug, PortalScene.Aoba));
        page.Act(it => it.Find("select[aria-label='Role of Yui Again']").Change("Viewer"));
        scene.Clock.Advance(TimeSpan.FromMinutes(15));

        await page.InvokeAsync(() => page.Find($"tr[data-person='{yui.PersonId}'] .role button.primary").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Single(page.FindAll($".notice a[href='{PortalUrls.SignInAgain()}'][target=_blank]")));
        Assert.Equal("Viewer", page.Find("select[aria-label='Role of Yui Again']").GetAttribute("value"));
        await ProveAsync();
        await page.InvokeAsync(() => page.Find($"tr[data-person='{yui.PersonId}'] .role button.primary").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Equal("Yui Again is now: Viewer", page.Find(".notice h2").TextContent));
    }

    [Fact]
    public async Task Delegation_GivesThePartnerWhatWasChosen_AndNoMore()
    {
        var delegations = scene.Get<Delegations>();
        await delegations.EndAsync(owner, (await delegations.LookAsync(owner, Watchdog.Token))!.PartnerId, Watchdog.Token);
        var page = Open<DelegationPage>(delegation => delegation.Add(one => one.Slug, PortalScene.Aoba));
        page.Act(it => it.Find("#partner-slug").Change("hamanasu"));
        page.Act(it => it.Find("#partner-terms").Change("Billing"));
        scene.Clock.Advance(TimeSpan.FromMinutes(15));

        await page.InvokeAsync(() => page.Find("form.give").SubmitAsync());

        page.WaitForAssertion(() => Assert.Single(page.FindAll($"a[href='{PortalUrls.SignInAgain()}']")));
        await ProveAsync();
        await page.InvokeAsync(() => page.Find("form.give").SubmitAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form.give")));
        Assert.Equal(TenantRole.Billing, (await delegations.LookAsync(owner, Watchdog.Token))!.Ceiling);
    }

    [Fact]
    public async Task Role_ThatSomebodyElseChangedMeanwhile_IsNotOverwrittenUnseen()
    {
        var roles = scene.Get<CustomRoles>();
        var role = (await roles.MakeAsync(owner, "Night watch", new PermissionSet([Permission.CamerasRead, Permission.CamerasPlay]), Watchdog.Token)).Value;
        var page = Open<RolePage>(one => one.Add(it => it.Slug, PortalScene.Aoba).Add(it => it.RoleId, role.Id.ToString()));
        page.Act(it => it.Find("input[name=BillingRead]").Change(true));
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        using (var other = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner))
        {
            await roles.ChangeAsync(other, role, role.Name, new PermissionSet([Permission.CamerasRead]), Watchdog.Token);
        }

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Single(page.FindAll($"a[href='{PortalUrls.SignInAgain()}']")));
        await ProveAsync();
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("Somebody else was faster", page.Find(".notice h2, .notice h3").TextContent));
        Assert.Equal([Permission.CamerasRead], (await roles.ListAsync(owner, Watchdog.Token))[0].Permissions.Permissions);
        Assert.True(page.Find("input[name=BillingRead]").HasAttribute("checked"));
    }

    private Task<bool> ProveAsync() => scene.Get<SignInSessions>().ProveAsync(owner.Actor.SessionId, owner.Actor.PersonId, scene.Clock.GetUtcNow(), Watchdog.Token);

    private IRenderedComponent<T> Open<T>(Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent => circuit.Render<CascadingValue<TenantContext>>(value => value.Add(one => one.Value, owner).AddChildContent(parameters)).FindComponent<T>();
}
