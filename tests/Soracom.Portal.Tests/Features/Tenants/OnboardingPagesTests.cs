using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Delegation;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.Start;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Tenants;

/// <summary>The pages by which a reseller makes a tenant, the customer accepts, and decides about the partner later.</summary>
public sealed class OnboardingPagesTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private ComponentScene circuit = null!;
    private SignedIn rin = null!;

    private NavigationManager Navigation => circuit.Services.GetRequiredService<NavigationManager>();

    public async ValueTask InitializeAsync()
    {
        rin = await scene.MemberAsync(PortalScene.Aoba, role: null, "Rin");
        circuit = new ComponentScene(scene);
    }

    public ValueTask DisposeAsync() => circuit.DisposeAsync();

    [Fact]
    public async Task NewTenant_MakesIt_AndLeadsThere_WhereAChecklistSaysWhatIsMissing()
    {
        var slug = $"t{Guid.NewGuid():N}";
        var page = New(rin);
        page.WaitForElement("#tenant-name");
        page.Act(it => it.Find("#tenant-name").Change("Minato Foods"));
        page.Act(it => it.Find("#tenant-slug").Change(slug));

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        page.WaitForAssertion(() => Assert.EndsWith(PortalUrls.Tenant(slug), Navigation.Uri, StringComparison.Ordinal));
        using var tenant = await scene.OpenAsync(rin, slug);
        var view = await scene.Get<TenantSetUp>().LookAsync(tenant, Watchdog.Token);
        var checklist = In<SetUpChecklist>(tenant, parameters => parameters.Add(one => one.View, view!));
        Assert.Equal("false", checklist.Find("[data-step=owner]").GetAttribute("data-done"));
        Assert.Equal(PortalUrls.Members(slug), checklist.Find("[data-step=owner] a").GetAttribute("href"));
        Assert.Equal(PortalUrls.Credentials(slug), checklist.Find("[data-step=Japan] a").GetAttribute("href"));
        Assert.Empty(checklist.FindAll("[data-step=Global]"));
    }

    [Fact]
    public async Task NewTenant_WithANameThatIsTaken_SaysSo_AndKeepsWhatWasTyped()
    {
        var page = New(rin);
        page.WaitForElement("#tenant-name");
        page.Act(it => it.Find("#tenant-name").Change("Minato Foods"));
        page.Act(it => it.Find("#tenant-slug").Change("aoba"));

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("That name is taken", page.Find(".notice h2, .notice h3").TextContent));
        Assert.Equal("Minato Foods", page.Find("#tenant-name").GetAttribute("value"));
    }

    [Fact]
    public async Task NewTenant_ForThoseWhoActForNoReseller_HasNoForm()
    {
        var page = New(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner));

        page.WaitForAssertion(() => Assert.Contains("Partners make tenants here", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Join_AsTheFirstOwner_ShowsThePartnersPeople_AndTakesTheChoice()
    {
        var slug = await TenantAsync();
        using var partner = await scene.OpenAsync(rin, slug);
        var made = (await scene.Get<Invitations>().InviteAsync(partner, "kei@example.com", TenantRole.Owner, null, "en", Watchdog.Token)).Value;
        var page = circuit.Render<CascadingValue<SignedIn>>(value => value
            .Add(one => one.Value, scene.SignInAsync("Kei").GetAwaiter().GetResult())
            .AddChildContent<JoinPage>(join => join.Add(one => one.Code, made.Code))).FindComponent<JoinPage>();

        page.WaitForAssertion(() => Assert.Contains("Rin", page.Find(".partner").TextContent, StringComparison.Ordinal));
        Assert.Equal("Operator", page.Find("#join-terms").GetAttribute("value"));
        page.Act(it => it.Find("#join-terms").Change("Billing"));
        await page.InvokeAsync(() => page.Find("button.primary").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.EndsWith(PortalUrls.Tenant(slug), Navigation.Uri, StringComparison.Ordinal));
        using var anew = await scene.OpenAsync(rin, slug);
        Assert.Equal(TenantRole.Billing, anew.Standing.Ceiling);
    }

    [Fact]
    public async Task Delegation_TheOwnerNarrowsAndEndsIt_AndThePageSaysSo()
    {
        var slug = await TenantAsync();
        using var owner = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Haruto"), slug);
        var page = In<DelegationPage>(owner, parameters => parameters.Add(one => one.Slug, slug));
        page.WaitForAssertion(() => Assert.Contains("Rin", page.Find("tr[data-partner]").TextContent, StringComparison.Ordinal));

        page.Act(it => it.Find("#partner-terms").Change("Viewer"));
        await page.InvokeAsync(() => page.Find(".terms .primary").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains("What the role Viewer may", page.Find("tr[data-partner]").TextContent, StringComparison.Ordinal));

        var ending = page.InvokeAsync(() => page.Find(".terms .danger").ClickAsync(new()));
        await page.InvokeAsync(() => circuit.Services.GetRequiredService<DialogService>().Close(true));
        await ending;
        page.WaitForAssertion(() => Assert.Contains("No partner works here", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delegation_WithoutAPartner_TheOwnerGivesItToOneByItsShortName()
    {
        var slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug, resellerId: null);
        await scene.TestDatabase.AddResellerAsync($"r{slug}");
        using var owner = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Haruto"), slug);
        var page = In<DelegationPage>(owner, parameters => parameters.Add(one => one.Slug, slug));
        page.WaitForElement("#partner-slug");

        page.Act(it => it.Find("#partner-slug").Change("nobody"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("There is no such partner", page.Markup, StringComparison.Ordinal));

        page.Act(it => it.Find("#partner-slug").Change($"r{slug}"));
        var giving = page.InvokeAsync(() => page.Find("form").SubmitAsync());
        await page.InvokeAsync(() => circuit.Services.GetRequiredService<DialogService>().Close(true));
        await giving;
        page.WaitForAssertion(() => Assert.Contains($"Reseller r{slug}", page.Find("section.card h2").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delegation_ForThePartner_OffersNoChange()
    {
        using var partner = await scene.OpenAsync(rin, await TenantAsync());
        var page = In<DelegationPage>(partner, parameters => parameters.Add(one => one.Slug, partner.Slug));

        page.WaitForAssertion(() => Assert.Contains("owners decide about this", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button, select"));
    }

    private async Task<string> TenantAsync()
    {
        var reseller = Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(rin, Watchdog.Token));
        return (await scene.Get<CustomerTenants>().AddAsync(reseller, new NewCustomer("Minato Foods", $"t{Guid.NewGuid():N}", [Soracom.Api.SoracomCoverage.Japan], "Asia/Tokyo", "en"), Watchdog.Token)).Value;
    }

    private IRenderedComponent<NewTenantPage> New(SignedIn person) => circuit.Render<CascadingValue<SignedIn>>(value => value
        .Add(one => one.Value, person)
        .AddChildContent<NewTenantPage>()).FindComponent<NewTenantPage>();

    private IRenderedComponent<T> In<T>(TenantContext tenant, Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent => circuit.Render<CascadingValue<TenantContext>>(value => value
        .Add(one => one.Value, tenant)
        .AddChildContent(parameters)).FindComponent<T>();
}
