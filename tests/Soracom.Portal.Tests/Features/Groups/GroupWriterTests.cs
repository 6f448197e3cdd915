using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;
using static Soracom.Portal.Tests.Features.Groups.GroupScene;

namespace Soracom.Portal.Tests.Features.Groups;

/// <summary>Writing a draft: nothing left out is lost, nobody overwrites another, and what came of it is told as it is.</summary>
public abstract class GroupWriterTests(SceneFixture own)
{
    private const string Configuration = """
        {
          "SoracomAir": { "metadata": { "enabled": true, "strange": [1, 2] }, "userdata": "one", "unknownKey": { "deep": null } },
          "SoracomBeam": { "http://beam.soracom.io:8888/a b?c=%20": { "enabled": true, "destination": "https://example.com", "psk": "s3cret" }, "mqtt://beam.soracom.io:1883": { "enabled": false } },
          "SoracomFunk": { "enabled": true }
        }
        """;

    private static readonly SettingKey Entry = new("SoracomBeam", "http://beam.soracom.io:8888/a b?c=%20");

    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Write_KeysChangedSetAndRemoved_TheVendorHasExactlyTheDraft()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, Configuration);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings
            .With(Air("userdata"), Json("\"two\""))
            .With(Air("ipLinkMtu"), Json("1400"))
            .Without(Entry)
            .Without(new SettingKey("SoracomFunk", "enabled")));

        var written = (await WriteAsync(tenant, groupId, draft.Version)).Value;

        Assert.Null(written.Failure);
        Assert.Empty(written.Left);
        Assert.Equal(draft.Content.Settings, await scene.AtVendorAsync(tenant, groupId));
        Assert.Equal(draft.Content.Settings, written.Now!.Settings);
        Assert.Null(await FindAsync(tenant, groupId));
        Assert.Equal([GroupRevisionOrigin.Written, GroupRevisionOrigin.Found], (await scene.RevisionsAsync(tenant, groupId)).Select(revision => revision.Origin));
    }

    [Fact]
    public async Task Write_NewKeysOnlyFitOnceOldOnesAreGone_IsWrittenAllTheSame()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, $$"""{"SoracomAir":{"userdata":"{{new string('a', 7_000)}}"},"SoracomFunk":{"old":"{{new string('b', 900)}}"} }""");
        var draft = await scene.DraftAsync(tenant, groupId, _ => GroupSettings.None.With(Air("other"), Json($"\"{new string('c', 900)}\"")).With(new SettingKey("SoracomFunk", "new"), Json($"\"{new string('d', 7_000)}\"")));

        var written = (await WriteAsync(tenant, groupId, draft.Version)).Value;

        Assert.Null(written.Failure);
        Assert.Equal(draft.Content.Settings, await scene.AtVendorAsync(tenant, groupId));
    }

    [Fact]
    public async Task Write_TooLarge_IsRefusedBeforeAnythingIsSent()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json($"\"{new string('a', 9_000)}\"")));

        var refused = await WriteAsync(tenant, groupId, draft.Version);

        Assert.Equal("GroupSize", Assert.IsType<InputError>(refused.Error).Key);
        Assert.Empty(await scene.GroupTrailAsync(tenant, groupId));
        Assert.NotNull(await FindAsync(tenant, groupId));
    }

    [Fact]
    public async Task Write_TheGroupWasChangedElsewhere_StopsAndLosesNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, Configuration);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("\"mine\"")));
        await scene.SetElsewhereAsync(tenant, groupId, Air("userdata"), "\"theirs\"");

        var stopped = await WriteAsync(tenant, groupId, draft.Version);

        Assert.Equal(2, Assert.IsType<GroupChangedError>(stopped.Error).Number);
        Assert.Equal("theirs", (await scene.AtVendorAsync(tenant, groupId))[Air("userdata")]!.Value.GetString());
        Assert.Equal(draft.Content.Settings, (await FindAsync(tenant, groupId))!.Content.Settings);
        Assert.Empty(await scene.GroupTrailAsync(tenant, groupId));
    }

    [Fact]
    public async Task Write_TwoPeopleEditTheSameGroup_TheSecondIsStoppedAndGoesOnAfterMerging()
    {
        using var one = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        using var other = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var groupId = await scene.AddGroupAsync(one, Configuration);
        var first = await scene.DraftAsync(one, groupId, settings => settings.With(Air("userdata"), Json("\"first\"")));
        var second = await scene.DraftAsync(other, groupId, settings => settings.With(Air("userdata"), Json("\"second\"")).With(Air("ipLinkMtu"), Json("1300")));
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await WriteAsync(one, groupId, first.Version)).Value.Failure);

        var stopped = Assert.IsType<GroupChangedError>((await WriteAsync(other, groupId, second.Version)).Error);
        var theirs = (await scene.RevisionsAsync(other, groupId)).Single(revision => revision.Number == stopped.Number);
        var merge = SettingsMerge.Of(second.Base, second.Content.Settings, theirs.Settings, new Dictionary<MergePlace, MergeSide> { [new MergePlace(Air("userdata"), ValuePath.Root)] = MergeSide.Mine });
        var merged = await scene.Get<GroupDrafts>().SaveAsync(other, SoracomCoverage.Japan, groupId, second.Version, new DraftContent(stopped.Number, merge.Settings), Watchdog.Token);
        var written = (await WriteAsync(other, groupId, merged.Value.Version)).Value;

        Assert.Null(written.Failure);
        var now = await scene.AtVendorAsync(one, groupId);
        Assert.Equal(("second", 1300), (now[Air("userdata")]!.Value.GetString(), now[Air("ipLinkMtu")]!.Value.GetInt32()));
        Assert.Equal("Owner", (await scene.RevisionsAsync(one, groupId))[0].ByName);
    }

    [Fact]
    public async Task Write_ASecondTimeWithTheSameVersion_SendsNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, Configuration);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("\"two\"")));

        var both = await Task.WhenAll(WriteAsync(tenant, groupId, draft.Version), WriteAsync(tenant, groupId, draft.Version));

        Assert.Single(both, result => result.Error is null);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], (await scene.GroupTrailAsync(tenant, groupId)).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Write_SecretsChange_NeitherTrailNorDatabaseNorLogHoldsThem()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, Configuration.Replace("s3cret", "old-psk-4711", StringComparison.Ordinal));
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings
            .With(Entry, Json("""{ "enabled": true, "destination": "https://example.com", "psk": "new-psk-4711" }"""))
            .With(Air("password"), Json("\"chap-4711\"")));

        Assert.Null((await WriteAsync(tenant, groupId, draft.Version)).Value.Failure);

        var trail = await scene.GroupTrailAsync(tenant, groupId);
        Assert.Contains(trail, entry => entry.Detail!.Contains("psk", StringComparison.Ordinal));
        Assert.Contains(trail, entry => entry.Before is not null && entry.After is not null);
        Assert.All(trail, entry => Assert.DoesNotContain("4711", $"{entry.Detail} {entry.Before} {entry.After}", StringComparison.Ordinal));
        Assert.All(scene.TestDatabase.ReadFiles(), file => Assert.Equal(-1, file.Value.AsSpan().IndexOf("psk-4711"u8)));
        Assert.All(scene.TestDatabase.ReadFiles(), file => Assert.Equal(-1, file.Value.AsSpan().IndexOf("chap-4711"u8)));
        Assert.DoesNotContain(scene.Logs.Lines, line => line.ToString().Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_TheVendorFailsHalfWay_SaysWhatIsDoneAndTheDraftGoesOnWithTheRest()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, Configuration);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.With(Air("userdata"), Json("\"longer\"")).With(new SettingKey("SoracomFunk", "enabled"), Json("false")));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "PUT", Path = $"/v1/groups/{groupId}/configuration/SoracomAir" });

        var written = (await WriteAsync(tenant, groupId, draft.Version)).Value;

        Assert.IsType<VendorError>(written.Failure);
        Assert.Null(await scene.Get<GroupDrafts>().WritingAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token));
        Assert.Equal([Air("userdata")], written.Left.Select(change => change.Setting));
        Assert.False((await scene.AtVendorAsync(tenant, groupId))[new SettingKey("SoracomFunk", "enabled")]!.Value.GetBoolean());
        var rest = (await FindAsync(tenant, groupId))!;
        Assert.Equal([Air("userdata")], rest.Changes.Select(change => change.Setting));
        Assert.Null((await WriteAsync(tenant, groupId, rest.Version)).Value.Failure);
        Assert.Equal(draft.Content.Settings, await scene.AtVendorAsync(tenant, groupId));
    }

    [Fact]
    public async Task Write_NoAnswerThoughItWasDone_IsSeenAfterwardsAndToldAsDone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var groupId = await scene.AddGroupAsync(tenant, Configuration);
        var draft = await scene.DraftAsync(tenant, groupId, settings => settings.Without(Entry));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Method = "DELETE", Path = $"/v1/groups/{groupId}/*", Afterwards = true });

        var written = (await WriteAsync(tenant, groupId, draft.Version)).Value;

        Assert.Null(written.Failure);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], (await scene.GroupTrailAsync(tenant, groupId)).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Write_ByAViewer_IsDenied()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => WriteAsync(tenant, "any", 1));
    }

    private Task<Result<GroupWritten>> WriteAsync(TenantContext tenant, string groupId, int version) =>
        scene.Get<GroupWriter>().WriteAsync(tenant, SoracomCoverage.Japan, groupId, version, Watchdog.Token);

    private async Task<Draft?> FindAsync(TenantContext tenant, string groupId) =>
        (await scene.Get<GroupDrafts>().FindAsync(tenant, SoracomCoverage.Japan, groupId, Watchdog.Token)).Value;
}

/// <summary>A vendor that keeps the keys that are left out.</summary>
public sealed class MergingGroupWriterTests(ClassScene own) : GroupWriterTests(own), IClassFixture<ClassScene>;

/// <summary>A vendor that resets the keys that are left out.</summary>
public sealed class ResettingGroupWriterTests(ResettingScene own) : GroupWriterTests(own), IClassFixture<ResettingScene>;

/// <summary>A scene whose vendor resets the keys of a namespace that are left out when some are put.</summary>
public sealed class ResettingScene : SceneFixture
{
    public ResettingScene()
        : base(new UndocumentedAnswers { ResetsOmittedGroupSettings = true })
    {
    }
}
