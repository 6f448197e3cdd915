using System.Net;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Audit;

public sealed class AuditLogTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task List_MoreThanAPage_WalksBackThroughAllOfThemOnce()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Komorebi, TenantRole.Owner);
        foreach (var number in Enumerable.Range(0, 120))
        {
            await scene.Get<AuditTrail>().RecordAsync(tenant, new AuditAct(AuditActions.MemberRoleChanged, AuditOutcome.Succeeded) { ObjectName = $"act {number}" }, Watchdog.Token);
        }

        var seen = new List<AuditEntry>();
        long? before = null;
        do
        {
            var page = await scene.Get<AuditLog>().ListAsync(tenant, AuditQuery.All with { Before = before }, Watchdog.Token);
            Assert.InRange(page.Entries.Count, 1, AuditLog.PageSize);
            seen.AddRange(page.Entries);
            before = page.Before;
        }
        while (before is not null);

        Assert.Equal(seen.Select(entry => entry.Id).Distinct().OrderDescending(), seen.Select(entry => entry.Id));
        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(number => $"act {number}"), seen.Where(entry => entry.Action == AuditActions.MemberRoleChanged).Select(entry => entry.ObjectName));
    }

    [Fact]
    public async Task List_HoldsTheMembersSignInsAndNobodyElses()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var stranger = await scene.SignInAsync("Stranger");
        foreach (var person in (SignedIn[])[tenant.Actor, stranger])
        {
            await scene.Get<AuditTrail>().RecordAsync(person, new AuditAct(AuditActions.SignedIn, AuditOutcome.Succeeded), Watchdog.Token);
        }

        var entries = (await scene.Get<AuditLog>().ListAsync(tenant, AuditQuery.All, Watchdog.Token)).Entries;

        Assert.Contains(entries, entry => entry.Action == AuditActions.SignedIn && entry.ActorId == tenant.Actor.PersonId);
        Assert.DoesNotContain(entries, entry => entry.ActorId == stranger.PersonId);
    }

    [Fact]
    public async Task List_HoldsNothingElseThatMembersDidOutside_NorWhatWasBeforeOrAfterTheyWereMembers()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var trail = scene.Get<AuditTrail>();
        // A partner's administrator who is a member here, too, and removes another customer.
        await trail.RecordAsync(tenant.Actor, new AuditAct(AuditActions.TenantRemoved, AuditOutcome.Begun) { ObjectId = "other", ObjectName = "Other Customer" }, Watchdog.Token);
        await trail.RecordAsync(tenant.Actor, new AuditAct(AuditActions.BrandChanged, AuditOutcome.Succeeded) { ObjectName = "Other Partner" }, Watchdog.Token);
        var late = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await trail.RecordAsync(late, new AuditAct(AuditActions.SignedIn, AuditOutcome.Succeeded), Watchdog.Token);
        var tomorrow = scene.Clock.GetUtcNow().AddDays(1).UtcTicks;
        await scene.TestDatabase.ExecuteAsync("UPDATE TenantMembers SET AddedAt = $at WHERE PersonId = $person", ("$at", tomorrow), ("$person", late.PersonId.ToString().ToUpperInvariant()));

        var former = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.TestDatabase.ExecuteAsync("UPDATE TenantMembers SET Until = $at WHERE PersonId = $person", ("$at", scene.Clock.GetUtcNow().AddDays(-1).UtcTicks), ("$person", former.PersonId.ToString().ToUpperInvariant()));
        await trail.RecordAsync(former, new AuditAct(AuditActions.SignedIn, AuditOutcome.Succeeded), Watchdog.Token);

        var entries = (await scene.Get<AuditLog>().ListAsync(tenant, AuditQuery.All, Watchdog.Token)).Entries;

        Assert.DoesNotContain(entries, entry => entry.ObjectName is "Other Customer" or "Other Partner");
        Assert.DoesNotContain(entries, entry => entry.ActorId == late.PersonId || entry.ActorId == former.PersonId);
    }

    [Fact]
    public async Task Record_LongTexts_AreCutToFit()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var act = new AuditAct(AuditActions.MemberRemoved, AuditOutcome.Failed) { ObjectId = new string('i', 5000), ObjectName = new string('n', 5000), Detail = new string('d', 5000), Before = new string('b', 5000), After = new string('a', 5000), Reason = new string('r', 5000) };

        await scene.Get<AuditTrail>().RecordAsync(tenant, act, Watchdog.Token);

        var entry = (await scene.TrailAsync(PortalScene.Aoba)).Last(entry => entry.Action == AuditActions.MemberRemoved);
        Assert.Equal((200, 200, 2000), (entry.ObjectId!.Length, entry.ObjectName!.Length, entry.Detail!.Length));
        Assert.Equal((2000, 2000, 1000), (entry.Before!.Length, entry.After!.Length, entry.Reason!.Length));
    }

    [Fact]
    public async Task Record_OfThePartnersPeople_SaysOnWhoseBehalf_AndOfMembersNothing()
    {
        using var partner = await scene.OpenAsync(PortalScene.Aoba, role: null);
        using var member = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);

        await scene.Get<AuditTrail>().RecordAsync(partner, new AuditAct(AuditActions.DataKeyRotated, AuditOutcome.Succeeded) { Before = "", Reason = "" }, Watchdog.Token);
        await scene.Get<AuditTrail>().RecordAsync(member, new AuditAct(AuditActions.DataKeyRotated, AuditOutcome.Succeeded), Watchdog.Token);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => partner.RequireAsync(Permission.DelegationManage, Watchdog.Token).AsTask());

        var trail = await scene.TrailAsync(PortalScene.Aoba);
        var rotated = trail.Where(entry => entry.Action == AuditActions.DataKeyRotated).ToList();
        Assert.Equal([partner.Tenant.ResellerName, null], rotated.Select(entry => entry.OnBehalfOf));
        Assert.Equal((null, null), (rotated[0].Before, rotated[0].Reason));
        Assert.All(trail.Where(entry => entry.ActorId == partner.Actor.PersonId), entry => Assert.Equal(partner.Tenant.ResellerName, entry.OnBehalfOf));
        Assert.Contains(trail, entry => entry.Action == AuditActions.PermissionUsed && entry.OnBehalfOf == partner.Tenant.ResellerName);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET ActorName = 'somebody else'")]
    [InlineData("DELETE FROM AuditEntries")]
    public async Task Trail_AtTheDatabaseItself_CantBeChanged(string statement)
    {
        // A trigger has nothing to say of a table without rows.
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var before = (await scene.TrailAsync(PortalScene.Aoba)).Count;
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => scene.TestDatabase.ExecuteAsync(statement));
        Assert.Equal(before, (await scene.TrailAsync(PortalScene.Aoba)).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?before=")]
    [InlineData("?before=abc")]
    [InlineData("?before=-1")]
    [InlineData("?before=99999999999999999999999")]
    [InlineData("?before=1&before=2")]
    [InlineData("?before=9223372036854775807")]
    [InlineData("?before=%00")]
    [InlineData("?person=nobody&action=none&outcome=maybe&from=yesterday&until=0001-01-01")]
    [InlineData("?from=2026-12-31&until=2026-01-01&q=%25_%5B%5C'%22")]
    [InlineData("?until=2999-12-31&person=00000000-0000-0000-0000-000000000000")]
    public async Task Page_AnyAddress_IsAnswered(string query)
    {
        using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner));
        var page = await visitor.GetAsync($"{PortalUrls.Audit(PortalScene.Aoba)}{query}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Audit trail", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Something went wrong", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_TextsOfOthers_AreShownAsTextAndTimesInTheTenantsZone()
    {
        using var tenant = await scene.OpenAsync(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner, "<script>alert(1)</script>"), PortalScene.Aoba);
        using var visitor = new Visitor(scene, tenant.Actor);

        var page = await visitor.GetAsync(PortalUrls.Audit(PortalScene.Aoba));

        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page.Body, StringComparison.Ordinal);
        Assert.Contains("2026-04-01 09:00 (Asia/Tokyo) · 2026-04-01 00:00:00 UTC", WebUtility.HtmlDecode(page.Body), StringComparison.Ordinal);
    }
}
