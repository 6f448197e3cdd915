using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Shared.Bell;
using static Soracom.Portal.Tests.Features.Groups.GroupScene;

namespace Soracom.Portal.Tests.Features.Groups.Archive;

/// <summary>Half of the key to a tenant's archive is lost: what is in it stays shut, and the tenant goes on with another.</summary>
public sealed class LostArchiveTests : IAsyncLifetime
{
    private PortalScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await PortalScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Groups_GoOn_WithAnotherArchive_ThatIsTold_AndTheFormerOpensAgainOnceItsHalfIsBack()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var groupId = await scene.AddGroupAsync(tenant);
        var first = (await ReadAsync()).Number;
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("\"mine\"")));
        var half = Assert.Single(Directory.GetFiles(Path.Combine(scene.TestDatabase.KeysFolder, tenant.TenantId.ToString("N"))));
        File.Move(half, half + "-away");

        Assert.Null((await scene.Get<GroupDrafts>().FindAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token)).Value);
        Assert.Empty(await HistoryAsync());
        var second = (await ReadAsync()).Number;
        var again = await scene.Get<GroupDrafts>().SaveAsync(tenant, SoracomCoverage.Japan, groupId, version: 0, draft.Content with { BaseNumber = second }, Watchdog.Token);

        Assert.Equal((first + 1, second), (second, (await ReadAsync()).Number));
        Assert.Equal([second], await HistoryAsync());
        Assert.IsType<UnreadableArchiveError>((await scene.Get<GroupHistory>().BetweenAsync(tenant, SoracomCoverage.Japan, groupId, first, second, Watchdog.Token)).Error);
        Assert.Equal(draft.Content.Settings, again.Value.Content.Settings);
        var entry = Assert.Single(await scene.TrailAsync(PortalScene.Aoba), told => told.Action == AuditActions.ArchiveBegun);
        Assert.Equal((AuditEntry.Itself, "1", "2"), (entry.ActorName, entry.Before, entry.After));
        Assert.Contains((await scene.Get<BellBoard>().ListAsync(tenant.Actor, Watchdog.Token)).Entries, told => told.Row.Kind == BellKind.ArchiveBegun);

        File.Move(half + "-away", half);
        Assert.Equal([second, first], await HistoryAsync());

        async Task<SeenGroup> ReadAsync() => (await scene.Get<GroupReader>().ReadAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token)).Value;
        async Task<IEnumerable<int>> HistoryAsync() => (await scene.Get<GroupHistory>().ListAsync(tenant, SoracomCoverage.Japan, groupId, before: null, Watchdog.Token)).Value.Select(revision => revision.Number);
    }
}
