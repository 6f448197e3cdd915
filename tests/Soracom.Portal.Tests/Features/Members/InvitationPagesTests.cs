using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Mail;

namespace Soracom.Portal.Tests.Features.Members;

/// <summary>How somebody is invited on the members' page, and what the link's page says.</summary>
public sealed class InvitationPagesTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private ComponentScene circuit = null!;
    private TenantContext owner = null!;
    private string slug = null!;

    private NavigationManager Navigation => circuit.Services.GetRequiredService<NavigationManager>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        owner = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Haruto"), slug);
        circuit = new ComponentScene(scene);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        owner.Dispose();
    }

    [Fact]
    public async Task Invite_ShowsTheLinkOnce_AndTheLinkLetsIn()
    {
        var card = Card();
        await InviteAsync(card, "kei@example.com");

        var link = card.WaitForElement(".made code").TextContent;
        Assert.StartsWith(Navigation.BaseUri + "join/", link, StringComparison.Ordinal);
        Assert.Contains("kei@example.com", Assert.Single(card.FindAll("tr[data-invitation]")).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("join/", Card().Markup, StringComparison.Ordinal);

        var page = Join(await scene.SignInAsync("Kei"), link[(link.LastIndexOf('/') + 1)..]);
        page.WaitForAssertion(() => Assert.Equal($"Join {owner.Tenant.Name}", page.Find("h1, h2").TextContent));
        Assert.Contains("another address", page.Find(".differs").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("button.primary").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.EndsWith(PortalUrls.Tenant(slug), Navigation.Uri, StringComparison.Ordinal));
        Assert.Empty(Card().FindAll("tr[data-invitation]"));
    }

    [Fact]
    public async Task Invite_WhatIsNoAddress_SaysSo_AndKeepsWhatWasTyped()
    {
        var card = Card();

        await InviteAsync(card, "kei@");

        card.WaitForAssertion(() => Assert.Equal("That is no e-mail address", card.Find(".notice h2, .notice h3").TextContent));
        Assert.Equal("kei@", card.Find("#invite-email").GetAttribute("value"));
        Assert.Empty(card.FindAll(".made"));
    }

    [Fact]
    public async Task Invite_TheMailIsSentOrNot_TheOpenPageSaysSo()
    {
        var card = Card();
        await InviteAsync(card, "kei@example.com");
        card.WaitForAssertion(() => Assert.Equal("A mail to kei@example.com is on its way", card.Find(".made h2, .made h3").TextContent));
        Assert.Equal("Waiting", card.Find("[data-mail]").GetAttribute("data-mail"));

        await scene.Get<MailWorker>().RunOnceAsync(Watchdog.Token);
        circuit.Clock.Advance(TimeSpan.FromSeconds(3));
        card.WaitForAssertion(() => Assert.Equal("Sent", card.Find("[data-mail]").GetAttribute("data-mail")));

        await using (var db = scene.Database.ForTenant(owner.TenantId))
        {
            await db.OutgoingMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.Failed).SetProperty(mail => mail.Failure, MailFailure.Recipient), Watchdog.Token);
        }

        Assert.Contains("Mail could not be sent: The mail server takes nothing for this address.", Card().Find("[data-mail=Failed]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renew_ShowsAnotherLink_AndRevoke_TakesItBack()
    {
        var card = Card();
        await InviteAsync(card, "kei@example.com");
        var first = card.WaitForElement(".made code").TextContent;

        await card.InvokeAsync(() => card.Find(".acts .button:not(.danger)").ClickAsync(new()));
        card.WaitForAssertion(() => Assert.NotEqual(first, card.Find(".made code").TextContent));

        var revoking = card.InvokeAsync(() => card.Find(".acts .danger").ClickAsync(new()));
        await card.InvokeAsync(() => circuit.Services.GetRequiredService<DialogService>().Close(true));
        await revoking;
        card.WaitForAssertion(() => Assert.Empty(card.FindAll("tr[data-invitation]")));
        Assert.Empty(card.FindAll(".made"));
    }

    [Fact]
    public async Task Join_WhereThePartnerGaveThePortalAName_CallsItSo()
    {
        var reseller = await scene.TestDatabase.AddResellerAsync(slug);
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = $reseller WHERE Slug = $slug", ("$reseller", reseller.ToString().ToUpperInvariant()), ("$slug", slug));
        await using (var db = scene.Database.ForInstallation())
        {
            db.ResellerBrands.Add(new ResellerBrand { ResellerId = reseller, Name = "Sea & Sky" });
            await db.SaveChangesAsync(Watchdog.Token);
        }

        var made = (await scene.Get<Invitations>().InviteAsync(owner, "kei@example.com", TenantRole.Viewer, null, "en", Watchdog.Token)).Value;
        var page = Join(await scene.SignInAsync("Kei"), made.Code);

        page.WaitForAssertion(() => Assert.Equal($"Join {owner.Tenant.Name} at Sea & Sky", page.Find("h1, h2").TextContent));
    }

    [Fact]
    public async Task Join_WithALinkThatNeverWas_SaysThatItWorksNoMore()
    {
        var page = Join(await scene.SignInAsync("Kei"), new string('A', 43));

        page.WaitForAssertion(() => Assert.Contains("This link works no more", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button.primary"));
    }

    [Fact]
    public async Task Join_AsAMember_LeadsToWhereOneBelongs()
    {
        var made = (await scene.Get<Invitations>().InviteAsync(owner, "haruto@example.com", TenantRole.Viewer, null, "en", Watchdog.Token)).Value;
        var page = Join(owner.Actor, made.Code);

        await page.InvokeAsync(() => page.Find("button.primary").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Equal(PortalUrls.Tenant(slug), page.Find("a.button.primary").GetAttribute("href")));
        Assert.Contains("You are a member already", page.Markup, StringComparison.Ordinal);
    }

    private static async Task InviteAsync(IRenderedComponent<InvitationsCard> card, string email)
    {
        card.Act(it => it.Find("#invite-email").Input(email));
        await card.InvokeAsync(() => card.Find("form").SubmitAsync());
    }

    private IRenderedComponent<InvitationsCard> Card() => circuit.Render<CascadingValue<TenantContext>>(value => value
        .Add(one => one.Value, owner)
        .AddChildContent<InvitationsCard>(card => card.Add(one => one.Slug, slug).Add(one => one.Custom, []))).FindComponent<InvitationsCard>();

    private IRenderedComponent<JoinPage> Join(SignedIn person, string code) => circuit.Render<CascadingValue<SignedIn>>(value => value
        .Add(one => one.Value, person)
        .AddChildContent<JoinPage>(page => page.Add(one => one.Code, code))).FindComponent<JoinPage>();
}
