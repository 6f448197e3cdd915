using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Configuration;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Tests.Features.Groups.Configuration;

/// <summary>What the page of a group's configuration holds between the vendor, the draft and the form.</summary>
public sealed class GroupDeskTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Shown_IsTheDraftWithTheLastEditInIt_AndItsSecretsMasked()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, """{"SoracomAir":{"useCustomDns":false}}""");
        var desk = new GroupDesk(scene.Get<GroupDeskServices>(), tenant, new GroupPlace(tenant.Slug, SoracomCoverage.Japan, groupId));
        Assert.Null(await desk.LoadAsync(Watchdog.Token));
        Assert.Equal("""{"SoracomAir":{"useCustomDns":false}}""", desk.Shown.ToJson());

        Assert.Null(await desk.EditAsync([new SettingEdit(GroupScene.Air("useCustomDns"), GroupScene.Json("true"))], Watchdog.Token));
        Assert.Equal("""{"SoracomAir":{"useCustomDns":true}}""", desk.Shown.ToJson());

        Assert.Null(await desk.EditAsync([new SettingEdit(GroupScene.Air("password"), GroupScene.Json("\"hush\""))], Watchdog.Token));
        Assert.Equal($$$"""{"SoracomAir":{"password":"{{{SettingSecrets.Mask}}}","useCustomDns":true}}""", desk.Shown.ToJson());

        Assert.Null(await desk.DiscardAsync(Watchdog.Token));
        Assert.Equal("""{"SoracomAir":{"useCustomDns":false}}""", desk.Shown.ToJson());
    }
}
