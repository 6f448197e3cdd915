using System.Text.Json;
using Soracom.Api;
using Soracom.Api.Groups;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Groups;

/// <summary>What tests of groups do again and again.</summary>
internal static class GroupScene
{
    public static SettingKey Air(string key) => new(GroupNamespace.Air, key);

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    /// <summary>A new group at the vendor, made behind the portal's back.</summary>
    public static async Task<string> AddGroupAsync(this PortalScene scene, TenantContext tenant, string configuration = """{"SoracomAir":{"useCustomDns":false}}""", string name = "Test")
    {
        var settings = JsonSerializer.Deserialize<Dictionary<string, IReadOnlyDictionary<string, JsonElement>>>(configuration, JsonSerializerOptions.Web)!;
        var made = await scene.AskAsync(tenant, (client, token) => client.Groups.CreateGroupAsync(new NewGroup { Configuration = settings, Tags = new Dictionary<string, string> { ["name"] = name } }, token));
        return made.GroupId;
    }

    /// <summary>Sets a key at the vendor, behind the portal's back.</summary>
    public static async Task SetElsewhereAsync(this PortalScene scene, TenantContext tenant, string groupId, SettingKey setting, string value)
    {
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await scene.AskAsync(tenant, (client, token) => client.Groups.PutConfigurationParametersAsync(groupId, setting.Namespace, [new GroupSetting { Key = setting.Key, Value = Json(value) }], token));
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Deletes a group at the vendor, behind the portal's back.</summary>
    public static Task<bool> DeleteElsewhereAsync(this PortalScene scene, TenantContext tenant, string groupId) => scene.AskAsync(tenant, async (client, token) =>
    {
        await client.Groups.DeleteGroupAsync(groupId, token);
        return true;
    });

    /// <summary>What the vendor has.</summary>
    public static async Task<GroupSettings> AtVendorAsync(this PortalScene scene, TenantContext tenant, string groupId) =>
        GroupSettings.Of((await scene.AskAsync(tenant, (client, token) => client.Groups.GetGroupAsync(groupId, token))).Configuration);

    public static async Task<SeenGroup> SeeAsync(this PortalScene scene, TenantContext tenant, string groupId) =>
        (await scene.Get<GroupReader>().ReadAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token)).Value;

    /// <summary>Begins a draft with what is at the vendor, and edits it.</summary>
    public static async Task<Draft> DraftAsync(this PortalScene scene, TenantContext tenant, string groupId, Func<GroupSettings, GroupSettings> edit)
    {
        var seen = await scene.SeeAsync(tenant, groupId);
        var saved = await scene.Get<GroupDrafts>().SaveAsync(tenant, SoracomCoverage.Japan, groupId, 0, new DraftContent(seen.Number, edit(seen.Settings)), Watchdog.Token);
        Assert.Null(saved.Error);
        return saved.Value;
    }

    public static async Task<IReadOnlyList<Revision>> RevisionsAsync(this PortalScene scene, TenantContext tenant, string groupId) =>
        (await scene.Get<GroupHistory>().ListAsync(tenant, SoracomCoverage.Japan, groupId, before: null, Watchdog.Token)).Value;

    public static async Task<IReadOnlyList<AuditEntry>> GroupTrailAsync(this PortalScene scene, TenantContext tenant, string groupId) =>
        [.. (await scene.TrailAsync(tenant.Slug)).Where(entry => entry.ObjectId == groupId)];

    private static async Task<T> AskAsync<T>(this PortalScene scene, TenantContext tenant, Func<ISoracomClient, CancellationToken, Task<T>> call)
    {
        var answer = await scene.Get<TenantSoracom>().ReadAsync(tenant, SoracomCoverage.Japan, call, Watchdog.Token);
        Assert.Null(answer.Error);
        return answer.Value;
    }
}
