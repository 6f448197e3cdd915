using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Overview;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Mail;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Features.Tenants;

/// <summary>A reseller looks after its customers from outside their tenants: suspends them, and lets them in again.</summary>
public sealed class CustomersTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private ComponentScene circuit = null!;
    private ResellerContext reseller = null!;

    private Customers Customers => scene.Get<Customers>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        circuit = new ComponentScene(scene);
        reseller = Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(await scene.MemberAsync(PortalScene.Aoba, role: null, "Rin"), Watchdog.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Suspend_EndsEverybodysRight_AndTellsThemWhyInsteadOfNothing()
    {
        using var owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        using var partner = await scene.OpenAsync(reseller.Actor, PortalScene.Aoba);

        await SuspendAsync("The contract ended.");

        await Assert.ThrowsAsync<PermissionDeniedException>(() => owner.RequireAsync(Permission.SimsRead, Watchdog.Token).AsTask());
        await Assert.ThrowsAsync<PermissionDeniedException>(() => partner.RequireAsync(Permission.SimsRead, Watchdog.Token).AsTask());
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(owner.Actor, PortalScene.Aoba, Watchdog.Token));
        Assert.Empty(await scene.Get<TenantAccess>().ListAsync(owner.Actor, Watchdog.Token));
        var told = Assert.Single(await scene.Get<TenantAccess>().SuspendedAsync(owner.Actor, PortalScene.Aoba, Watchdog.Token));
        Assert.Equal((reseller.Name, "The contract ended.", false), (told.ResellerName, told.Reason, told.Administered));
        Assert.True(Assert.Single(await scene.Get<TenantAccess>().SuspendedAsync(reseller.Actor, null, Watchdog.Token)).Administered);
        Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry is { Action: AuditActions.TenantSuspended, ActorName: "Rin", OnBehalfOf: not null, Reason: "The contract ended." });
    }

    [Fact]
    public async Task Suspend_IsToldToTheOwnersByMail_InTheirLanguage_WithTheWayOut()
    {
        await WithMailAsync();

        await SuspendAsync("The contract ended.");
        await scene.Get<MailWorker>().RunOnceAsync(Watchdog.Token);

        var mail = Assert.Single(await MailsAsync());
        Assert.Equal((MailState.Sent, "haruto@example.com"), (mail.State, mail.Recipient));
        var letter = Assert.Single(await Assert.IsType<FolderMailer>(scene.Get<IMailer>()).ListAsync(Watchdog.Token)).Letter;
        Assert.Contains("停止しました", letter.Subject, StringComparison.Ordinal);
        Assert.Contains("The contract ended.", letter.Text, StringComparison.Ordinal);
        Assert.Contains(Times.Full(scene.Clock.GetUtcNow() + Tenant.RemovalNotice, "Asia/Tokyo"), letter.Text, StringComparison.Ordinal);
        Assert.Contains(PortalUrls.Suspended(PortalScene.Aoba), letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspend_OfWhichTheMailWasNotSent_IsSaidOnTheCard()
    {
        await WithMailAsync();
        await SuspendAsync();
        var page = Page<CustomerPage>(parameters => parameters.Add(one => one.CustomerSlug, PortalScene.Aoba));
        page.WaitForElement("#suspension");
        Assert.DoesNotContain("was not sent", page.Markup, StringComparison.Ordinal);
        await using var db = scene.Database.ForTenant(await scene.TenantIdAsync(PortalScene.Aoba));
        await db.OutgoingMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.Failed).SetProperty(mail => mail.Failure, MailFailure.Recipient), Watchdog.Token);

        var told = Page<CustomerPage>(parameters => parameters.Add(one => one.CustomerSlug, PortalScene.Aoba));

        told.WaitForAssertion(() => Assert.Contains("was not sent", told.Find("[aria-labelledby=suspension]").TextContent, StringComparison.Ordinal));
        Assert.Null((await Customers.ResumeAsync(reseller, await scene.TenantIdAsync(PortalScene.Aoba), Watchdog.Token)).Error);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await SuspendAsync();
        Assert.Equal(0, (await Customers.FindAsync(reseller, PortalScene.Aoba, Watchdog.Token))!.Untold);
    }

    [Fact]
    public async Task Suspend_OfWhichTheMailIsKeptNoMore_IsNotSaidToHaveHadNone()
    {
        await WithMailAsync();
        await SuspendAsync();
        await scene.Get<MailWorker>().RunOnceAsync(Watchdog.Token);
        scene.Clock.Advance(MailWorker.KeepFor + TimeSpan.FromMinutes(1));

        await scene.Get<MailWorker>().RunOnceAsync(Watchdog.Token);

        var later = Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(await scene.MemberAsync(PortalScene.Aoba, role: null, "Rin"), Watchdog.Token));
        Assert.Empty(await MailsAsync());
        Assert.False((await Customers.FindAsync(later, PortalScene.Aoba, Watchdog.Token))!.IsUnmailed);
    }

    [Theory]
    [InlineData("no address", "Tell them in another way")]
    [InlineData("no owner", "had no owner to tell")]
    [InlineData("an address", null)]
    public async Task Suspend_OfWhichNoMailCouldBeMade_IsSaidOnTheCard(string how, string? told)
    {
        await WithMailAsync();
        await scene.TestDatabase.ExecuteAsync(how switch
        {
            "no address" => "UPDATE People SET Email = NULL",
            "no owner" => "UPDATE TenantMembers SET Role = 'Viewer'",
            _ => "SELECT 1",
        });

        await SuspendAsync();
        var page = Page<CustomerPage>(parameters => parameters.Add(one => one.CustomerSlug, PortalScene.Aoba));

        page.WaitForElement("#suspension");
        var card = page.Find("[aria-labelledby=suspension]").TextContent;
        Assert.Equal(told is not null, card.Contains("No mail told the owners", StringComparison.Ordinal));
        Assert.Contains(told ?? "Nobody is let in", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resumed")]
    [InlineData("ended")]
    public async Task Suspend_OfWhichTheMailStillWaits_IsNotToldOnceItIsOver(string way)
    {
        await WithMailAsync();
        var owner = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        await SuspendAsync();
        Assert.Equal(MailState.Waiting, Assert.Single(await MailsAsync()).State);

        Assert.Null(way == "resumed"
            ? (await Customers.ResumeAsync(reseller, await scene.TenantIdAsync(PortalScene.Aoba), Watchdog.Token)).Error
            : (await scene.Get<SuspensionExit>().EndAsync(owner, PortalScene.Aoba, Watchdog.Token)).Error);

        Assert.Equal(MailState.Withdrawn, Assert.Single(await MailsAsync()).State);
    }

    [Fact]
    public async Task Suspend_IsToldToNobodyWhoDoesNotBelongThere()
    {
        await SuspendAsync();
        using var stranger = new Visitor(scene, await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));
        using var member = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));

        Assert.Equal(404, (int)(await stranger.GetAsync(PortalUrls.Sims(PortalScene.Aoba))).Status);
        var shown = await member.GetAsync(PortalUrls.Sims(PortalScene.Aoba));
        Assert.Equal(403, (int)shown.Status);
        Assert.Contains("is suspended", shown.Body, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await member.GetAsync($"{PortalUrls.Sims(PortalScene.Aoba)}/export.csv")).Status);
    }

    [Fact]
    public async Task Resume_LetsThemInAgain()
    {
        var owner = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        await SuspendAsync("A mistake.");

        Assert.Null((await Customers.ResumeAsync(reseller, await scene.TenantIdAsync(PortalScene.Aoba), Watchdog.Token)).Error);

        using var opened = await scene.OpenAsync(owner, PortalScene.Aoba);
        Assert.Empty(await scene.Get<TenantAccess>().SuspendedAsync(owner, null, Watchdog.Token));
        var customer = await Customers.FindAsync(reseller, PortalScene.Aoba, Watchdog.Token);
        Assert.Equal((null, null, null), (customer!.SuspendedAt, customer.SuspendedBy, customer.SuspendedFor));
        Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.TenantResumed);
    }

    [Fact]
    public async Task Suspend_Twice_KeepsTheFirstAndSaysItOnce()
    {
        await SuspendAsync("First.");
        scene.Clock.Advance(TimeSpan.FromHours(1));
        await SuspendAsync("Second.");

        Assert.Equal("First.", (await Customers.FindAsync(reseller, PortalScene.Aoba, Watchdog.Token))!.SuspendedFor);
        Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.TenantSuspended);
    }

    [Fact]
    public async Task Change_OfATenantThatIsAnothersCustomer_IsAsForOneThatIsNot()
    {
        var other = await scene.TestDatabase.AddResellerAsync("other");
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = $other WHERE Slug = 'nagisa'", ("$other", other.ToString().ToUpperInvariant()));
        var theirs = await scene.TenantIdAsync(PortalScene.Nagisa);

        foreach (var id in (Guid[])[theirs, Guid.NewGuid()])
        {
            Assert.IsType<GoneError>((await Customers.SuspendAsync(reseller, id, "", Watchdog.Token)).Error);
            Assert.IsType<GoneError>((await Customers.ResumeAsync(reseller, id, Watchdog.Token)).Error);
        }

        Assert.Null(await Customers.FindAsync(reseller, PortalScene.Nagisa, Watchdog.Token));
        Assert.DoesNotContain(await Customers.ListAsync(reseller, Watchdog.Token), customer => customer.Slug == PortalScene.Nagisa);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.Action == AuditActions.TenantSuspended);
    }

    [Fact]
    public async Task Change_ByAPartnerThatTheCustomerHoldsToLess_IsRefused()
    {
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerCeiling = 'Operator' WHERE Slug = 'aoba'");
        var id = await scene.TenantIdAsync(PortalScene.Aoba);

        Assert.Equal("CustomerHolds", (await Customers.SuspendAsync(reseller, id, "", Watchdog.Token)).Error!.Key);
        Assert.Equal("CustomerHolds", (await Customers.ResumeAsync(reseller, id, Watchdog.Token)).Error!.Key);

        Assert.Null((await Customers.FindAsync(reseller, PortalScene.Aoba, Watchdog.Token))!.SuspendedAt);
    }

    [Fact]
    public async Task Suspend_WithAReasonThatIsTooLong_ChangesNothing()
    {
        var result = await Customers.SuspendAsync(reseller, await scene.TenantIdAsync(PortalScene.Aoba), new string('x', Tenant.ReasonLength + 1), Watchdog.Token);

        Assert.Equal("SuspensionReason", Assert.IsType<InputError>(result.Error).Key);
        Assert.Null((await Customers.FindAsync(reseller, PortalScene.Aoba, Watchdog.Token))!.SuspendedAt);
    }

    [Fact]
    public async Task Act_AfterTheRightHasEnded_IsRefused()
    {
        var id = await scene.TenantIdAsync(PortalScene.Aoba);
        await scene.TestDatabase.ExecuteAsync("DELETE FROM ResellerAdministrators");

        await Assert.ThrowsAsync<PermissionDeniedException>(() => Customers.SuspendAsync(reseller, id, "", Watchdog.Token));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Customers.ResumeAsync(reseller, id, Watchdog.Token));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Customers.ListAsync(reseller, Watchdog.Token));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Customers.FindAsync(reseller, PortalScene.Aoba, Watchdog.Token));
        Assert.Single(await RefusedAsync());
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Customers.ListAsync(reseller, Watchdog.Token));
        Assert.Equal(2, (await RefusedAsync()).Count);
        Assert.All(await RefusedAsync(), entry => Assert.Equal((AuditActions.PermissionUsed, reseller.Name), (entry.Action, entry.ObjectName)));
    }

    [Theory]
    [InlineData("DELETE FROM ResellerAdministrators")]
    [InlineData("UPDATE Tenants SET ResellerId = NULL WHERE Slug = 'aoba'")]
    public async Task Pages_WhenTheRightEnds_ShowNoCustomerWithinSeconds(string end)
    {
        var list = List();
        var one = Page<CustomerPage>(parameters => parameters.Add(page => page.CustomerSlug, PortalScene.Aoba));
        list.WaitForElement("[data-customer=aoba]");
        one.WaitForElement("#suspension-reason");
        await scene.Get<AccessWatch>().CheckAsync(Watchdog.Token);
        Assert.Empty(Navigation.History);

        await scene.TestDatabase.ExecuteAsync(end);
        await scene.Get<AccessWatch>().CheckAsync(Watchdog.Token);

        list.WaitForAssertion(() => Assert.Contains("Your access has changed", list.Markup, StringComparison.Ordinal));
        one.WaitForAssertion(() => Assert.Contains("Your access has changed", one.Markup, StringComparison.Ordinal));
        Assert.Empty(list.FindAll("[data-customer]"));
        Assert.Empty(one.FindAll("section.card"));
        Assert.Equal([true, true], Navigation.History.Select(went => went.Options.ForceLoad));
    }

    [Fact]
    public async Task Pages_OfAnotherCustomer_StayOpenWhenOneEndsTheDelegation()
    {
        var other = Page<CustomerPage>(parameters => parameters.Add(page => page.CustomerSlug, PortalScene.Nagisa));
        other.WaitForElement("#suspension-reason");
        var form = Page<NewTenantPage>(_ => { });
        form.WaitForElement("#tenant-name");

        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = NULL WHERE Slug = 'aoba'");
        await scene.Get<AccessWatch>().CheckAsync(Watchdog.Token);

        Assert.Empty(Navigation.History);
        Assert.NotEmpty(other.FindAll("#suspension-reason"));
    }

    [Fact]
    public async Task Page_OfWhichAllLeft_IsWatchedNoMore()
    {
        var before = scene.Get<AccessWatch>().Count;
        List().WaitForElement("[data-customer=aoba]");
        Assert.Equal(before + 1, scene.Get<AccessWatch>().Count);

        await circuit.DisposeComponentsAsync();

        Assert.Equal(before, scene.Get<AccessWatch>().Count);
    }

    [Fact]
    public async Task Acts_OnOpenPagesAfterTheRightHasEnded_AreRefusedInWords_AndChangeNothing()
    {
        var customer = Page<CustomerPage>(parameters => parameters.Add(page => page.CustomerSlug, PortalScene.Aoba));
        customer.WaitForElement("#suspension-reason");
        var added = Page<NewTenantPage>(_ => { });
        added.WaitForElement("#tenant-name");
        added.Act(it => it.Find("#tenant-name").Change("Minato Foods"));
        added.Act(it => it.Find("#tenant-slug").Change("minato"));
        var brand = Page<BrandPage>(_ => { });
        brand.WaitForElement("form.brand");
        await scene.TestDatabase.ExecuteAsync("DELETE FROM ResellerAdministrators");

        await AnswerAsync(customer, yes: true);
        await added.InvokeAsync(() => added.Find("form").SubmitAsync());
        await brand.InvokeAsync(() => brand.Find("form.brand").SubmitAsync());

        customer.WaitForAssertion(() => Assert.Contains("Your access has changed", customer.Markup, StringComparison.Ordinal));
        added.WaitForAssertion(() => Assert.Contains("Your access has changed", added.Markup, StringComparison.Ordinal));
        brand.WaitForAssertion(() => Assert.Contains("Your access has changed", brand.Markup, StringComparison.Ordinal));
        await using var db = scene.Database.ForInstallation();
        Assert.False(await db.Tenants.AnyAsync(tenant => tenant.Slug == "minato" || tenant.SuspendedAt != null, Watchdog.Token));
        Assert.False(await db.ResellerBrands.AnyAsync(Watchdog.Token));
    }

    [Fact]
    public async Task Work_ThatRunsByItself_AsksTheVendorNothingForASuspendedTenant()
    {
        await SuspendAsync();

        await scene.Get<BillingWorker>().RunOnceAsync(Watchdog.Token);

        await using var db = scene.Database.ForInstallation();
        var read = await db.BillReadings.IgnoreQueryFilters().Select(reading => reading.TenantId).Distinct().ToListAsync(Watchdog.Token);
        var paid = await db.PaymentReadings.IgnoreQueryFilters().Select(reading => reading.TenantId).Distinct().ToListAsync(Watchdog.Token);
        Assert.Contains(await scene.TenantIdAsync(PortalScene.Nagisa), read);
        Assert.DoesNotContain(await scene.TenantIdAsync(PortalScene.Aoba), read.Concat(paid));
    }

    [Fact]
    public async Task Page_SuspendsAfterAskingAndResumes()
    {
        var page = Page<CustomerPage>(parameters => parameters.Add(one => one.CustomerSlug, PortalScene.Aoba));
        page.WaitForElement("#suspension-reason");
        page.Act(it => it.Find("#suspension-reason").Change("Not paid."));

        await AnswerAsync(page, yes: false);
        Assert.Null((await Customers.FindAsync(reseller, PortalScene.Aoba, Watchdog.Token))!.SuspendedAt);
        await AnswerAsync(page, yes: true);
        page.WaitForAssertion(() => Assert.Contains("Not paid.", page.Find("section.card").TextContent, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.Find("section.card button.primary").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#suspension-reason")));
        Assert.Null((await Customers.FindAsync(reseller, PortalScene.Aoba, Watchdog.Token))!.SuspendedAt);
    }

    [Fact]
    public async Task Page_OfNobodysCustomer_SaysSo_AndTheListLeadsToEach()
    {
        var none = Page<CustomerPage>(parameters => parameters.Add(one => one.CustomerSlug, "nobody"));
        none.WaitForAssertion(() => Assert.Contains("There is no such customer", none.Markup, StringComparison.Ordinal));
        await SuspendAsync();

        var list = List();

        list.WaitForAssertion(() => Assert.Contains("Suspended", list.Find("[data-customer=aoba]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Active", list.Find("[data-customer=nagisa]").TextContent, StringComparison.Ordinal);
        Assert.Equal(PortalUrls.Customer(PortalScene.Aoba), list.Find("[data-customer=aoba] a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("", "aoba komorebi metro nagisa")]
    [InlineData("?q=METRO", "metro")]
    [InlineData("?q=青葉", "aoba")]
    [InlineData("?state=suspended", "aoba")]
    [InlineData("?q=nagisa&state=suspended", "")]
    [InlineData("?state=nonsense", "aoba komorebi metro nagisa")]
    public async Task List_ShowsWhatItsAddressAsksFor_AndHowManyThereAre(string address, string slugs)
    {
        await SuspendAsync();

        var list = List(address);

        list.WaitForAssertion(() => Assert.Equal($"{slugs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length} of 4", list.Find(".controls [role=status]").TextContent));
        Assert.Equal(slugs, string.Join(' ', list.FindAll("[data-customer]").Select(row => row.GetAttribute("data-customer"))));
        Assert.Equal(slugs.Length == 0, list.FindAll($".notice a[href='{PortalUrls.Customers()}']").Count == 1);
        Assert.Equal(CustomersQuery.Parse(address), CustomersQuery.Parse(CustomersQuery.Parse(address).ToQueryString()));
    }

    [Fact]
    public async Task Portfolio_ListsSuspendedTenantsApart()
    {
        await SuspendAsync();

        var page = Page<TenantsPage>(parameters => parameters.Add(one => one.Location, "https://portal.example/portfolio"));

        page.WaitForAssertion(() => Assert.Equal(PortalUrls.Customer(PortalScene.Aoba), page.Find(".suspended a").GetAttribute("href")));
    }

    private BunitNavigationManager Navigation => circuit.Services.GetRequiredService<BunitNavigationManager>();

    /// <summary>One owner of the tenant has an address, and reads Japanese.</summary>
    private async Task WithMailAsync()
    {
        await using var db = scene.Database.ForInstallation();
        await db.People.ExecuteUpdateAsync(set => set.SetProperty(person => person.Email, person => person.Name == "Haruto Sato" ? "haruto@example.com" : null).SetProperty(person => person.Language, "ja"), Watchdog.Token);
    }

    private async Task<List<OutgoingMail>> MailsAsync()
    {
        await using var db = scene.Database.ForTenant(await scene.TenantIdAsync(PortalScene.Aoba));
        return await db.OutgoingMails.AsNoTracking().ToListAsync(Watchdog.Token);
    }

    private async Task<List<AuditEntry>> RefusedAsync() => [.. (await scene.TrailAsync()).Where(entry => entry.ActorId == reseller.Actor.PersonId && entry.Outcome == AuditOutcome.Denied)];

    private async Task AnswerAsync(IRenderedComponent<CustomerPage> page, bool yes)
    {
        var asking = page.InvokeAsync(() => page.Find("section.card button.danger").ClickAsync(new()));
        await page.InvokeAsync(() => circuit.Services.GetRequiredService<DialogService>().Close(yes));
        await asking;
    }

    private IRenderedComponent<T> Page<T>(Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent => circuit.Render<CascadingValue<SignedIn>>(value => value
        .Add(one => one.Value, reseller.Actor)
        .AddChildContent(parameters)).FindComponent<T>();

    private IRenderedComponent<CustomersPage> List(string query = "") =>
        Page<CustomersPage>(parameters => parameters.Add(one => one.Location, $"https://portal.example/customers{query}"));

    private async Task SuspendAsync(string reason = "") =>
        Assert.Null((await Customers.SuspendAsync(reseller, await scene.TenantIdAsync(PortalScene.Aoba), reason, Watchdog.Token)).Error);
}
