using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Delegation;
using Soracom.Portal.Features.Overview;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Delegation;

/// <summary>The owners of a tenant that its partner has suspended end the delegation; nobody else does.</summary>
public sealed class SuspensionExitTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private SignedIn haruto = null!;
    private SignedIn rin = null!;
    private ResellerContext reseller = null!;
    private string slug = null!;
    private Guid tenantId;

    private SuspensionExit Exit => scene.Get<SuspensionExit>();

    public static TheoryData<string> Others =>
        [.. Enum.GetNames<TenantRole>().Except([nameof(TenantRole.Owner)]), "partner", "owner of another tenant", "owner no more", "owner who signed out", "owner with another's session", "owner who is the partner's", "stranger"];

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        tenantId = await scene.TestDatabase.AddTenantAsync(slug, await scene.TestDatabase.AddResellerAsync($"r{slug}"));
        haruto = await scene.MemberAsync(slug, TenantRole.Owner, "Haruto");
        rin = await scene.MemberAsync(slug, role: null, "Rin");
        reseller = Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(rin, Watchdog.Token));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task End_ByAnOwner_LetsTheirPeopleInAgain_AndThePartnersNot()
    {
        await SuspendAsync();

        Assert.Equal($"Reseller r{slug}", (await Exit.EndAsync(haruto, slug, Watchdog.Token)).Value);

        using var opened = await scene.OpenAsync(haruto, slug);
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(rin, slug, Watchdog.Token));
        Assert.Null(await scene.Get<Customers>().FindAsync(reseller, slug, Watchdog.Token));
        Assert.IsType<GoneError>((await scene.Get<Customers>().SuspendAsync(reseller, tenantId, "", Watchdog.Token)).Error);
        var row = await RowAsync();
        Assert.Equal((null, null, null, null, null), (row.ResellerId, row.ResellerCeiling, row.SuspendedAt, row.SuspendedBy, row.SuspendedFor));
        Assert.Equal(
            [(AuditActions.DelegationEnded, "Haruto", $"Reseller r{slug}"), (AuditActions.TenantResumed, "Haruto", row.Name)],
            (await scene.TrailAsync(slug)).Where(entry => entry.ActorId == haruto.PersonId && entry.Action != AuditActions.TenantOpened).Select(entry => (entry.Action, entry.ActorName, entry.ObjectName!)));
        Assert.IsType<GoneError>((await Exit.EndAsync(haruto, slug, Watchdog.Token)).Error);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task End_ByAnybodyElse_IsAsForATenantThatThereIsNot_AndChangesNothing(string who)
    {
        var person = await PersonAsync(who);
        await SuspendAsync();
        var (row, trail) = (await RowAsync(), (await scene.TrailAsync(slug)).Count);

        var result = await Exit.EndAsync(person, slug, Watchdog.Token);

        Assert.Equal((await Exit.EndAsync(person, "nobody", Watchdog.Token)).Error, result.Error);
        Assert.IsType<GoneError>(result.Error);
        Assert.Equivalent(row, await RowAsync());
        Assert.Equal(trail, (await scene.TrailAsync(slug)).Count);
        Assert.DoesNotContain(await scene.Get<TenantAccess>().SuspendedAsync(person, slug, Watchdog.Token), told => told.IsOwner && who != "owner with another's session");
    }

    [Theory]
    [InlineData("UPDATE Tenants SET SuspendedAt = NULL WHERE Slug = $slug")]
    [InlineData("UPDATE Tenants SET RemovingAt = 1 WHERE Slug = $slug")]
    [InlineData("UPDATE Tenants SET SuspendedBy = NULL WHERE Slug = $slug")]
    [InlineData("UPDATE Tenants SET ResellerId = NULL WHERE Slug = $slug")]
    public async Task End_OfATenantThatIsNoneToEndItFor_ChangesNothing(string otherwise)
    {
        await SuspendAsync();
        await scene.TestDatabase.ExecuteAsync(otherwise, ("$slug", slug));
        var row = await RowAsync();

        Assert.IsType<GoneError>((await Exit.EndAsync(haruto, slug, Watchdog.Token)).Error);

        Assert.Equivalent(row, await RowAsync());
        Assert.DoesNotContain(await scene.TrailAsync(slug), entry => entry.Action is AuditActions.DelegationEnded or AuditActions.TenantResumed);
    }

    [Fact]
    public async Task Narrow_ByAnOwner_HoldsThePartnerToLess_WhichThenCanOnlyWait()
    {
        await SuspendAsync();

        Assert.Equal(new PartnerTerms(TenantRole.Viewer), (await Exit.NarrowAsync(haruto, slug, new PartnerTerms(Ceiling: null), new PartnerTerms(TenantRole.Viewer), Watchdog.Token)).Value);

        Assert.Equal(TenantRole.Viewer, (await RowAsync()).ResellerCeiling);
        Assert.Equal("CustomerHolds", Assert.IsType<InputError>((await scene.Get<Customers>().ResumeAsync(reseller, tenantId, Watchdog.Token)).Error).Key);
        var entry = Assert.Single(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.DelegationChanged);
        Assert.Equal(("Haruto", "everything", "Viewer"), (entry.ActorName, entry.Before, entry.After));
    }

    [Theory]
    [InlineData(TenantRole.Viewer, null)]
    [InlineData(TenantRole.Viewer, TenantRole.Operator)]
    [InlineData(TenantRole.Viewer, TenantRole.Owner)]
    [InlineData(TenantRole.Viewer, TenantRole.Guard)]
    public async Task Narrow_ToMore_OrToWhatNobodyIsHeldTo_ChangesNothing(TenantRole present, TenantRole? wanted)
    {
        await SuspendAsync();
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerCeiling = $present WHERE Slug = $slug", ("$present", present.ToString()), ("$slug", slug));

        var refused = await Exit.NarrowAsync(haruto, slug, new PartnerTerms(present), new PartnerTerms(wanted), Watchdog.Token);
        var late = await Exit.NarrowAsync(haruto, slug, new PartnerTerms(Ceiling: null), new PartnerTerms(TenantRole.Viewer), Watchdog.Token);

        Assert.Equal("PartnerTerms", Assert.IsType<InputError>(refused.Error).Key);
        Assert.IsType<ConflictError>(late.Error);
        Assert.Equal(present, (await RowAsync()).ResellerCeiling);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Narrow_ByAnybodyElse_IsAsForATenantThatThereIsNot_AndChangesNothing(string who)
    {
        var person = await PersonAsync(who);
        await SuspendAsync();
        var (row, trail) = (await RowAsync(), (await scene.TrailAsync(slug)).Count);

        Assert.IsType<GoneError>((await Exit.NarrowAsync(person, slug, new PartnerTerms(Ceiling: null), new PartnerTerms(TenantRole.Viewer), Watchdog.Token)).Error);

        Assert.Equivalent(row, await RowAsync());
        Assert.Equal(trail, (await scene.TrailAsync(slug)).Count);
    }

    [Fact]
    public async Task Page_Narrows_AndOffersNothingThatIsNotLess()
    {
        await SuspendAsync();
        await using var circuit = new ComponentScene(scene);
        var page = Page(circuit);
        page.WaitForElement("#partner-terms");
        Assert.DoesNotContain(page.FindAll("#partner-terms option"), option => option.GetAttribute("value") == "");

        page.Act(it => it.Find("#partner-terms").Change(nameof(TenantRole.Billing)));
        page.Act(it => it.Find("[aria-labelledby=suspension-narrow] button").Click());

        page.WaitForAssertion(() => Assert.Contains("from now on", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(TenantRole.Billing, (await RowAsync()).ResellerCeiling);
        Assert.Empty(page.FindAll("#partner-terms"));
    }

    [Fact]
    public async Task Page_SaysWhoWhenAndWhy_AndEndsItAfterTheQuestion()
    {
        await SuspendAsync("Not paid.");
        await using var circuit = new ComponentScene(scene);
        var page = Page(circuit);
        page.WaitForAssertion(() => Assert.Contains($"Rin of Reseller r{slug} suspended it", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Not paid.", page.Markup, StringComparison.Ordinal);

        await AnswerAsync(circuit, page, yes: false);
        Assert.NotNull((await RowAsync()).SuspendedAt);
        await AnswerAsync(circuit, page, yes: true);

        page.WaitForAssertion(() => Assert.Contains("works here no more, and the account is served again", page.Markup, StringComparison.Ordinal));
        Assert.Equal(PortalUrls.Tenant(slug), page.Find("[role=status] a").GetAttribute("href"));
        Assert.Null((await RowAsync()).SuspendedAt);
    }

    [Fact]
    public async Task Page_WhileItIsBeingRemoved_OffersNothing()
    {
        await SuspendAsync();
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET RemovingAt = 1 WHERE Slug = $slug", ("$slug", slug));
        await using var circuit = new ComponentScene(scene);
        var page = Page(circuit);

        page.WaitForAssertion(() => Assert.Contains("is being removed", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button"));
    }

    [Fact]
    public async Task Page_IsFoundByOwnersAlone_FromWhereTheyAreTurnedAway()
    {
        await SuspendAsync();
        using var owner = new Visitor(scene, haruto);
        using var viewer = new Visitor(scene, await scene.MemberAsync(slug, TenantRole.Viewer));

        Assert.Contains(PortalUrls.Suspended(slug), (await owner.GetAsync(PortalUrls.Sims(slug))).Body, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await owner.GetAsync(PortalUrls.Suspended(slug))).Status);
        Assert.DoesNotContain(PortalUrls.Suspended(slug), (await viewer.GetAsync(PortalUrls.Sims(slug))).Body, StringComparison.Ordinal);
        foreach (var name in (string[])[slug, "nobody"])
        {
            var led = await viewer.GetAsync(PortalUrls.Suspended(name));
            Assert.Equal(302, (int)led.Status);
            Assert.EndsWith(PortalUrls.Tenant(name), led.Location, StringComparison.Ordinal);
        }

        await using var circuit = new ComponentScene(scene);
        var list = circuit.Render<CascadingValue<SignedIn>>(value => value
            .Add(one => one.Value, haruto)
            .AddChildContent<TenantsPage>(parameters => parameters.Add(one => one.Location, "https://portal.example/portfolio"))).FindComponent<TenantsPage>();
        list.WaitForAssertion(() => Assert.Equal(PortalUrls.Suspended(slug), list.Find(".suspended a").GetAttribute("href")));
    }

    private static async Task AnswerAsync(ComponentScene circuit, IRenderedComponent<SuspensionPage> page, bool yes)
    {
        var asking = page.InvokeAsync(() => page.Find("button.danger").ClickAsync(new()));
        await page.InvokeAsync(() => circuit.Services.GetRequiredService<DialogService>().Close(yes));
        await asking;
    }

    private IRenderedComponent<SuspensionPage> Page(ComponentScene circuit) => circuit.Render<CascadingValue<SignedIn>>(value => value
        .Add(one => one.Value, haruto)
        .AddChildContent<SuspensionPage>(parameters => parameters.Add(one => one.Account, slug))).FindComponent<SuspensionPage>();

    private async Task<SignedIn> PersonAsync(string who)
    {
        switch (who)
        {
            case "partner":
                return rin;
            case "owner of another tenant":
                return await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
            case "owner no more":
                await using (var db = scene.Database.ForTenant(tenantId))
                {
                    await db.TenantMembers.Where(member => member.PersonId == haruto.PersonId).ExecuteUpdateAsync(set => set.SetProperty(member => member.Until, scene.Clock.GetUtcNow()), Watchdog.Token);
                }

                return haruto;
            case "owner who signed out":
                await scene.Get<SignInSessions>().EndAsync(haruto.SessionId, Watchdog.Token);
                return haruto;
            case "owner with another's session":
                return haruto with { SessionId = rin.SessionId };
            case "owner who is the partner's":
                await scene.JoinAsync(rin.PersonId, slug, TenantRole.Owner);
                return rin;
            case "stranger":
                return await scene.SignInAsync();
            default:
                return await scene.MemberAsync(slug, Enum.Parse<TenantRole>(who));
        }
    }

    private async Task SuspendAsync(string reason = "") => Assert.Null((await scene.Get<Customers>().SuspendAsync(reseller, tenantId, reason, Watchdog.Token)).Error);

    private async Task<Tenant> RowAsync()
    {
        await using var db = scene.Database.ForInstallation();
        return await db.Tenants.AsNoTracking().SingleAsync(tenant => tenant.Id == tenantId, Watchdog.Token);
    }
}
