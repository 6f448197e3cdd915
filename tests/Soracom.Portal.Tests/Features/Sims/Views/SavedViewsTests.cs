using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Views;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Views;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Sims.Views;

/// <summary>Views under names: whose they are, who sees them, and who may change them.</summary>
public sealed class SavedViewsTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private static readonly SimQuery Online = SimQuery.All with { Text = "truck", Sessions = FilterValues.Of([SimSession.Online]), SortBy = SimColumn.LastHeard, Descending = true };

    private readonly PortalScene scene = own.Scene;
    private readonly List<TenantContext> opened = [];
    private string slug = null!;
    private TenantContext owner = null!;
    private TenantContext yui = null!;
    private TenantContext ren = null!;

    private SavedViews Views => scene.Get<SavedViews>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        owner = await JoinAsync("Haruto", TenantRole.Owner);
        yui = await JoinAsync("Yui", TenantRole.Operator);
        ren = await JoinAsync("Ren", TenantRole.Viewer);
    }

    public ValueTask DisposeAsync()
    {
        opened.ForEach(tenant => tenant.Dispose());
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Add_Private_IsSeenByItsOwnerAlone_AndComesBackAsItWas()
    {
        var added = await AddAsync(ren, "  Trucks ", Online);

        Assert.Equal(new ViewSummary(added.Id, "Trucks", Online, IsShared: false, "Ren", IsMine: true, 1), Assert.Single(await ListAsync(ren)));
        Assert.Empty(await ListAsync(owner));
        Assert.Empty(await ActsAsync());
    }

    [Fact]
    public async Task Add_Shared_IsSeenByAllInTheTenant_WithWhoSharedIt_AndRecorded()
    {
        var added = await AddAsync(yui, "Trucks", Online, shared: true);

        Assert.Equal(("Trucks", "Yui", false, true), Told(Assert.Single(await ListAsync(ren))));
        Assert.Equal(("Trucks", "Yui", true, true), Told(Assert.Single(await ListAsync(yui))));
        Assert.Equal([$"view.share {added.Id} Trucks {Online.ToQueryString()}"], await ActsAsync());

        static (string, string, bool, bool) Told(ViewSummary view) => (view.Name, view.OwnerName, view.IsMine, view.IsShared);
    }

    [Fact]
    public async Task List_IsByName_WhateverItsCase()
    {
        await AddAsync(yui, "beta", Online);
        await AddAsync(yui, "Gamma", Online, shared: true);
        await AddAsync(yui, "Alpha", Online);

        Assert.Equal(["Alpha", "beta", "Gamma"], (await ListAsync(yui)).Select(view => view.Name));
    }

    [Theory]
    [InlineData("", "ViewNameMissing")]
    [InlineData(" \u200B\u3000", "ViewNameMissing")]
    [InlineData("101", "ViewNameLong")]
    public async Task Name_ThatCantBeUsed_IsRefused(string name, string key)
    {
        var view = await AddAsync(yui, "Trucks", Online);
        var typed = name == "101" ? new string('x', 101) : name;

        Assert.Equal(key, (await Views.AddAsync(yui, typed, Online, shared: false, Watchdog.Token)).Error?.Key);
        Assert.Equal(key, (await Views.RenameAsync(yui, view.Id, 1, typed, shared: false, Watchdog.Token)).Error?.Key);
        Assert.Equal(["Trucks"], (await ListAsync(yui)).Select(one => one.Name));
    }

    [Theory]
    [InlineData("trucks")]
    [InlineData("ＴＲＵＣＫＳ")]
    [InlineData(" Trucks ")]
    public async Task Name_ThatIsTaken_IsRefused_AmongOnesOwnAndAmongTheShared_ButNotAcross(string name)
    {
        await AddAsync(yui, "Trucks", Online);
        var shared = await AddAsync(owner, "Trucks", Online, shared: true);

        Assert.Equal("ViewName", (await Views.AddAsync(yui, name, Online, shared: false, Watchdog.Token)).Error?.Key);
        Assert.Equal("ViewName", (await Views.AddAsync(yui, name, Online, shared: true, Watchdog.Token)).Error?.Key);
        await AddAsync(ren, name, Online);
        Assert.Null((await Views.RenameAsync(owner, shared.Id, 1, name, shared: true, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Add_SameNameByTwoAtOnce_OneIsSharedAndTheOtherIsTold()
    {
        var results = await Task.WhenAll(
            Task.Run(() => Views.AddAsync(owner, "Trucks", Online, shared: true, Watchdog.Token)),
            Task.Run(() => Views.AddAsync(yui, "trucks", SimQuery.All, shared: true, Watchdog.Token)));

        Assert.Equal("ViewName", Assert.Single(results, result => result.Error is not null).Error!.Key);
        Assert.Single(await ListAsync(ren));
    }

    [Fact]
    public async Task Change_OfWhatSomebodySavedMeanwhile_IsAConflict()
    {
        var seen = await AddAsync(owner, "Trucks", Online, shared: true);
        await Views.RenameAsync(owner, seen.Id, seen.Version, "Lorries", shared: true, Watchdog.Token);

        Assert.IsType<ConflictError>((await Views.RenameAsync(owner, seen.Id, seen.Version, "Vans", shared: true, Watchdog.Token)).Error);
        Assert.IsType<ConflictError>((await Views.ReplaceAsync(owner, seen.Id, seen.Version, SimQuery.All, Watchdog.Token)).Error);
        Assert.IsType<ConflictError>((await Views.DeleteAsync(owner, seen.Id, seen.Version, Watchdog.Token)).Error);
        Assert.Equal(("Lorries", Online, 2), Told(Assert.Single(await ListAsync(owner))));

        static (string, SimQuery, int) Told(ViewSummary view) => (view.Name, view.Query, view.Version);
    }

    [Fact]
    public async Task Change_ByTwoAtOnce_OneIsSavedAndTheOtherIsAConflict()
    {
        var seen = await AddAsync(owner, "Trucks", Online, shared: true);

        var results = await Task.WhenAll(
            Task.Run(() => Views.ReplaceAsync(owner, seen.Id, seen.Version, SimQuery.All with { Text = "first" }, Watchdog.Token)),
            Task.Run(() => Views.ReplaceAsync(owner, seen.Id, seen.Version, SimQuery.All with { Text = "second" }, Watchdog.Token)));

        Assert.IsType<ConflictError>(Assert.Single(results, result => result.Error is not null).Error);
        var saved = Assert.Single(results, result => result.Error is null).Value;
        Assert.Equal(saved.Query, Assert.Single(await ListAsync(owner)).Query);
    }

    [Fact]
    public async Task Change_OfAPrivateViewOfSomebodyElse_AnswersAsForNone()
    {
        var theirs = await AddAsync(ren, "Trucks", Online);

        Assert.IsType<GoneError>((await Views.RenameAsync(owner, theirs.Id, 1, "Mine", shared: false, Watchdog.Token)).Error);
        Assert.IsType<GoneError>((await Views.ReplaceAsync(owner, theirs.Id, 1, SimQuery.All, Watchdog.Token)).Error);
        Assert.IsType<GoneError>((await Views.DeleteAsync(owner, theirs.Id, 1, Watchdog.Token)).Error);
        Assert.Equal(theirs, Assert.Single(await ListAsync(ren)));
    }

    [Fact]
    public async Task Viewer_KeepsViewsForThemselves_AndSharesNone()
    {
        var mine = await AddAsync(ren, "Trucks", Online);

        await RefusedAsync(Permission.ViewsShare, () => Views.AddAsync(ren, "For all", Online, shared: true, Watchdog.Token));
        await RefusedAsync(Permission.ViewsShare, () => Views.RenameAsync(ren, mine.Id, mine.Version, "Trucks", shared: true, Watchdog.Token));
        var replaced = await Views.ReplaceAsync(ren, mine.Id, mine.Version, SimQuery.All, Watchdog.Token);
        Assert.Null((await Views.DeleteAsync(ren, mine.Id, replaced.Value.Version, Watchdog.Token)).Error);
        Assert.Empty(await ListAsync(ren));
    }

    [Fact]
    public async Task SharedByAnother_IsChangedAndDeletedByOwnersAlone_AndTakenBackByNobodyElse()
    {
        var shared = await AddAsync(yui, "Trucks", Online, shared: true);
        var daiki = await JoinAsync("Daiki", TenantRole.Operator);

        await RefusedAsync(Permission.ViewsManage, () => Views.ReplaceAsync(daiki, shared.Id, 1, SimQuery.All, Watchdog.Token));
        await RefusedAsync(Permission.ViewsManage, () => Views.DeleteAsync(daiki, shared.Id, 1, Watchdog.Token));
        Assert.False(SavedViews.MayChange(daiki, Assert.Single(await ListAsync(daiki))));
        Assert.True(SavedViews.MayChange(owner, Assert.Single(await ListAsync(owner))));

        Assert.Equal("ViewNotYours", (await Views.RenameAsync(owner, shared.Id, 1, "Trucks", shared: false, Watchdog.Token)).Error?.Key);
        Assert.Equal("Lorries", (await Views.RenameAsync(owner, shared.Id, 1, "Lorries", shared: true, Watchdog.Token)).Value.Name);
        Assert.Equal("Yui", Assert.Single(await ListAsync(ren)).OwnerName);
        Assert.Null((await Views.DeleteAsync(owner, shared.Id, 2, Watchdog.Token)).Error);
        Assert.Empty(await ListAsync(yui));
    }

    [Fact]
    public async Task SharedView_EachChange_IsRecorded()
    {
        var view = await AddAsync(yui, "Trucks", Online);
        await Views.RenameAsync(yui, view.Id, 1, "Trucks", shared: true, Watchdog.Token);
        await Views.RenameAsync(yui, view.Id, 2, "Lorries", shared: true, Watchdog.Token);
        await Views.ReplaceAsync(yui, view.Id, 3, SimQuery.All, Watchdog.Token);
        await Views.RenameAsync(yui, view.Id, 4, "Lorries", shared: false, Watchdog.Token);
        await Views.ReplaceAsync(yui, view.Id, 5, Online, Watchdog.Token);
        await Views.RenameAsync(yui, view.Id, 6, "Vans", shared: true, Watchdog.Token);
        await Views.DeleteAsync(yui, view.Id, 7, Watchdog.Token);

        var text = Online.ToQueryString();
        Assert.Equal(
            [
                $"view.share {view.Id} Trucks {text}",
                $"view.change {view.Id} Lorries Trucks → Lorries",
                $"view.change {view.Id} Lorries {text} → -",
                $"view.unshare {view.Id} Lorries -",
                $"view.share {view.Id} Vans {text}",
                $"view.delete {view.Id} Vans {text}",
            ],
            await ActsAsync());
    }

    [Fact]
    public async Task Member_Removed_LeavesWhatWasShared_AndNothingElse()
    {
        await AddAsync(yui, "Shared", Online, shared: true);
        await AddAsync(yui, "Private", Online);
        await AddAsync(ren, "Private", Online);

        await scene.Get<MemberList>().RemoveAsync(owner, yui.Actor.PersonId, Watchdog.Token);

        Assert.Equal(["Private", "Shared"], (await ListAsync(ren)).Select(view => view.Name));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => ListAsync(yui));
        await scene.JoinAsync(yui.Actor.PersonId, slug, TenantRole.Operator);
        using var again = await scene.OpenAsync(yui.Actor, slug);
        Assert.Equal(["Shared"], (await ListAsync(again)).Select(view => view.Name));
    }

    [Fact]
    public async Task StoredText_OfWhatIsNoLongerKnown_StillOpens()
    {
        var view = await AddAsync(yui, "Trucks", Online);
        await using (var db = scene.Database.ForTenant(yui.TenantId))
        {
            await db.SavedViews.Where(row => row.Id == view.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Query, "?planet=mars&status=active&silent=never&sort=tenant&tenant=nagisa&coverage=moon&q=truck"), Watchdog.Token);
        }

        Assert.Equal(SimQuery.All with { Text = "truck", Statuses = FilterValues.Of(["active"]) }, Assert.Single(await ListAsync(yui)).Query);
    }

    [Fact]
    public async Task Limits_OfPrivateAndSharedViews_AreKept_AndSaid()
    {
        await FillAsync(yui, SavedViews.MostPrivate, shared: false);
        await FillAsync(owner, SavedViews.MostShared, shared: true);

        var (one, all) = (await Views.AddAsync(yui, "One more", Online, shared: false, Watchdog.Token), await Views.AddAsync(yui, "One more", Online, shared: true, Watchdog.Token));

        Assert.Equal(("ViewsPrivate", "ViewsShared"), (one.Error?.Key, all.Error?.Key));
        Assert.Equal([SavedViews.MostPrivate, SavedViews.MostShared], new[] { one, all }.SelectMany(result => result.Error!.Arguments));
        await AddAsync(ren, "One more", Online);
    }

    [Fact]
    public async Task View_ThatIsTooLong_IsRefused()
    {
        var tooLong = SimQuery.All with { Groups = FilterValues.Of(Enumerable.Range(0, 400).Select(number => $"group-{number:0000}")), Coverage = SoracomCoverage.Japan };
        var view = await AddAsync(yui, "Trucks", Online);

        Assert.Equal("ViewLong", (await Views.AddAsync(yui, "Long", tooLong, shared: false, Watchdog.Token)).Error?.Key);
        Assert.Equal("ViewLong", (await Views.ReplaceAsync(yui, view.Id, 1, tooLong, Watchdog.Token)).Error?.Key);
    }

    private async Task<TenantContext> JoinAsync(string name, TenantRole role)
    {
        var tenant = await scene.OpenAsync(await scene.MemberAsync(slug, role, name), slug);
        opened.Add(tenant);
        return tenant;
    }

    private async Task<ViewSummary> AddAsync(TenantContext tenant, string name, SimQuery query, bool shared = false) =>
        (await Views.AddAsync(tenant, name, query, shared, Watchdog.Token)).Value;

    private Task<IReadOnlyList<ViewSummary>> ListAsync(TenantContext tenant) => Views.ListAsync(tenant, Watchdog.Token);

    private async Task<IReadOnlyList<string>> ActsAsync() =>
    [
        .. (await scene.TrailAsync(slug))
            .Where(entry => entry.Action.StartsWith("view.", StringComparison.Ordinal) && entry.Outcome == AuditOutcome.Succeeded)
            .Select(entry => $"{entry.Action} {entry.ObjectId} {entry.ObjectName} {entry.Detail}{entry.Change()}"),
    ];

    private static async Task RefusedAsync(Permission needed, Func<Task> act) =>
        Assert.Equal(needed, (await Assert.ThrowsAsync<PermissionDeniedException>(act)).Permission);

    private async Task FillAsync(TenantContext tenant, int count, bool shared)
    {
        await using var db = scene.Database.ForTenant(tenant.TenantId);
        db.SavedViews.AddRange(Enumerable.Range(0, count).Select(number => new SavedView
        {
            TenantId = tenant.TenantId,
            List = SavedViewLists.Sims,
            OwnerId = tenant.Actor.PersonId,
            Name = $"View {number}",
            Query = "",
            IsShared = shared,
            CreatedAt = scene.Clock.GetUtcNow(),
            ChangedAt = scene.Clock.GetUtcNow(),
            Version = 1,
        }));
        await db.SaveChangesAsync(Watchdog.Token);
    }
}
