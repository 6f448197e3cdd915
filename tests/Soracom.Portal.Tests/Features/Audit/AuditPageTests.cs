using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Audit;

/// <summary>The page shows what its address says, in words, and puts what is chosen into the address.</summary>
public sealed class AuditPageTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private ComponentScene circuit = null!;
    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        circuit = new ComponentScene(scene);
        tenant = await scene.OpenAsync(await scene.MemberAsync(PortalScene.Komorebi, TenantRole.Owner, "Haruto"), PortalScene.Komorebi);
        await DoAsync(new AuditAct(AuditActions.CredentialStored, AuditOutcome.Failed) { ObjectName = "jp", Detail = "BadCredential" });
        await DoAsync(new AuditAct(AuditActions.PermissionUsed, AuditOutcome.Denied) { ObjectId = nameof(Permission.MembersManage) });
        await DoAsync(new AuditAct(AuditActions.MemberRoleChanged, AuditOutcome.Succeeded) { ObjectName = "Yui", ObjectId = "id-of-yui", Before = "Owner", After = "Viewer" });
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Verification_SaysThatTheTrailIsWhole_AndWhereItIsNot()
    {
        var page = Open();
        Assert.Empty(page.FindAll("[data-faults]"));

        await page.InvokeAsync(() => page.Find(".verify > button").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains("All are as they were written", page.Find("[data-faults='0']").TextContent, StringComparison.Ordinal));

        await scene.TestDatabase.ExecuteAsync("DROP TRIGGER AuditEntries_AppendOnly");
        await scene.TestDatabase.ExecuteAsync("UPDATE AuditEntries SET After = 'Owner' WHERE ObjectName = 'Yui'");
        await page.InvokeAsync(() => page.Find(".verify > button").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains("does not say what it said", page.Find("[data-faults='1'] li").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "not what the trail says that an owner set")]
    [InlineData("ja", "オーナーの設定と一致しません")]
    public async Task Verification_WhereNoOwnerSaidHowLongTheTrailIsKept_SaysSo(string language, string said)
    {
        using var speaking = new Speaking(language);
        var page = Open();
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET AuditKeepDays = 365");

        await page.InvokeAsync(() => page.Find(".verify > button").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Contains(said, page.Find("[data-faults='1'] li").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "Changed a member's role|Yui|Done|Owner → Viewer", "Tried without permission|Change roles and remove members|Denied|", "Stored a credential|Japan coverage|Failed|Soracom refuses the credential")]
    [InlineData("ja", "ロールの変更|Yui|成功|オーナー → 閲覧者", "権限のない操作|ロールの変更とメンバーの削除|拒否|", "認証情報の登録|日本カバレッジ|失敗|SORACOM が認証情報を拒否しました")]
    public void Rows_SayWhatWasDoneInWords(string language, params string[] rows)
    {
        using var speaking = new Speaking(language);

        var page = Open();

        Assert.Equal(rows, page.FindAll("tbody tr").Take(rows.Length).Select(row => string.Join(
            '|', row.QuerySelector(".what")!.FirstChild!.TextContent.Trim(), row.QuerySelector(".object")!.FirstChild!.TextContent.Trim(), row.QuerySelector(".badge")!.TextContent.Trim(), row.QuerySelector(".detail")!.TextContent)));
    }

    [Theory]
    [InlineData("en", "Added a member|Command line|Yui|Operator")]
    [InlineData("ja", "メンバーの追加|コマンドライン|Yui|運用担当")]
    public async Task Row_OfACommand_SaysThatTheCommandLineDidIt(string language, string row)
    {
        await using (var db = scene.Database.ForTenant(tenant.TenantId))
        {
            scene.Get<AuditTrail>().AddOfCommand(db, tenant.TenantId, new AuditAct(AuditActions.MemberAdded, AuditOutcome.Succeeded) { ObjectName = "Yui", Detail = "Operator" });
            await db.SaveChangesAsync(Watchdog.Token);
        }

        using var speaking = new Speaking(language);

        var newest = Open().Find("tbody tr");

        Assert.Equal(row, string.Join(
            '|', newest.QuerySelector(".what")!.FirstChild!.TextContent.Trim(), newest.QuerySelector(".who")!.TextContent, newest.QuerySelector(".object")!.FirstChild!.TextContent.Trim(), newest.QuerySelector(".detail")!.TextContent));
    }

    [Fact]
    public async Task Row_SaysWhyOnWhoseBehalfAndWhichCall_OnAPhoneToo()
    {
        await DoAsync(new AuditAct(AuditActions.DoorOpened, AuditOutcome.Succeeded) { ObjectName = "Pump 7", OnBehalfOf = "Umi Partners", Reason = "OPS-1; Repair", VendorRequestId = "req-4711" });

        var row = Open().Find("tbody tr");

        Assert.Equal("for Umi Partners", row.QuerySelector(".who .second")!.TextContent);
        Assert.Equal("Reason: OPS-1; Repair", row.QuerySelector(".detail")!.TextContent.Trim());
        Assert.Contains("req-4711", row.QuerySelectorAll("td")[^1].TextContent, StringComparison.Ordinal);
        Assert.All(["OPS-1; Repair", "req-4711"], told => Assert.Contains(told, row.QuerySelector("details")!.TextContent, StringComparison.Ordinal));
        foreach (var text in new[] { "umi partners", "OPS-1", "REQ-4711" })
        {
            Assert.Equal("Pump 7", Assert.Single(Open($"?q={Uri.EscapeDataString(text)}").FindAll("tbody tr")).QuerySelector(".object")!.TextContent.Trim());
        }
    }

    [Fact]
    public async Task Row_LeadsToAllThatWasDoneToTheSameThing_AndToNothingElse()
    {
        foreach (var id in new[] { "89810001", "89810001", "898100012" })
        {
            await DoAsync(new AuditAct(AuditActions.SimNamed, AuditOutcome.Succeeded) { ObjectId = id, ObjectName = $"SIM {id}" });
        }

        var link = Open().FindAll("a.follow").Single(follow => follow.GetAttribute("href")!.EndsWith("=898100012", StringComparison.Ordinal)).GetAttribute("href");
        Assert.Equal("/t/komorebi/audit?object=898100012", link);

        var followed = Open("?object=89810001");
        Assert.Equal(["SIM 89810001", "SIM 89810001"], followed.FindAll("td.object").Select(cell => cell.FirstElementChild!.TextContent));
        followed.Act(it => it.Find("button.one").Click());
        Assert.Equal("/t/komorebi/audit", AddressAfterwards());
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("viewer")]
    public void Text_FindsWhatWasBeforeAndAfter(string text) => Assert.Single(Open($"?q={text}").FindAll("tbody tr"));

    [Fact]
    public async Task Row_OfAJob_SaysThatThePortalDidIt_AndForWhom()
    {
        await using (var db = scene.Database.ForTenant(tenant.TenantId))
        {
            scene.Get<AuditTrail>().AddOfJob(db, tenant.TenantId, tenant.Actor.PersonId, "Haruto", new AuditAct(AuditActions.SimNamed, AuditOutcome.Succeeded));
            await db.SaveChangesAsync(Watchdog.Token);
        }

        var row = Assert.Single(Open($"?person={tenant.Actor.PersonId}&action={AuditActions.SimNamed}").FindAll("tbody tr"));

        Assert.Equal(("The portal itself", "for Haruto"), (row.QuerySelector(".who")!.FirstElementChild!.TextContent, row.QuerySelector(".who .second")!.TextContent));
    }

    [Fact]
    public void Address_SaysWhatIsShownAndChosen()
    {
        var page = Open($"?outcome=Failed&outcome=Denied&person={tenant.Actor.PersonId}&from=2026-04-01&q=permission");

        Assert.Empty(page.FindAll("tbody tr"));
        Assert.Equal("No entry matches", page.Find(".notice h2").TextContent);
        Assert.Equal(PortalUrls.Audit(PortalScene.Komorebi), page.Find(".notice a").GetAttribute("href"));
        Assert.Equal("permission", page.Find("input[type=search]").GetAttribute("value"));
        Assert.Equal(["Haruto", "2"], page.FindAll("details .count").Select(chosen => chosen.TextContent));
        Assert.Equal(["2026-04-01", null], page.FindAll("input[type=date]").Select(day => day.GetAttribute("value")));
    }

    [Fact]
    public void Open_PastTheEnd_SaysThatNothingMoreComesAndLeadsToTheNewest()
    {
        var page = Open("?outcome=Failed&before=0");

        Assert.Equal("Nothing more here", page.Find(".notice h2").TextContent);
        Assert.Equal("/t/komorebi/audit?outcome=Failed", page.Find(".notice a").GetAttribute("href"));
    }

    [Fact]
    public void Choice_GoesIntoTheAddress_FromTheNewestOn()
    {
        var page = Open("?outcome=Failed&before=99");

        page.Act(it => it.FindAll("details")[1].QuerySelectorAll("input[type=checkbox]")[0].Change(value: true));
        Assert.Equal("/t/komorebi/audit?action=sign-in&outcome=Failed", AddressAfterwards());
        page.Act(it => it.FindAll("input[type=date]")[1].Change("2026-04-30"));
        Assert.Equal("/t/komorebi/audit?outcome=Failed&until=2026-04-30", AddressAfterwards());
        page.Act(it => it.FindAll("input[type=date]")[1].Change("0002-04-30"));
        Assert.Equal("/t/komorebi/audit?outcome=Failed&until=2026-04-30", AddressAfterwards());
        page.Act(it => it.Find("button.clear").Click());
        Assert.Equal("/t/komorebi/audit", AddressAfterwards());
    }

    [Fact]
    public async Task Pages_KeepTheFilter()
    {
        foreach (var number in Enumerable.Range(0, AuditLog.PageSize + 1))
        {
            await DoAsync(new AuditAct(AuditActions.DataKeyRotated, AuditOutcome.Succeeded) { Detail = $"{number}" });
        }

        var newest = Open("?action=data-key.rotate");
        var older = Assert.Single(newest.FindAll(".pages a")).GetAttribute("href")!;
        var oldest = Open(older[older.IndexOf('?', StringComparison.Ordinal)..]);

        Assert.StartsWith("/t/komorebi/audit?action=data-key.rotate&before=", older, StringComparison.Ordinal);
        Assert.Equal("0", Assert.Single(oldest.FindAll("tbody tr")).QuerySelector(".detail")!.TextContent);
        Assert.Equal("/t/komorebi/audit?action=data-key.rotate", Assert.Single(oldest.FindAll(".pages a")).GetAttribute("href"));
    }

    private Task DoAsync(AuditAct act) => scene.Get<AuditTrail>().RecordAsync(tenant, act, Watchdog.Token);

    private IRenderedComponent<AuditPage> Open(string query = "")
    {
        var page = circuit.Render<AuditPage>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Audit(PortalScene.Komorebi)}{query}")
            .Add(opened => opened.Slug, PortalScene.Komorebi));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("p[role=status]")));
        return page;
    }

    private string AddressAfterwards()
    {
        var navigation = circuit.Services.GetRequiredService<NavigationManager>();
        return "/" + navigation.ToBaseRelativePath(navigation.Uri);
    }
}
