using Soracom.Api;
using Soracom.Api.Groups;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.Groups.Managing;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Groups.Managing;

/// <summary>Making, labelling and deleting groups: once each, told as it is, and remembered at once.</summary>
public sealed class GroupManagerTests : IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;

    private PortalScene scene = null!;
    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Create_TheVendorHasIt_TheListToo_AndItsFirstRevisionSaysWhoMadeIt()
    {
        await ListAsync();

        var made = (await CreateAsync("夜間便", ("site", "横浜"), ("team", ""))).Value;

        Assert.Equal("夜間便", (await AtVendorAsync(made.GroupId)).Name);
        var listed = (await ListAsync()).Single(group => group.GroupId == made.GroupId);
        Assert.Equal(("夜間便", "横浜", ""), (listed.Name, listed.Tags["site"], listed.Tags["team"]));
        var revision = Assert.Single(await scene.RevisionsAsync(tenant, made.GroupId));
        Assert.Equal((GroupRevisionOrigin.Created, tenant.Actor.Name), (revision.Origin, revision.ByName));
        var trail = await TrailAsync(AuditActions.GroupCreated);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], trail.Select(entry => entry.Outcome));
        Assert.Equal((null, made.GroupId, "夜間便"), (trail[0].ObjectId, trail[1].ObjectId, trail[1].ObjectName));
        Assert.Contains("site=横浜", trail[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_TheNameIsTaken_IsRefused_AndNothingIsSent()
    {
        await scene.AddGroupAsync(tenant, name: "Twice");

        var error = (await CreateAsync("Twice")).Error;

        Assert.Equal("GroupNameTaken", Assert.IsType<InputError>(error).Key);
        Assert.Single(await NamedAsync("Twice"));
        Assert.Empty(await TrailAsync(AuditActions.GroupCreated));
    }

    [Theory]
    [InlineData("", "site", "x", "GroupNameless")]
    [InlineData("A", "", "x", "GroupTagKey")]
    [InlineData("A", "name", "x", "GroupTagKey")]
    public async Task Create_BadInput_IsNamed_AndNothingIsSent(string name, string key, string value, string expected)
    {
        Assert.Equal(expected, (await CreateAsync(name, (key, value))).Error!.Key);
        Assert.Equal("GroupTagTwice", (await CreateAsync("A", ("a", "1"), ("a", "2"))).Error!.Key);
        Assert.Equal("GroupName", (await CreateAsync(new string('x', 201))).Error!.Key);
        Assert.Equal("GroupTagValue", (await CreateAsync("A", ("a", new string('x', 201)))).Error!.Key);
        Assert.Empty(await TrailAsync(AuditActions.GroupCreated));
    }

    [Fact]
    public async Task Create_TheAnswerIsLost_TheGroupIsFoundByItsName_AndNotMadeAgain()
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = "/v1/groups", Method = "POST", Afterwards = true });

        var made = await CreateAsync("Lost and found", ("site", "a"));

        Assert.Null(made.Error);
        Assert.Equal(made.Value.GroupId, Assert.Single(await NamedAsync("Lost and found")).GroupId);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], (await TrailAsync(AuditActions.GroupCreated)).Select(entry => entry.Outcome));
        Assert.Equal("GroupNameTaken", (await CreateAsync("Lost and found")).Error!.Key);
    }

    [Fact]
    public async Task Create_NobodyKnowsWhetherItWasMade_SaysSo()
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = "/v1/groups", Method = "POST" });

        var error = (await CreateAsync("Perhaps")).Error;

        Assert.True(Assert.IsType<VendorError>(error).OutcomeUnknown);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Unknown], (await TrailAsync(AuditActions.GroupCreated)).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task ChangeTag_NameAndTags_AreAtTheVendor_InTheListAndInTheNamesOfSims_OneEntryEach()
    {
        await WalkAsync();
        var group = await InUseAsync();
        var before = group.Tags;
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await ChangeAsync(group.GroupId, GroupTagChange.OfName("Renamed"))).Value);
        Assert.True((await ChangeAsync(group.GroupId, new GroupTagChange("new", "one"))).Value);
        Assert.True((await ChangeAsync(group.GroupId, new GroupTagChange("new", Value: null))).Value);
        Assert.False((await ChangeAsync(group.GroupId, GroupTagChange.OfName("Renamed"))).Value);

        var now = await AtVendorAsync(group.GroupId);
        Assert.Equal(before.Append(new("name", "Renamed")).ToDictionary(), now.Tags);
        Assert.Equal("Renamed", (await ListAsync()).Single(one => one.GroupId == group.GroupId).Name);
        await using var db = scene.Database.ForTenant(tenant.TenantId);
        Assert.All(db.InventorySims.Where(sim => sim.GroupId == group.GroupId), sim => Assert.Equal("Renamed", sim.GroupName));
        var trail = await TrailAsync(AuditActions.GroupTagged);
        Assert.Equal(["new: one → –", "new: – → one", $"name: {group.Name} → Renamed"], trail.Where(entry => entry.Outcome == AuditOutcome.Succeeded).Select(entry => $"{entry.Detail}: {entry.Change()}").Reverse());
        Assert.Equal(3, trail.Count(entry => entry.Outcome == AuditOutcome.Begun));
    }

    [Fact]
    public async Task ChangeTag_RenamedButOtherwiseSame_MakesNoRevision()
    {
        var groupId = await scene.AddGroupAsync(tenant);
        await scene.SeeAsync(tenant, groupId);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        await ChangeAsync(groupId, GroupTagChange.OfName("Other"));

        Assert.Single(await scene.RevisionsAsync(tenant, groupId));
    }

    [Fact]
    public async Task ChangeTag_TheAnswerIsLost_IsLookedAfter()
    {
        var groupId = await scene.AddGroupAsync(tenant);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = $"/v1/groups/{groupId}/tags", Method = "PUT", Afterwards = true });

        Assert.True((await ChangeAsync(groupId, new GroupTagChange("a", "b"))).Value);

        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], (await TrailAsync(AuditActions.GroupTagged)).Select(entry => entry.Outcome));
    }

    [Fact]
    public void Between_LeavesAloneWhatIsTheSame()
    {
        var before = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["c"] = "3" };

        var changes = GroupTagChange.Between(before, [new("a", "1"), new("c", "4"), new("d", "")]);

        Assert.Equal([new GroupTagChange("b", null), new GroupTagChange("c", "4"), new GroupTagChange("d", "")], changes);
    }

    [Fact]
    public async Task Members_SaysWhoIsInIt_ByTheVendorAndAsRemembered()
    {
        var before = (await MembersAsync((await InUseAsync()).GroupId)).Value;
        await WalkAsync();
        var group = await InUseAsync();

        var members = (await MembersAsync(group.GroupId)).Value;

        Assert.Null(before.Remembered);
        Assert.Equal(members.Remembered!.Total, members.Count);
        Assert.Equal(members.Told.ByStatus.OrderBy(status => status.Key), members.Remembered.ByStatus.OrderBy(status => status.Key));
        Assert.Equal(Math.Min(GroupMembers.MostNamed, members.Count), members.First.Count);
        Assert.True(members.Any);
        Assert.False(members.More);
    }

    [Fact]
    public async Task Delete_AnEmptyGroup_IsGoneEverywhere()
    {
        var groupId = await scene.AddGroupAsync(tenant);
        await ListAsync();
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null((await DeleteAsync(groupId)).Error);

        Assert.DoesNotContain(await ListAsync(), group => group.GroupId == groupId);
        Assert.Single(await scene.RevisionsAsync(tenant, groupId));
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], (await TrailAsync(AuditActions.GroupDeleted)).Select(entry => entry.Outcome));
        Assert.Equal(VendorErrorKind.NotFound, Assert.IsType<VendorError>((await DeleteAsync(groupId)).Error).Kind);
    }

    [Fact]
    public async Task Delete_WithSims_IsRefusedUntilToldByItsName_AndThenTheSimsAreInNone()
    {
        await WalkAsync();
        var group = await InUseAsync();
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        var plain = await DeleteAsync(group.GroupId);
        var wrong = await DeleteAsync(group.GroupId, "something else");
        Assert.NotNull(await AtVendorAsync(group.GroupId));
        Assert.Empty(await TrailAsync(AuditActions.GroupDeleted));
        var told = await DeleteAsync(group.GroupId, group.Name);

        Assert.IsType<GroupInUseError>(plain.Error);
        Assert.IsType<GroupInUseError>(wrong.Error);
        Assert.Null(told.Error);
        Assert.DoesNotContain(await ListAsync(), one => one.GroupId == group.GroupId);
        await using var db = scene.Database.ForTenant(tenant.TenantId);
        Assert.False(db.InventorySims.Any(sim => sim.GroupId == group.GroupId || sim.GroupName == group.Name));
        Assert.Contains("SIMs: ", (await TrailAsync(AuditActions.GroupDeleted))[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_TheAnswerIsLost_IsLookedAfter()
    {
        var groupId = await scene.AddGroupAsync(tenant);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = $"/v1/groups/{groupId}", Method = "DELETE", Afterwards = true });

        Assert.Null((await DeleteAsync(groupId)).Error);
    }

    [Fact]
    public async Task Delete_ByAnOperator_IsDenied()
    {
        using var other = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => scene.Get<GroupManager>().DeleteAsync(other, Japan, groupId, confirmation: null, Watchdog.Token));
    }

    private Task<Result<Group>> CreateAsync(string name, params (string Key, string Value)[] tags) =>
        scene.Get<GroupManager>().CreateAsync(tenant, Japan, name, [.. tags.Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value))], Watchdog.Token);

    private Task<Result<bool>> ChangeAsync(string groupId, GroupTagChange change) => scene.Get<GroupManager>().ChangeTagAsync(tenant, Japan, groupId, change, Watchdog.Token);

    private Task<Result<GroupMembers>> MembersAsync(string groupId) => scene.Get<GroupManager>().MembersAsync(tenant, Japan, groupId, Watchdog.Token);

    private Task<Result<bool>> DeleteAsync(string groupId, string? confirmation = null) => scene.Get<GroupManager>().DeleteAsync(tenant, Japan, groupId, confirmation, Watchdog.Token);

    private async Task<IReadOnlyList<ListedGroup>> ListAsync() => (await scene.Get<GroupList>().ReadAsync(tenant, Japan, anew: false, Watchdog.Token)).Groups;

    private Task<SyncOutcome> WalkAsync() => scene.Get<InventorySync>().RunAsync(tenant.TenantId, Japan, Watchdog.Token);

    /// <summary>A group with SIMs.</summary>
    private async Task<ListedGroup> InUseAsync()
    {
        foreach (var group in await ListAsync())
        {
            if (group.Name.Length > 0 && (await MembersAsync(group.GroupId)).Value.Count > 2)
            {
                return group;
            }
        }

        throw new InvalidOperationException("No group has SIMs.");
    }

    private async Task<Group> AtVendorAsync(string groupId) =>
        (await scene.Get<TenantSoracom>().ReadAsync(tenant, Japan, (client, token) => client.Groups.GetGroupAsync(groupId, token), Watchdog.Token)).Value;

    private async Task<IReadOnlyList<Group>> NamedAsync(string name) =>
        (await scene.Get<TenantSoracom>().ReadAsync(tenant, Japan, async (client, token) => await client.Groups.ListAllGroupsAsync(token).Where(group => group.Name == name).ToListAsync(token), Watchdog.Token)).Value;

    private async Task<IReadOnlyList<AuditEntry>> TrailAsync(string action) => [.. (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == action)];
}
