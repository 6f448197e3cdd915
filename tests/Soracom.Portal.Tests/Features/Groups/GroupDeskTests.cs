using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Configuration;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using static Soracom.Portal.Tests.Features.Groups.GroupScene;

namespace Soracom.Portal.Tests.Features.Groups;

/// <summary>One person at one group: what is shown is masked and current, and every edit is kept.</summary>
public sealed class GroupDeskTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Edit_AKey_IsShownAndKeptAtOnce()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var desk = await OpenAsync(tenant, await scene.AddGroupAsync(tenant));

        Assert.Null(await desk.EditAsync([new SettingEdit(Air("userdata"), Json("\"new\""))], Watchdog.Token));

        Assert.Equal("new", desk.Shown[Air("userdata")]!.Value.GetString());
        Assert.Equal([Air("userdata")], desk.Changes.Select(change => change.Setting));
        Assert.Equal(1, desk.Draft!.Version);
    }

    [Fact]
    public async Task Edit_BackToWhatIsThere_LeavesNoDraft()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var desk = await OpenAsync(tenant, await scene.AddGroupAsync(tenant));
        await desk.EditAsync([new SettingEdit(Air("userdata"), Json("\"new\""))], Watchdog.Token);

        Assert.Null(await desk.EditAsync([new SettingEdit(Air("userdata"), null)], Watchdog.Token));

        Assert.Null(desk.Draft);
        Assert.Null(desk.Shown[Air("userdata")]);
    }

    [Fact]
    public async Task Shown_Secrets_AreMasked_AndEditingBesideThemKeepsThem()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var entry = new SettingKey("SoracomBeam", "mqtt://beam.soracom.io:1883");
        var desk = await OpenAsync(tenant, await scene.AddGroupAsync(tenant, """{"SoracomBeam":{"mqtt://beam.soracom.io:1883":{"username":"a","password":"hidden"}}}"""));
        Assert.DoesNotContain("hidden", desk.Shown.ToJson(), StringComparison.Ordinal);

        await desk.EditAsync([new SettingEdit(entry, Json(desk.Shown[entry]!.Value.GetRawText().Replace("\"a\"", "\"b\"", StringComparison.Ordinal)))], Watchdog.Token);

        Assert.Equal(("b", "hidden"), (desk.Draft!.Content.Settings[entry]!.Value.GetProperty("username").GetString(), desk.Draft.Content.Settings[entry]!.Value.GetProperty("password").GetString()));
    }

    [Fact]
    public async Task Edit_AMaskWhereNoSecretWas_IsRefusedAndChangesNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var desk = await OpenAsync(tenant, await scene.AddGroupAsync(tenant));

        var refused = await desk.EditAsync([new SettingEdit(Air("password"), Json($"\"{SettingSecrets.Mask}\""))], Watchdog.Token);

        Assert.Equal("SettingMask", Assert.IsType<InputError>(refused).Key);
        Assert.Null(desk.Draft);
    }

    [Fact]
    public async Task Edit_InTwoWindowsOfOnePerson_KeepsBothEdits()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);
        var one = await OpenAsync(tenant, groupId);
        var other = await OpenAsync(tenant, groupId);
        await one.EditAsync([new SettingEdit(Air("userdata"), Json("\"one\""))], Watchdog.Token);

        Assert.Null(await other.EditAsync([new SettingEdit(Air("ipLinkMtu"), Json("1400"))], Watchdog.Token));

        Assert.Equal([Air("ipLinkMtu"), Air("userdata")], other.Changes.Select(change => change.Setting));
    }

    [Fact]
    public async Task Merge_WhatNobodyElseTouched_GoesOnWithBoth()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);
        var desk = await OpenAsync(tenant, groupId);
        await desk.EditAsync([new SettingEdit(Air("userdata"), Json("\"mine\""))], Watchdog.Token);
        await scene.SetElsewhereAsync(tenant, groupId, Air("ipLinkMtu"), "1300");

        Assert.IsType<GroupChangedError>((await desk.WriteAsync(Watchdog.Token)).Error);
        Assert.True(desk.IsBehind);
        Assert.False(desk.Merge!.IsOpen);
        Assert.Null(await desk.MergeAsync(Watchdog.Token));
        Assert.False(desk.IsBehind);
        Assert.Null((await desk.WriteAsync(Watchdog.Token)).Value.Failure);

        var now = await scene.AtVendorAsync(tenant, groupId);
        Assert.Equal(("mine", 1300), (now[Air("userdata")]!.Value.GetString(), now[Air("ipLinkMtu")]!.Value.GetInt32()));
        Assert.Null(desk.Draft);
        Assert.Equal(now, desk.Shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Follow_AWriteOfAPageThatWasLeft_TellsWhatCameOfIt(bool whole)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("\"mine\"")));
        var drafts = scene.Get<GroupDrafts>();
        var claimed = (await drafts.ClaimAsync(tenant, SoracomCoverage.Japan, groupId, draft.Version, draft.Content, Watchdog.Token)).Value;
        var desk = await OpenAsync(tenant, groupId);
        Assert.Equal(tenant.Actor.PersonId, desk.Writing!.ById);
        Assert.Null((await desk.FollowAsync(Watchdog.Token)).Value);
        Assert.NotNull(desk.Writing);

        await scene.SetElsewhereAsync(tenant, groupId, Air("userdata"), "\"mine\"");
        if (whole)
        {
            Assert.Null((await drafts.DiscardAsync(tenant, SoracomCoverage.Japan, groupId, claimed.Version, Watchdog.Token)).Error);
        }

        await drafts.WrittenAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token);
        var ended = (await desk.FollowAsync(Watchdog.Token)).Value;

        Assert.Equal(new GroupEnded(whole ? 2 : null), ended);
        Assert.Null(desk.Writing);
        Assert.Equal("mine", desk.Now!.Settings[Air("userdata")]!.Value.GetString());
    }

    [Fact]
    public async Task Desk_OfAViewer_ShowsAndKeepsNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var desk = await OpenAsync(tenant, await scene.AddGroupAsync(tenant));

        Assert.False(desk.MayEdit);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => desk.EditAsync([new SettingEdit(Air("userdata"), Json("1"))], Watchdog.Token));
    }

    private async Task<GroupDesk> OpenAsync(TenantContext tenant, string groupId)
    {
        var desk = new GroupDesk(scene.Get<GroupDeskServices>(), tenant, new GroupPlace(tenant.Slug, SoracomCoverage.Japan, groupId));
        Assert.Null(await desk.LoadAsync(Watchdog.Token));
        return desk;
    }
}
