using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Tests.Features.Audit;

/// <summary>What entries say in the portal's own names is told in the reader's language; what people named stays as it is.</summary>
public sealed class AuditWordsTests(SharedScene shared)
{
    private readonly IStringLocalizer<Strings> words = shared.Scene.Get<IStringLocalizer<Strings>>();

    [Theory]
    [InlineData(AuditActions.DelegationAccepted, "everything", "everything but decisions about the partner", "委任の決定を除くすべて")]
    [InlineData(AuditActions.DelegationAccepted, "Viewer", "Viewer", "閲覧者")]
    [InlineData(AuditActions.MemberAdded, "Owner", "Owner", "オーナー")]
    [InlineData(AuditActions.MemberRemoved, "\"Night -> day\"", "\"Night → day\"", "\"Night → day\"")]
    [InlineData(AuditActions.InvitationMade, "Owner", "Owner", "オーナー")]
    [InlineData(AuditActions.InvitationRenewed, "Viewer until 2026-05-01T15:00Z", "Viewer until 2026-05-01T15:00Z", "閲覧者（2026-05-01T15:00Z まで）")]
    [InlineData(AuditActions.InvitationAccepted, "\"On call until May\"", "\"On call until May\"", "\"On call until May\"")]
    [InlineData(AuditActions.InvitationAccepted, "\"On call until May\" until 2026-05-01T15:00Z", "\"On call until May\" until 2026-05-01T15:00Z", "\"On call until May\"（2026-05-01T15:00Z まで）")]
    [InlineData(AuditActions.RoleChanged, "+MembersManage -Former", "+ Change roles and remove members, - Former", "+ ロールの変更とメンバーの削除, - Former")]
    [InlineData(AuditActions.AuditTrimmed, "12, < 2025-04-01T00:00Z", "12 entries from before 2025-04-01T00:00Z", "2025-04-01T00:00Z より前の 12 件")]
    [InlineData(AuditActions.MemberLimited, "groups not asked for", "groups not asked for", "グループを取得していません")]
    [InlineData(AuditActions.MemberLimited, "groups unknown: TooMany", "groups not known: TooMany", "グループ不明: TooMany")]
    [InlineData(AuditActions.DoorsClosed, "those opened here; 3 closed, 1 left: Pump", "those opened here; 3 closed, 1 left: Pump", "このポータルで開いたもの; 3 件を閉じました、残り 1 件: Pump")]
    [InlineData(AuditActions.DoorClosed, "192.0.2.1:22222, opened elsewhere; was gone", "192.0.2.1:22222, opened elsewhere; was gone", "192.0.2.1:22222、ポータル以外で開いたもの; すでに閉じていました")]
    [InlineData(AuditActions.DoorOpened, "port 22, TLS, 30 min, from 203.0.113.0/24; 192.0.2.1:22222", "port 22, TLS, 30 min, from 203.0.113.0/24; 192.0.2.1:22222", "ポート 22, TLS、30 分、接続元 203.0.113.0/24; 192.0.2.1:22222")]
    [InlineData(AuditActions.SimNamed, "everything", "everything", "everything")]
    [InlineData(AuditActions.SimNamed, "+MembersManage", "+MembersManage", "+MembersManage")]
    public void Detail_IsInTheReadersLanguage(string action, string stored, string english, string japanese) =>
        AssertWords(english, japanese, () => AuditWords.Detail(words, Entry(action, detail: stored)));

    [Theory]
    [InlineData(AuditActions.MemberRoleChanged, "Owner", "\"Night\"", "Owner → \"Night\"", "オーナー → \"Night\"")]
    [InlineData(AuditActions.MemberRoleChanged, "Viewer, by the group \"ops\"", "\"Night\", by the group \"the \"x\"\"", "Viewer, by group \"ops\" → \"Night\", by group \"the \"x\"\"", "閲覧者、グループ \"ops\" → \"Night\"、グループ \"the \"x\"\"")]
    [InlineData(AuditActions.MemberAdded, null, "Viewer, by the group \"ops\"", "– → Viewer, by group \"ops\"", "– → 閲覧者、グループ \"ops\"")]
    [InlineData(AuditActions.MemberRoleChanged, "Viewer, by a group", "Owner", "Viewer, by a group → Owner", "閲覧者（グループによる） → オーナー")]
    [InlineData(AuditActions.GroupGrantChanged, "Viewer, place 2", "Viewer, place 1", "Viewer, place 2 → Viewer, place 1", "閲覧者、2 番目 → 閲覧者、1 番目")]
    [InlineData(AuditActions.MemberLimited, "no end", "2026-05-01T15:00Z", "no end → 2026-05-01T15:00Z", "期限なし → 2026-05-01T15:00Z")]
    [InlineData(AuditActions.AuditKeepChanged, "for ever", "400 d", "for ever → 400 days", "無期限 → 400 日")]
    [InlineData(AuditActions.DelegationChanged, "everything", "Billing", "everything but decisions about the partner → Billing", "委任の決定を除くすべて → 請求担当")]
    [InlineData(AuditActions.RoleMade, null, "\"Night\": MembersManage Former", "– → \"Night\": Change roles and remove members, Former", "– → \"Night\": ロールの変更とメンバーの削除, Former")]
    [InlineData(AuditActions.RoleRemoved, "\"Night\": MembersManage", null, "\"Night\": Change roles and remove members → –", "\"Night\": ロールの変更とメンバーの削除 → –")]
    [InlineData(AuditActions.SimNamed, "no end", "everything", "no end → everything", "no end → everything")]
    public void Change_IsInTheReadersLanguage(string action, string? before, string? after, string english, string japanese) =>
        AssertWords(english, japanese, () => AuditWords.Change(words, Entry(action, before: before, after: after)));

    [Fact]
    public void Reason_OfWhatWasTrimmed_IsInTheReadersLanguage_AndAPersonsIsAsItWasGiven()
    {
        AssertWords("Kept for 400 days", "保存期間: 400 日", () => AuditWords.Reason(words, Entry(AuditActions.AuditTrimmed, reason: AuditKept.Told(400))));
        AssertWords("400 d", "400 d", () => AuditWords.Reason(words, Entry(AuditActions.DoorOpened, reason: "400 d")));
    }

    private static AuditEntry Entry(string action, string? detail = null, string? before = null, string? after = null, string? reason = null) =>
        new() { At = ManualTime.Start, ActorName = "Somebody", Action = action, Outcome = AuditOutcome.Succeeded, Detail = detail, Before = before, After = after, Reason = reason };

    private static void AssertWords(string english, string japanese, Func<string?> write)
    {
        using (new Speaking("en"))
        {
            Assert.Equal(english, write());
        }

        using (new Speaking("ja"))
        {
            Assert.Equal(japanese, write());
        }
    }
}
