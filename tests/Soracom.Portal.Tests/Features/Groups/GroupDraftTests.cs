using Soracom.Api;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using static Soracom.Portal.Tests.Features.Groups.GroupScene;

namespace Soracom.Portal.Tests.Features.Groups;

/// <summary>A draft is kept, is its author's alone, and is filled from what is there.</summary>
public sealed class GroupDraftTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    private GroupDrafts Drafts => scene.Get<GroupDrafts>();

    [Fact]
    public async Task Find_ByItsAuthorInALaterSession_IsThere_AndForNobodyElse()
    {
        var author = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Operator);
        using var tenant = await scene.OpenAsync(author, PortalScene.Aoba);
        var groupId = await scene.AddGroupAsync(tenant);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("\"mine\"")));

        using var later = await scene.OpenAsync(await scene.SignInAsync(author.PersonId, author.Name), PortalScene.Aoba);
        using var other = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);

        Assert.Equal(draft.Content.Settings, (await FindAsync(later, groupId))!.Content.Settings);
        Assert.Null(await FindAsync(other, groupId));
        Assert.IsType<ConflictError>((await Drafts.DiscardAsync(other, SoracomCoverage.Japan, groupId, draft.Version, Watchdog.Token)).Error);
        Assert.NotNull(await FindAsync(later, groupId));
    }

    [Fact]
    public async Task Save_EditedInAnotherWindow_IsAConflict()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("1")));
        Assert.Null((await SaveAsync(tenant, groupId, draft.Version, draft.Content)).Error);

        Assert.IsType<ConflictError>((await SaveAsync(tenant, groupId, draft.Version, draft.Content)).Error);
        Assert.IsType<ConflictError>((await SaveAsync(tenant, groupId, 0, draft.Content)).Error);
    }

    [Fact]
    public async Task Claim_IsToldToAllWhoMayLook_UntilItIsWritten_AndIsNobodyElses()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        using var viewer = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var theirs = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Owner);
        var groupId = await scene.AddGroupAsync(tenant);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("1")));
        Assert.Null(await WritingAsync(viewer, groupId));

        var claimed = (await Drafts.ClaimAsync(tenant, SoracomCoverage.Japan, groupId, draft.Version, draft.Content, Watchdog.Token)).Value;

        Assert.Equal(new GroupWriting(tenant.Actor.PersonId, tenant.Actor.Name, scene.Clock.GetUtcNow()), await WritingAsync(viewer, groupId));
        Assert.Null(await WritingAsync(theirs, groupId));
        Assert.IsType<ConflictError>((await Drafts.ClaimAsync(tenant, SoracomCoverage.Japan, groupId, claimed.Version, draft.Content, Watchdog.Token)).Error);
        // Edited in another window meanwhile, it is still being written.
        Assert.Null((await SaveAsync(tenant, groupId, claimed.Version, draft.Content)).Error);
        Assert.NotNull(await WritingAsync(viewer, groupId));
        await Drafts.WrittenAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token);
        Assert.Null(await WritingAsync(viewer, groupId));
    }

    [Fact]
    public async Task Claim_OfOneWhoNeverCameBack_HoldsNobodyUpForEver()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("1")));
        var claimed = (await Drafts.ClaimAsync(tenant, SoracomCoverage.Japan, groupId, draft.Version, draft.Content, Watchdog.Token)).Value;

        scene.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await WritingAsync(tenant, groupId));
        Assert.Null((await Drafts.ClaimAsync(tenant, SoracomCoverage.Japan, groupId, claimed.Version, draft.Content, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Save_OnARevisionThatThereIsNot_IsRefused()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);
        await scene.SeeAsync(tenant, groupId);

        Assert.IsType<GoneError>((await SaveAsync(tenant, groupId, 0, new DraftContent(7, GroupSettings.None))).Error);
    }

    [Fact]
    public async Task Draft_InTheDatabase_IsSealed()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);

        await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("password"), Json("\"sealed-draft-word\"")));

        Assert.All(scene.TestDatabase.ReadFiles(), file => Assert.Equal(-1, file.Value.AsSpan().IndexOf("sealed-draft-word"u8)));
    }

    [Fact]
    public async Task RollBack_ToAnEarlierRevision_IsADraftOfIt()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, """{"SoracomAir":{"userdata":"first"}}""");
        await scene.SeeAsync(tenant, groupId);
        await scene.SetElsewhereAsync(tenant, groupId, Air("userdata"), "\"second\"");

        var filled = await scene.Get<GroupFilling>().RollBackAsync(tenant, SoracomCoverage.Japan, groupId, 1, 0, Watchdog.Token);
        var written = await scene.Get<GroupWriter>().WriteAsync(tenant, SoracomCoverage.Japan, groupId, filled.Value.Version, Watchdog.Token);

        Assert.Null(written.Value.Failure);
        Assert.Equal("first", (await scene.AtVendorAsync(tenant, groupId))[Air("userdata")]!.Value.GetString());
        var latest = (await scene.RevisionsAsync(tenant, groupId))[0];
        Assert.Equal((3, GroupRevisionOrigin.RolledBack, "1"), (latest.Number, latest.Origin, latest.Source));
    }

    [Fact]
    public async Task Copy_ToAnotherGroup_TakesTheSecretsAlong()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var from = await scene.AddGroupAsync(tenant, """{"SoracomAir":{"username":"u","password":"copied-word"}}""");
        var to = await scene.AddGroupAsync(tenant, """{"SoracomFunk":{"enabled":true}}""");

        var filled = await scene.Get<GroupFilling>().CopyAsync(tenant, SoracomCoverage.Japan, to, from, 0, Watchdog.Token);
        Assert.Null((await scene.Get<GroupWriter>().WriteAsync(tenant, SoracomCoverage.Japan, to, filled.Value.Version, Watchdog.Token)).Value.Failure);

        Assert.Equal(await scene.AtVendorAsync(tenant, from), await scene.AtVendorAsync(tenant, to));
        Assert.Equal((GroupRevisionOrigin.Copied, from), ((await scene.RevisionsAsync(tenant, to))[0].Origin, (await scene.RevisionsAsync(tenant, to))[0].Source));
    }

    [Fact]
    public async Task Export_ThenImport_KeepsTheSecretsThatTheFileDoesNotHold()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, """{"SoracomAir":{"username":"u","password":"exported-word"}}""");
        var number = (await scene.SeeAsync(tenant, groupId)).Number;
        var file = (await scene.Get<GroupHistory>().ExportAsync(tenant, SoracomCoverage.Japan, groupId, number, Watchdog.Token)).Value;
        Assert.DoesNotContain("exported-word", file, StringComparison.Ordinal);

        var filled = await scene.Get<GroupFilling>().ImportAsync(tenant, SoracomCoverage.Japan, groupId, file.Replace("\"u\"", "\"other\"", StringComparison.Ordinal), 0, Watchdog.Token);

        Assert.Equal([Air("username")], filled.Value.Changes.Select(change => change.Setting));
        Assert.Equal("exported-word", filled.Value.Content.Settings[Air("password")]!.Value.GetString());
    }

    [Theory]
    [InlineData("{", "GroupFileJson")]
    [InlineData("[]", "GroupFileJson")]
    [InlineData("""{"SoracomAir":{"a":1,"a":2}}""", "GroupFileJson")]
    [InlineData("""{"SoracomMars":{"enabled":true}}""", "GroupFileNamespace")]
    [InlineData("""{"configuration":{"SoracomAir":{}},"SoracomBeam":{"k":1}}""", "GroupFileNamespace")]
    [InlineData("""{"SoracomAir":{"password":"••••••••"}}""", "GroupFileSecrets")]
    public async Task Import_AFileThatIsWrong_SaysWhatIsAndKeepsNothing(string json, string key)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);

        var refused = await scene.Get<GroupFilling>().ImportAsync(tenant, SoracomCoverage.Japan, groupId, json, 0, Watchdog.Token);

        Assert.Equal(key, Assert.IsType<InputError>(refused.Error).Key);
        Assert.Null(await FindAsync(tenant, groupId));
    }

    [Fact]
    public async Task Import_WhatTheGroupHas_SaysSoAndBeginsNoDraft()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);
        var file = (await scene.SeeAsync(tenant, groupId)).Settings.ToIndentedJson();

        var filled = await scene.Get<GroupFilling>().ImportAsync(tenant, SoracomCoverage.Japan, groupId, file, 0, Watchdog.Token);

        Assert.IsType<GroupSameError>(filled.Error);
        Assert.Null(await FindAsync(tenant, groupId));
    }

    [Fact]
    public async Task Import_AWholeGroupInTheVendorsForm_TakesItsConfiguration()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);

        var filled = await scene.Get<GroupFilling>().ImportAsync(
            tenant, SoracomCoverage.Japan, groupId, """{"groupId":"x","tags":{},"configuration":{"SoracomFunk":{"enabled":true}}}""", 0, Watchdog.Token);

        Assert.Equal("""{"SoracomFunk":{"enabled":true}}""", filled.Value.Content.Settings.ToJson());
    }

    private Task<GroupWriting?> WritingAsync(TenantContext tenant, string groupId) => Drafts.WritingAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token);

    private async Task<Draft?> FindAsync(TenantContext tenant, string groupId) => (await Drafts.FindAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token)).Value;

    private Task<Result<Draft>> SaveAsync(TenantContext tenant, string groupId, int version, DraftContent content) =>
        Drafts.SaveAsync(tenant, SoracomCoverage.Japan, groupId, version, content, Watchdog.Token);
}
