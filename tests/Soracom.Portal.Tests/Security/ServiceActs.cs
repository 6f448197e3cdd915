using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Api.Napter;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Features.Audit.AtVendor;
using Soracom.Portal.Features.Audit.Retention;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Features.Billing.Paying;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.Changes;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Features.Delegation;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.Groups.Managing;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Features.Groups.Sims;
using Soracom.Portal.Features.Groups.Usage;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Actions;
using Soracom.Portal.Features.Sims.Capturing;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Diagnosing;
using Soracom.Portal.Features.Sims.HarvestData;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Features.Sims.Location;
using Soracom.Portal.Features.Sims.Logs;
using Soracom.Portal.Features.Sims.Offline;
using Soracom.Portal.Features.Sims.Reading;
using Soracom.Portal.Features.Sims.RemoteAccess;
using Soracom.Portal.Features.Sims.Timeline;
using Soracom.Portal.Features.Sims.Usage;
using Soracom.Portal.Features.Sims.Views;
using Soracom.Portal.Features.Start;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Branding;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Palette;
using Soracom.Portal.Shared.Usage;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Security;

/// <summary>What a service method is asked about: ids of one's own, of somebody else, or of nobody.</summary>
internal sealed record ServiceIds(Guid Person, Guid Credential, string Sim, long Entry, Guid Job, Guid Diagnosis, Guid View, string Group, string Camera, Guid Export, Guid Door, Guid BillFile, Guid Invitation, Guid CustomRole, Guid GroupGrant)
{
    public static readonly ServiceIds OfNobody = new(Guid.NewGuid(), Guid.NewGuid(), "8942310099999999999", long.MaxValue, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "11111111-2222-3333-4444-555555555555", "02CA00000000", Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
}

/// <summary>One method of a service that acts in a tenant.</summary>
/// <param name="Needs">The permission that it asks for; null where every member may.</param>
/// <param name="Run">Calls it and gives what it answers.</param>
internal sealed record ServiceAct(Permission? Needs, Func<PortalScene, TenantContext, ServiceIds, Task<object?>> Run)
{
    /// <summary>Every method of a feature's services, and of what the features share, that takes a tenant.</summary>
    public static readonly FrozenDictionary<string, ServiceAct> All = new Dictionary<string, ServiceAct>(StringComparer.Ordinal)
    {
        ["AuditExport.WriteAsync"] = Of<AuditExport>(Permission.AuditRead, async (export, tenant, ids) => await export.WriteAsync(tenant, AuditQuery.All with { People = FilterValues.Of([$"{ids.Person}"]) }, AuditFileKind.JsonLines, Stream.Null, Watchdog.Token)),
        ["VendorAuditLog.CoveragesAsync"] = Of<VendorAuditLog>(Permission.AuditRead, async (log, tenant, _) => await log.CoveragesAsync(tenant, Watchdog.Token)),
        ["VendorAuditLog.ReadAsync"] = Of<VendorAuditLog>(Permission.AuditRead, async (log, tenant, _) => await log.ReadAsync(tenant, SoracomCoverage.Japan, VendorAuditQuery.All, Watchdog.Token)),
        ["AuditRetention.LookAsync"] = Of<AuditRetention>(Permission.AuditRead, async (retention, tenant, _) => await retention.LookAsync(tenant, Watchdog.Token)),
        ["AuditRetention.ChangeAsync"] = Of<AuditRetention>(Permission.AuditKeep, async (retention, tenant, _) => await retention.ChangeAsync(tenant, 1000, 2000, Watchdog.Token)),
        ["AuditLog.ListAsync"] = Of<AuditLog>(Permission.AuditRead, async (log, tenant, ids) => await log.ListAsync(tenant, AuditQuery.All with { Before = ids.Entry }, Watchdog.Token)),
        ["AuditLog.VerifyAsync"] = Of<AuditLog>(Permission.AuditRead, async (log, tenant, _) => await log.VerifyAsync(tenant, Watchdog.Token)),
        ["AuditLog.PeopleAsync"] = Of<AuditLog>(Permission.AuditRead, async (log, tenant, _) => await log.PeopleAsync(tenant, Watchdog.Token)),
        ["FootageRequests.PlanAsync"] = Of<FootageRequests>(Permission.CamerasExport, async (exports, tenant, ids) => await exports.PlanAsync(tenant, SoracomCoverage.Japan, FootageOf(ids.Camera), Watchdog.Token)),
        ["FootageRequests.BeginAsync"] = Of<FootageRequests>(Permission.CamerasExport, async (exports, tenant, ids) => await exports.BeginAsync(tenant, SoracomCoverage.Japan, FootageOf(ids.Camera), Watchdog.Token)),
        ["FootageRequests.CamerasAsync"] = Of<FootageRequests>(Permission.CamerasExport, async (exports, tenant, _) => await exports.CamerasAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)),
        ["FootageFiles.ZipAsync"] = Of<FootageFiles>(Permission.CamerasExport, async (files, tenant, ids) => await files.ZipAsync(tenant, ids.Export, Watchdog.Token)),
        ["FootageFiles.PieceAsync"] = Of<FootageFiles>(Permission.CamerasExport, async (files, tenant, ids) => await files.PieceAsync(tenant, ids.Export, 1, Watchdog.Token)),
        ["ExportRules.GetAsync"] = Of<ExportRules>(Permission.CamerasExport, async (rules, tenant, _) => await rules.GetAsync(tenant, Watchdog.Token)),
        ["ExportRules.PutAsync"] = Of<ExportRules>(Permission.CamerasRules, async (rules, tenant, _) => await rules.PutAsync(tenant, reasonRequired: false, 60, mostBytes: null, Watchdog.Token)),
        ["FootageExports.ListAsync"] = Of<FootageExports>(Permission.CamerasExport, async (exports, tenant, ids) => await exports.ListAsync(tenant, ExportQuery.All with { Camera = ids.Camera }, Watchdog.Token)),
        ["FootageExports.UseAsync"] = Of<FootageExports>(Permission.CamerasExport, async (exports, tenant, _) => await exports.UseAsync(tenant, Watchdog.Token)),
        ["FootageRetries.RetryAsync"] = Of<FootageRetries>(Permission.CamerasExport, async (retries, tenant, ids) => await retries.RetryAsync(tenant, ids.Export, agreed: null, Watchdog.Token)),
        ["FootageFiles.ManifestAsync"] = Of<FootageFiles>(Permission.CamerasExport, async (files, tenant, ids) => await files.ManifestAsync(tenant, ids.Export, Watchdog.Token)),
        ["FootageRetries.CostAsync"] = Of<FootageRetries>(Permission.CamerasExport, async (retries, tenant, ids) => await retries.CostAsync(tenant, ids.Export, Watchdog.Token)),
        ["FootageRetries.NeedAsync"] = Of<FootageRetries>(Permission.CamerasExport, async (retries, tenant, ids) => await retries.NeedAsync(tenant, ids.Export, Watchdog.Token)),
        ["FootageExports.RemoveAsync"] = Of<FootageExports>(Permission.CamerasExport, async (exports, tenant, ids) => await exports.RemoveAsync(tenant, ids.Export, Watchdog.Token)),
        ["FootageExports.GetAsync"] = Of<FootageExports>(Permission.CamerasExport, async (exports, tenant, ids) => await exports.GetAsync(tenant, ids.Export, null, Watchdog.Token)),
        ["FootageExports.PauseAsync"] = Of<FootageExports>(Permission.CamerasExport, async (exports, tenant, ids) => await exports.PauseAsync(tenant, ids.Export, Watchdog.Token)),
        ["FootageRetries.ResumeAsync"] = Of<FootageRetries>(Permission.CamerasExport, async (retries, tenant, ids) => await retries.ResumeAsync(tenant, ids.Export, agreed: null, Watchdog.Token)),
        ["FootageExports.CancelAsync"] = Of<FootageExports>(Permission.CamerasExport, async (exports, tenant, ids) => await exports.CancelAsync(tenant, ids.Export, Watchdog.Token)),
        ["SimPalette.FindAsync"] = InPalette(PaletteKind.Sims, Permission.SimsRead, ids => ids.Sim),
        ["GroupPalette.FindAsync"] = InPalette(PaletteKind.Groups, Permission.GroupsRead, ids => ids.Group),
        ["CameraPalette.FindAsync"] = InPalette(PaletteKind.Cameras, Permission.CamerasRead, ids => ids.Camera),
        ["CredentialStore.ListAsync"] = Of<CredentialStore>(Permission.CredentialsRead, async (store, tenant, _) => await store.ListAsync(tenant, Watchdog.Token)),
        ["CredentialStore.StoreAsync"] = Of<CredentialStore>(Permission.CredentialsManage, async (store, tenant, _) =>
            await store.StoreAsync(tenant, SoracomCoverage.Japan, new AuthKeyCredential("keyId-unknown", "secret-unknown"), otherOperator: true, Watchdog.Token)),
        ["CredentialStore.TestAsync"] = Of<CredentialStore>(Permission.CredentialsManage, async (store, tenant, ids) => await store.TestAsync(tenant, ids.Credential, Watchdog.Token)),
        ["CredentialStore.DeleteAsync"] = Of<CredentialStore>(Permission.CredentialsManage, async (store, tenant, ids) => await store.DeleteAsync(tenant, ids.Credential, Watchdog.Token)),
        ["CredentialStore.RotateKeyAsync"] = Of<CredentialStore>(Permission.CredentialsManage, async (store, tenant, _) => await store.RotateKeyAsync(tenant, Watchdog.Token)),
        ["CustomRoles.ListAsync"] = Of<CustomRoles>(Permission.MembersRead, async (roles, tenant, _) => await roles.ListAsync(tenant, Watchdog.Token)),
        ["CustomRoles.MakeAsync"] = Of<CustomRoles>(Permission.MembersManage, async (roles, tenant, _) => (await roles.MakeAsync(tenant, "Owner", new PermissionSet([Permission.SimsRead]), Watchdog.Token)).Error),
        ["CustomRoles.ChangeAsync"] = Of<CustomRoles>(Permission.MembersManage, async (roles, tenant, ids) => await roles.ChangeAsync(tenant, new CustomRoleSummary(ids.CustomRole, "Theirs", new PermissionSet([Permission.SimsRead])), "Ours", new PermissionSet([Permission.SimsRead]), Watchdog.Token)),
        ["CustomRoles.RemoveAsync"] = Of<CustomRoles>(Permission.MembersManage, async (roles, tenant, ids) => await roles.RemoveAsync(tenant, ids.CustomRole, Watchdog.Token)),
        ["GroupGrants.ListAsync"] = Of<GroupGrants>(Permission.MembersManage, async (grants, tenant, _) => await grants.ListAsync(tenant, Watchdog.Token)),
        ["GroupGrants.AddAsync"] = Of<GroupGrants>(Permission.MembersManage, async (grants, tenant, ids) => (await grants.AddAsync(tenant, "theirs", null, GivenRole.Own(ids.CustomRole), Watchdog.Token)).Error),
        ["GroupGrants.PreviewAsync"] = Of<GroupGrants>(Permission.MembersManage, async (grants, tenant, ids) => await grants.PreviewAsync(tenant, new GroupGrantChange("", ids.GroupGrant, GroupGrantStep.Remove), Watchdog.Token)),
        ["GroupGrants.ChangeAsync"] = Of<GroupGrants>(Permission.MembersManage, async (grants, tenant, ids) => await grants.ChangeAsync(tenant, new GroupGrantChange("", ids.GroupGrant, GroupGrantStep.Remove), Watchdog.Token)),
        ["GroupGrants.ReadmitAsync"] = Of<GroupGrants>(Permission.MembersManage, async (grants, tenant, ids) => await grants.ReadmitAsync(tenant, ids.Person, Watchdog.Token)),
        ["MemberList.ListAsync"] = Of<MemberList>(Permission.MembersRead, async (list, tenant, _) => await list.ListAsync(tenant, Watchdog.Token)),
        ["MemberSessions.ListAsync"] = Of<MemberSessions>(Permission.MembersManage, async (sessions, tenant, ids) => await sessions.ListAsync(tenant, ids.Person, Watchdog.Token)),
        ["MemberSessions.EndAsync"] = Of<MemberSessions>(Permission.MembersManage, async (sessions, tenant, ids) => await sessions.EndAsync(tenant, ids.Person, Watchdog.Token)),
        ["PeopleRights.ExplainAsync"] = Of<PeopleRights>(Permission.MembersRead, async (rights, tenant, ids) => await rights.ExplainAsync(tenant, ids.Person, Watchdog.Token)),
        ["MemberList.ChangeRoleAsync"] = Of<MemberList>(Permission.MembersManage, async (list, tenant, ids) => await list.ChangeRoleAsync(tenant, ids.Person, new GivenRole(TenantRole.Viewer), GivenRole.Own(ids.CustomRole), Watchdog.Token)),
        ["MemberList.LimitAsync"] = Of<MemberList>(Permission.MembersManage, async (list, tenant, ids) => await list.LimitAsync(tenant, ids.Person, null, DateTimeOffset.MaxValue, Watchdog.Token)),
        ["Delegations.LookAsync"] = Of<Delegations>(Permission.MembersRead, async (delegations, tenant, _) => await delegations.LookAsync(tenant, Watchdog.Token)),
        ["Delegations.ChangeAsync"] = Of<Delegations>(Permission.DelegationManage, async (delegations, tenant, _) => await delegations.ChangeAsync(tenant, new PartnerTerms(TenantRole.Billing), new PartnerTerms(TenantRole.Operator), Watchdog.Token)),
        ["Delegations.FindPartnerAsync"] = Of<Delegations>(Permission.DelegationManage, async (delegations, tenant, _) => await delegations.FindPartnerAsync(tenant, "nobody", Watchdog.Token)),
        ["Delegations.GiveAsync"] = Of<Delegations>(Permission.DelegationManage, async (delegations, tenant, _) => await delegations.GiveAsync(tenant, "nobody", new PartnerTerms(null), Watchdog.Token)),
        ["TenantSettings.LookAsync"] = Of<TenantSettings>(Permission.TenantManage, async (settings, tenant, _) => await settings.LookAsync(tenant, Watchdog.Token)),
        ["TenantSettings.ChangeAsync"] = Of<TenantSettings>(Permission.TenantManage, async (settings, tenant, _) => await settings.ChangeAsync(tenant, new TenantDetails("x", "UTC", null), new TenantDetails("y", "UTC", null), Watchdog.Token)),
        ["BrandSettings.LookAsync"] = Of<BrandSettings>(Permission.TenantManage, async (settings, tenant, _) => await settings.LookAsync(tenant, Watchdog.Token)),
        ["BrandSettings.ChangeAsync"] = Of<BrandSettings>(Permission.TenantManage, async (settings, tenant, _) => await settings.ChangeAsync(tenant, BrandDetails.None with { Name = "x" }, BrandDetails.None, Watchdog.Token)),
        ["Brands.OfAsync"] = Of<Brands>(null, async (brands, tenant, _) => await brands.OfAsync(tenant, Watchdog.Token)),
        ["Delegations.EndAsync"] = Of<Delegations>(Permission.DelegationManage, async (delegations, tenant, ids) => await delegations.EndAsync(tenant, ids.Person, Watchdog.Token)),
        ["TenantSetUp.LookAsync"] = Of<TenantSetUp>(Permission.CredentialsRead, async (setUp, tenant, _) => await setUp.LookAsync(tenant, Watchdog.Token)),
        ["Invitations.ListAsync"] = Of<Invitations>(Permission.MembersManage, async (list, tenant, _) => await list.ListAsync(tenant, Watchdog.Token)),
        ["Invitations.InviteAsync"] = Of<Invitations>(Permission.MembersManage, async (list, tenant, _) => (await list.InviteAsync(tenant, $"{Guid.NewGuid():N}@example.com", new GivenRole(TenantRole.Viewer), null, "en", Watchdog.Token)).Error),
        ["Invitations.RenewAsync"] = Of<Invitations>(Permission.MembersManage, async (list, tenant, ids) => await list.RenewAsync(tenant, ids.Invitation, Watchdog.Token)),
        ["Invitations.RevokeAsync"] = Of<Invitations>(Permission.MembersManage, async (list, tenant, ids) => await list.RevokeAsync(tenant, ids.Invitation, Watchdog.Token)),
        ["MemberList.RemoveAsync"] = Of<MemberList>(Permission.MembersManage, async (list, tenant, ids) => await list.RemoveAsync(tenant, ids.Person, Watchdog.Token)),
        ["GroupList.ReadAsync"] = Of<GroupList>(Permission.GroupsRead, async (list, tenant, ids) =>
            (await list.ReadAsync(tenant, SoracomCoverage.Japan, anew: false, Watchdog.Token)).Groups.Where(group => group.GroupId == ids.Group).Select(group => group.GroupId)),
        ["CameraList.ReadAsync"] = Of<CameraList>(Permission.CamerasRead, async (list, tenant, ids) =>
            (await list.ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)).Cameras.Where(camera => camera.DeviceId == ids.Camera).Select(camera => camera.DeviceId)),
        ["CameraList.MoreAsync"] = Of<CameraList>(Permission.CamerasRead, async (list, tenant, ids) => await list.MoreAsync(tenant, SoracomCoverage.Japan, ids.Camera, Watchdog.Token)),
        ["CameraReader.GetAsync"] = Of<CameraReader>(Permission.CamerasRead, async (reader, tenant, ids) => await reader.GetAsync(tenant, SoracomCoverage.Japan, ids.Camera, Watchdog.Token)),
        ["CameraReader.SettingsAsync"] = Of<CameraReader>(Permission.CamerasRead, async (reader, tenant, ids) => await reader.SettingsAsync(tenant, SoracomCoverage.Japan, ids.Camera, Watchdog.Token)),
        ["CameraReader.RestartAsync"] = Of<CameraReader>(Permission.CamerasRead, async (reader, tenant, ids) => await reader.RestartAsync(tenant, SoracomCoverage.Japan, ids.Camera, Watchdog.Token)),
        ["CameraReader.QuotaAsync"] = Of<CameraReader>(Permission.CamerasRead, async (reader, tenant, ids) => await reader.QuotaAsync(tenant, SoracomCoverage.Japan, ids.Camera, Watchdog.Token)),
        ["CameraReader.OptionsAsync"] = Of<CameraReader>(Permission.CamerasRead, async (reader, tenant, ids) => await reader.OptionsAsync(tenant, SoracomCoverage.Japan, ids.Camera, Watchdog.Token)),
        ["CameraReader.PacksAsync"] = Of<CameraReader>(Permission.CamerasRead, async (reader, tenant, _) => await reader.PacksAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)),
        ["CameraPast.ReadAsync"] = Of<CameraPast>(Permission.CamerasRead, async (past, tenant, ids) => await past.ReadAsync(tenant, SoracomCoverage.Japan, ids.Camera, Lately(), key: null, Watchdog.Token)),
        ["CameraPast.NearestAsync"] = Of<CameraPast>(Permission.CamerasRead, async (past, tenant, ids) => await past.NearestAsync(tenant, SoracomCoverage.Japan, ids.Camera, Lately(), Lately().To, Watchdog.Token)),
        ["CameraEvents.ReadAsync"] = Of<CameraEvents>(Permission.CamerasRead, async (events, tenant, ids) => await events.ReadAsync(tenant, SoracomCoverage.Japan, ids.Camera, Lately(), Watchdog.Token)),
        ["CameraEvents.PictureAsync"] = Of<CameraEvents>(Permission.CamerasPlay, async (events, tenant, ids) =>
            await events.PictureAsync(tenant, SoracomCoverage.Japan, ids.Camera, new EventDetail("11111111-2222-3333-4444-555555555555", PastKind.Motion, Lately().From, [], HasPicture: true, VideoFailed: false), Watchdog.Token)),
        ["CameraStills.TakeAtAsync"] = Of<CameraStills>(Permission.CamerasPlay, async (stills, tenant, ids) => await stills.TakeAtAsync(tenant, SoracomCoverage.Japan, ids.Camera, Lately().From, agreed: null, Watchdog.Token)),
        ["CameraChanges.ApplyAsync"] = Of<CameraChanges>(Permission.CamerasManage, async (changes, tenant, ids) =>
            await changes.ApplyAsync(tenant, SoracomCoverage.Japan, ids.Camera, new CameraPowerChange(Awake: false), Watchdog.Token)),
        ["CameraPlayback.StartAsync"] = Of<CameraPlayback>(Permission.CamerasPlay, async (playback, tenant, ids) => await playback.StartAsync(tenant, SoracomCoverage.Japan, ids.Camera, period: null, agreed: null, Watchdog.Token)),
        ["CameraPlayback.ManifestAsync"] = Of<CameraPlayback>(Permission.CamerasPlay, async (playback, tenant, _) => await playback.ManifestAsync(tenant, "nothing", 0, Watchdog.Token)),
        ["CameraPlayback.FileAsync"] = Of<CameraPlayback>(Permission.CamerasPlay, async (playback, tenant, _) => await playback.FileAsync(tenant, "nothing", 0, 0, _ => null, Watchdog.Token)),
        ["CameraStills.TakeAsync"] = Of<CameraStills>(Permission.CamerasPlay, async (stills, tenant, ids) => await stills.TakeAsync(tenant, SoracomCoverage.Japan, ids.Camera, agreed: null, Watchdog.Token)),
        // Nothing of a tenant is named: one that did would make another group each time.
        ["GroupManager.CreateAsync"] = Of<GroupManager>(Permission.GroupsEdit, async (manager, tenant, _) => await manager.CreateAsync(tenant, SoracomCoverage.Japan, "", [], Watchdog.Token)),
        ["GroupManager.ChangeTagAsync"] = Of<GroupManager>(Permission.GroupsEdit, async (manager, tenant, ids) =>
            await manager.ChangeTagAsync(tenant, SoracomCoverage.Japan, ids.Group, new GroupTagChange("a", "b"), Watchdog.Token)),
        ["GroupManager.MembersAsync"] = Of<GroupManager>(Permission.GroupsRead, async (manager, tenant, ids) => await manager.MembersAsync(tenant, SoracomCoverage.Japan, ids.Group, Watchdog.Token)),
        ["GroupManager.DeleteAsync"] = Of<GroupManager>(Permission.GroupsDelete, async (manager, tenant, ids) =>
            await manager.DeleteAsync(tenant, SoracomCoverage.Japan, ids.Group, "Test", Watchdog.Token)),
        ["GroupList.AreSimsKnownAsync"] = Of<GroupList>(Permission.SimsRead, async (list, tenant, _) => await list.AreSimsKnownAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)),
        ["GroupSims.ReadAsync"] = Of<GroupSims>(Permission.SimsRead, async (sims, tenant, ids) => await sims.ReadAsync(tenant, SoracomCoverage.Japan, ids.Group, Watchdog.Token)),
        ["GroupUsage.ReadAsync"] = Of<GroupUsage>(Permission.GroupsRead, async (usage, tenant, ids) => await usage.ReadAsync(tenant, SoracomCoverage.Japan, ids.Group, UsagePeriod.Day, Watchdog.Token)),
        ["SimSearch.GetAsync"] = Of<SimSearch>(Permission.SimsRead, async (search, tenant, ids) => await search.GetAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        ["SimList.FindAsync"] = Of<SimList>(Permission.SimsRead, async (list, tenant, ids) =>
            (await list.FindAsync(tenant, [SoracomCoverage.Japan], new SimLookup { Words = [ids.Sim] }, Watchdog.Token)).Rows.Select(row => row?.Sim)),
        ["SimList.AllAsync"] = Of<SimList>(Permission.SimsRead, async (list, tenant, ids) =>
            await list.AllAsync(tenant, [SoracomCoverage.Japan], new SimLookup { Words = [ids.Sim] }, Watchdog.Token).Select(row => row.Sim).ToListAsync(Watchdog.Token)),
        ["SimList.IdsAsync"] = Of<SimList>(Permission.SimsRead, async (list, tenant, ids) =>
            (await list.IdsAsync(tenant, [SoracomCoverage.Japan], new SimLookup { Words = [ids.Sim] }, Watchdog.Token)).Select(found => found.SimId)),
        ["SimList.ByIdAsync"] = Of<SimList>(Permission.SimsRead, async (list, tenant, ids) =>
            (await list.ByIdAsync(tenant, SoracomCoverage.Japan, [ids.Sim], Watchdog.Token)).Select(row => row.Sim)),
        ["SelectedSims.ReadAsync"] = Of<SelectedSims>(Permission.SimsRead, async (sims, tenant, ids) =>
            await sims.ReadAsync(tenant, new SimSelection.Picked([new SimKey(tenant.Slug, SoracomCoverage.Japan, ids.Sim)]), Watchdog.Token).Select(row => row.Sim).ToListAsync(Watchdog.Token)),
        ["SimList.RefreshAsync"] = Of<SimList>(Permission.SimsRead, async (list, tenant, _) =>
        {
            await list.RefreshAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);
            return null;
        }),
        ["SimCaptures.ListAsync"] = Of<SimCaptures>(Permission.SimsRead, async (captures, tenant, ids) => await captures.ListAsync(tenant, SoracomCoverage.Japan, ids.Sim, after: null, Watchdog.Token)),
        ["SimCaptures.StartAsync"] = Of<SimCaptures>(Permission.SimsCapture, async (captures, tenant, ids) =>
            await captures.StartAsync(tenant, SoracomCoverage.Japan, ids.Sim, TimeSpan.FromMinutes(1), Watchdog.Token)),
        ["SimCaptures.StopAsync"] = Of<SimCaptures>(Permission.SimsCapture, async (captures, tenant, ids) => await captures.StopAsync(tenant, SoracomCoverage.Japan, ids.Sim, "one", Watchdog.Token)),
        ["SimCaptures.DeleteAsync"] = Of<SimCaptures>(Permission.SimsCapture, async (captures, tenant, ids) => await captures.DeleteAsync(tenant, SoracomCoverage.Japan, ids.Sim, "one", Watchdog.Token)),
        ["SimCaptures.OpenAsync"] = Of<SimCaptures>(Permission.SimsCapture, async (captures, tenant, ids) => await captures.OpenAsync(tenant, SoracomCoverage.Japan, ids.Sim, "one", Watchdog.Token)),
        ["SimDiagnosing.ListAsync"] = Of<SimDiagnosing>(Permission.SimsRead, async (diagnosing, tenant, ids) => await diagnosing.ListAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        ["SimDiagnosing.StartAsync"] = Of<SimDiagnosing>(Permission.SimsDiagnose, async (diagnosing, tenant, ids) => await diagnosing.StartAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        ["SimDiagnosing.FollowAsync"] = Of<SimDiagnosing>(Permission.SimsRead, async (diagnosing, tenant, ids) => await diagnosing.FollowAsync(tenant, SoracomCoverage.Japan, ids.Diagnosis, Watchdog.Token)),
        ["OfflineReasons.ReadAsync"] = Of<OfflineReasons>(Permission.SimsRead, async (reasons, tenant, ids) =>
        {
            var facts = await reasons.ReadAsync(tenant, SoracomCoverage.Japan, new Sim { SimId = ids.Sim, GroupId = ids.Sim }, Watchdog.Token);
            return new { Events = facts.Events.Value, History = facts.History.Value, Group = facts.Group.Value, Unread = facts.Unread.Select(fact => Describe(fact.Error)).ToList() };
        }),
        ["RememberedSims.FindAsync"] = Of<RememberedSims>(Permission.SimsRead, async (memory, tenant, ids) => await memory.FindAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        // But for what people did here with that id, which is this tenant's own: other acts of the matrix leave it.
        ["SimTimeline.ReadAsync"] = Of<SimTimeline>(Permission.SimsRead, async (timeline, tenant, ids) =>
            (await timeline.ReadAsync(tenant, SoracomCoverage.Japan, ids.Sim, new TimelineQuery(), mark: null, Watchdog.Token))
                .Then(page => page.Items.Where(item => item is not TimelineItem.Portal).ToList())),
        ["SimHarvest.ReadAsync"] = Of<SimHarvest>(Permission.SimsRead, async (harvest, tenant, ids) => await harvest.ReadAsync(tenant, SoracomCoverage.Japan, ids.Sim, new HarvestQuery(), Watchdog.Token)),
        ["SimLocation.FindAsync"] = Of<SimLocation>(Permission.SimsRead, async (location, tenant, _) =>
            await location.FindAsync(tenant, SoracomCoverage.Japan, new Cell { Mcc = 440, Mnc = 1, Tac = 1, Eci = 1 }, Watchdog.Token)),
        ["SimLogs.ReadAsync"] = Of<SimLogs>(Permission.SimsRead, async (logs, tenant, ids) => await logs.ReadAsync(tenant, SoracomCoverage.Japan, ids.Sim, before: null, Watchdog.Token)),
        ["SimPortMappings.ListAsync"] = Of<SimPortMappings>(Permission.SimsRead, async (mappings, tenant, ids) => await mappings.ListAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        ["SimUsage.ReadAsync"] = Of<SimUsage>(Permission.SimsRead, async (usage, tenant, ids) => await usage.ReadAsync(tenant, SoracomCoverage.Japan, ids.Sim, new UsageQuery(), Watchdog.Token)),
        ["SimChanges.ApplyAsync"] = Of<SimChanges>(Permission.SimsConnectivity, async (changes, tenant, ids) =>
            await changes.ApplyAsync(tenant, SoracomCoverage.Japan, ids.Sim, new SimStatusChange("suspended"), Watchdog.Token)),
        ["SimDevices.EndSessionAsync"] = Of<SimDevices>(Permission.SimsConnectivity, async (devices, tenant, ids) => await devices.EndSessionAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        ["SimDevices.PingAsync"] = Of<SimDevices>(Permission.SimsCommand, async (devices, tenant, ids) => await devices.PingAsync(tenant, SoracomCoverage.Japan, ids.Sim, 1, Watchdog.Token)),
        ["SimDevices.SendSmsAsync"] = Of<SimDevices>(Permission.SimsCommand, async (devices, tenant, ids) => await devices.SendSmsAsync(tenant, SoracomCoverage.Japan, ids.Sim, "hello", Watchdog.Token)),
        ["SimDevices.AskLocalInfoAsync"] = Of<SimDevices>(Permission.SimsCommand, async (devices, tenant, ids) => await devices.AskLocalInfoAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        ["SimDevices.SendAsync"] = Of<SimDevices>(Permission.SimsCommand, async (devices, tenant, ids) =>
            await devices.SendAsync(tenant, SoracomCoverage.Japan, ids.Sim, new RemoteCommand { Protocol = RemoteProtocol.Udp, Port = 9, Text = "wake" }, Watchdog.Token)),
        ["SimOrders.RegisterAsync"] = Of<SimOrders>(Permission.SimsAdd, async (orders, tenant, ids) => await orders.RegisterAsync(tenant, SoracomCoverage.Japan, ids.Sim, "0000", "", Watchdog.Token)),
        ["SimOrders.CreateVirtualAsync"] = Of<SimOrders>(Permission.SimsAdd, async (orders, tenant, _) =>
        {
            var made = await orders.CreateVirtualAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);
            return made.Error is null;
        }),
        ["SimOrders.AddSubscriptionAsync"] = Of<SimOrders>(Permission.SimsAdd, async (orders, tenant, ids) =>
            await orders.AddSubscriptionAsync(tenant, SoracomCoverage.Japan, ids.Sim, ids.Sim, "planArc01", Watchdog.Token)),
        ["SimOrders.RenewArcAsync"] = Of<SimOrders>(Permission.SimsAdd, async (orders, tenant, ids) => await orders.RenewArcAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        ["GroupNames.ListAsync"] = Of<GroupNames>(Permission.GroupsRead, async (names, tenant, _) => await names.ListAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)),
        ["GroupReader.ReadAsync"] = Of<GroupReader>(Permission.GroupsRead, async (reader, tenant, ids) => await reader.ReadAsync(tenant, SoracomCoverage.Japan, ids.Group, Watchdog.Token)),
        ["GroupDrafts.FindAsync"] = Of<GroupDrafts>(Permission.GroupsEdit, async (drafts, tenant, ids) => await drafts.FindAsync(tenant, SoracomCoverage.Japan, ids.Group, Watchdog.Token)),
        ["GroupDrafts.SaveAsync"] = Of<GroupDrafts>(Permission.GroupsEdit, async (drafts, tenant, ids) =>
            await drafts.SaveAsync(tenant, SoracomCoverage.Japan, ids.Group, 0, new DraftContent(1, GroupSettings.None), Watchdog.Token)),
        ["GroupDrafts.ClaimAsync"] = Of<GroupDrafts>(Permission.GroupsEdit, async (drafts, tenant, ids) =>
            await drafts.ClaimAsync(tenant, SoracomCoverage.Japan, ids.Group, 1, new DraftContent(1, GroupSettings.None), Watchdog.Token)),
        ["GroupDrafts.WritingAsync"] = Of<GroupDrafts>(Permission.GroupsRead, async (drafts, tenant, ids) => await drafts.WritingAsync(tenant, SoracomCoverage.Japan, ids.Group, Watchdog.Token)),
        ["GroupDrafts.DiscardAsync"] = Of<GroupDrafts>(Permission.GroupsEdit, async (drafts, tenant, ids) => await drafts.DiscardAsync(tenant, SoracomCoverage.Japan, ids.Group, 1, Watchdog.Token)),
        ["GroupHistory.ListAsync"] = Of<GroupHistory>(Permission.GroupsRead, async (history, tenant, ids) => await history.ListAsync(tenant, SoracomCoverage.Japan, ids.Group, before: null, Watchdog.Token)),
        ["GroupHistory.BetweenAsync"] = Of<GroupHistory>(Permission.GroupsRead, async (history, tenant, ids) => await history.BetweenAsync(tenant, SoracomCoverage.Japan, ids.Group, 1, 9, Watchdog.Token)),
        ["GroupHistory.ExportAsync"] = Of<GroupHistory>(Permission.GroupsRead, async (history, tenant, ids) => await history.ExportAsync(tenant, SoracomCoverage.Japan, ids.Group, 1, Watchdog.Token)),
        ["GroupFilling.RollBackAsync"] = Of<GroupFilling>(Permission.GroupsEdit, async (filling, tenant, ids) => await filling.RollBackAsync(tenant, SoracomCoverage.Japan, ids.Group, 1, 0, Watchdog.Token)),
        ["GroupFilling.CopyAsync"] = Of<GroupFilling>(Permission.GroupsEdit, async (filling, tenant, ids) => await filling.CopyAsync(tenant, SoracomCoverage.Japan, ids.Group, ids.Group, 0, Watchdog.Token)),
        ["GroupFilling.ImportAsync"] = Of<GroupFilling>(Permission.GroupsEdit, async (filling, tenant, ids) => await filling.ImportAsync(tenant, SoracomCoverage.Japan, ids.Group, "{}", 0, Watchdog.Token)),
        ["GroupWriter.WriteAsync"] = Of<GroupWriter>(Permission.GroupsEdit, async (writer, tenant, ids) => await writer.WriteAsync(tenant, SoracomCoverage.Japan, ids.Group, 1, Watchdog.Token)),
        ["GroupEditingChoices.ReadAsync"] = Of<GroupEditingChoices>(Permission.GroupsRead, async (choices, tenant, _) => await choices.ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)),
        ["RememberedGroups.FindAsync"] = Of<RememberedGroups>(Permission.GroupsRead, async (memory, tenant, ids) => await memory.FindAsync(tenant, SoracomCoverage.Japan, ids.Group, Watchdog.Token)),
        ["RememberedGroups.NamesAsync"] = Of<RememberedGroups>(Permission.GroupsRead, async (memory, tenant, _) => await memory.NamesAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)),
        ["SimJobs.ListAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, _) => await jobs.ListAsync(tenant, before: null, Watchdog.Token)),
        ["SimJobs.GetAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => await jobs.GetAsync(tenant, ids.Job, Watchdog.Token)),
        ["SimJobs.ItemsAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => await jobs.ItemsAsync(tenant, ids.Job, state: null, after: 0, Watchdog.Token)),
        ["SimJobs.PaceAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => await jobs.PaceAsync(tenant, ids.Job, Watchdog.Token)),
        ["SimJobs.DraftAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => (await jobs.DraftAsync(tenant, SoracomCoverage.Japan, [ids.Sim], Watchdog.Token)).Error),
        ["SimJobs.DraftedAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => (await jobs.DraftedAsync(tenant, ids.Job, Watchdog.Token)).Error),
        ["SimJobs.StartAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => await jobs.StartAsync(tenant, ids.Job, typed: null, Watchdog.Token)),
        ["SimJobs.PauseAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => await jobs.PauseAsync(tenant, ids.Job, Watchdog.Token)),
        ["SimJobs.ResumeAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => await jobs.ResumeAsync(tenant, ids.Job, Watchdog.Token)),
        ["SimJobs.CancelAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => await jobs.CancelAsync(tenant, ids.Job, Watchdog.Token)),
        ["SimJobs.RetryAsync"] = Of<SimJobs>(Permission.SimsRead, async (jobs, tenant, ids) => await jobs.RetryAsync(tenant, ids.Job, Watchdog.Token)),
        ["SimJobPlans.DraftFoundAsync"] = Of<SimJobPlans>(Permission.SimsRead, async (plans, tenant, ids) =>
            (await plans.DraftFoundAsync(tenant, SoracomCoverage.Japan, new SimLookup { Words = [ids.Sim] }, [], Watchdog.Token)).Error),
        ["SimJobPlans.PlanPickedAsync"] = Of<SimJobPlans>(Permission.SimsTerminate, async (plans, tenant, ids) => await plans.PlanPickedAsync(tenant, ids.Job, new SimTermination(), Watchdog.Token)),
        ["SimJobPlans.PlanFoundAsync"] = Of<SimJobPlans>(Permission.SimsConnectivity, async (plans, tenant, ids) =>
            await plans.PlanFoundAsync(tenant, SoracomCoverage.Japan, new SimLookup { Words = [ids.Sim] }, new SimStatusChange("inactive"), Watchdog.Token)),
        ["SimJobPlans.PlanFileAsync"] = Of<SimJobPlans>(Permission.SimsEdit, async (plans, tenant, ids) =>
            await plans.PlanFileAsync(tenant, SoracomCoverage.Japan, "a.csv", Encoding.UTF8.GetBytes($"sim_id,name\n{ids.Sim},A"), Watchdog.Token)),
        ["SimJobResults.ReadAsync"] = Of<SimJobResults>(Permission.SimsRead, async (results, tenant, ids) => await results.ReadAsync(tenant, ids.Job, Watchdog.Token)),
        ["SavedViews.ListAsync"] = Of<SavedViews>(Permission.SimsRead, async (views, tenant, _) => await views.ListAsync(tenant, Watchdog.Token)),
        ["SavedViews.AddAsync"] = Of<SavedViews>(Permission.SimsRead, async (views, tenant, _) =>
            (await views.AddAsync(tenant, $"{Guid.NewGuid()}", SimQuery.All, shared: false, Watchdog.Token)).Error),
        ["RemoteLog.ListAsync"] = Of<RemoteLog>(Permission.RemoteAccessRead, async (log, tenant, ids) => await log.ListAsync(tenant, RemoteLogQuery.All with { Sim = ids.Sim, Door = ids.Job }, Watchdog.Token)),
        ["RemoteLog.StandingAsync"] = Of<RemoteLog>(Permission.RemoteAccessRead, async (log, tenant, _) => await log.StandingAsync(tenant, Watchdog.Token)),
        ["RemoteLog.RefreshAsync"] = Of<RemoteLog>(Permission.RemoteAccessRead, async (log, tenant, _) => await log.RefreshAsync(tenant, evenIfRecent: true, Watchdog.Token)),
        ["RemoteLog.PeopleAsync"] = Of<RemoteLog>(Permission.RemoteAccessRead, async (log, tenant, _) => await log.PeopleAsync(tenant, Watchdog.Token)),
        ["RemoteLog.WriteAsync"] = Of<RemoteLog>(Permission.RemoteAccessRead, async (log, tenant, ids) => await log.WriteAsync(tenant, RemoteLogQuery.All with { Sim = ids.Sim }, Stream.Null, Watchdog.Token)),
        ["SavedViews.RenameAsync"] = Of<SavedViews>(Permission.SimsRead, async (views, tenant, ids) => await views.RenameAsync(tenant, ids.View, 1, "Mine now", shared: true, Watchdog.Token)),
        ["SavedViews.ReplaceAsync"] = Of<SavedViews>(Permission.SimsRead, async (views, tenant, ids) => await views.ReplaceAsync(tenant, ids.View, 1, SimQuery.All, Watchdog.Token)),
        ["SavedViews.DeleteAsync"] = Of<SavedViews>(Permission.SimsRead, async (views, tenant, ids) => await views.DeleteAsync(tenant, ids.View, 1, Watchdog.Token)),

        ["RemoteDoors.ListAsync"] = Of<RemoteDoors>(Permission.RemoteAccessRead, async (doors, tenant, _) => await doors.ListAsync(tenant, Watchdog.Token)),
        ["RemoteDoors.GetAsync"] = Of<RemoteDoors>(Permission.RemoteAccessRead, async (doors, tenant, ids) => await doors.GetAsync(tenant, ids.Door, Watchdog.Token)),
        ["RemoteDoors.ElsewhereAsync"] = Of<RemoteDoors>(Permission.RemoteAccessRead, async (doors, tenant, _) => await doors.ElsewhereAsync(tenant, SoracomCoverage.Japan, TimeSpan.Zero, Watchdog.Token)),
        ["DoorOpening.SimAsync"] = Of<DoorOpening>(Permission.RemoteAccessOpen, async (doors, tenant, ids) => await doors.SimAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        ["DoorOpening.OpenAsync"] = Of<DoorOpening>(Permission.RemoteAccessOpen, async (doors, tenant, ids) => await doors.OpenAsync(tenant, SoracomCoverage.Japan, DoorOf(ids), Watchdog.Token)),
        ["DoorClosing.CloseAsync"] = Of<DoorClosing>(Permission.RemoteAccessOpen, async (doors, tenant, ids) => await doors.CloseAsync(tenant, ids.Door, Watchdog.Token)),
        ["DoorClosing.CloseElsewhereAsync"] = Of<DoorClosing>(Permission.RemoteAccessClose, async (doors, tenant, ids) => await doors.CloseElsewhereAsync(tenant, ElsewhereOf(ids), Watchdog.Token)),
        ["KillSwitch.CloseAllAsync"] = Of<KillSwitch>(Permission.RemoteAccessClose, async (kill, tenant, _) => await kill.CloseAllAsync(tenant, elsewhere: false, Watchdog.Token)),
        ["DoorSims.SearchAsync"] = Of<DoorSims>(Permission.RemoteAccessOpen, async (sims, tenant, ids) => await sims.SearchAsync(tenant, SoracomCoverage.Japan, ids.Sim, Watchdog.Token)),
        ["RemoteAccessPolicies.GetAsync"] = Of<RemoteAccessPolicies>(Permission.RemoteAccessRead, async (policies, tenant, _) => await policies.GetAsync(tenant, Watchdog.Token)),
        ["OpenerChoices.GroupsAsync"] = Of<OpenerChoices>(Permission.RemoteAccessRead, async (choices, tenant, _) => await choices.GroupsAsync(tenant, Watchdog.Token)),
        ["OpenerChoices.RolesAsync"] = Of<OpenerChoices>(Permission.RemoteAccessRead, async (choices, tenant, _) => await choices.RolesAsync(tenant, Watchdog.Token)),
        ["OpenerChoices.PeopleAsync"] = Of<OpenerChoices>(Permission.RemoteAccessRead, async (choices, tenant, _) => await choices.PeopleAsync(tenant, Watchdog.Token)),
        ["RemoteAccessPolicies.PutAsync"] = Of<RemoteAccessPolicies>(Permission.RemoteAccessRules, async (policies, tenant, _) =>
            (await policies.PutAsync(tenant, new RemoteAccessPolicy { TenantId = tenant.TenantId, LongestMinutes = 0 }, Watchdog.Token)).Error),

        ["Bills.MonthAsync"] = Of<Bills>(Permission.BillingRead, async (bills, tenant, _) => await bills.MonthAsync(tenant, SoracomCoverage.Japan, BillQuery.Newest, Watchdog.Token)),
        ["Bills.StandingAsync"] = Of<Bills>(Permission.BillingRead, async (bills, tenant, _) => await bills.StandingAsync(tenant, Watchdog.Token)),
        ["Bills.RefreshAsync"] = Of<Bills>(Permission.BillingRead, async (bills, tenant, _) => await bills.RefreshAsync(tenant, SoracomCoverage.Japan, evenIfFresh: true, Watchdog.Token)),
        ["Bills.WriteAsync"] = Of<Bills>(Permission.BillingRead, async (bills, tenant, _) => await bills.WriteAsync(tenant, Stream.Null, Watchdog.Token)),
        ["BillFiles.ListAsync"] = Of<BillFiles>(Permission.BillingRead, async (files, tenant, _) => await files.ListAsync(tenant, SoracomCoverage.Japan, new YearMonth(2026, 3), Watchdog.Token)),
        ["BillFiles.RequestAsync"] = Of<BillFiles>(Permission.BillingRead, async (files, tenant, _) => (await files.RequestAsync(tenant, SoracomCoverage.Japan, new YearMonth(2020, 1), Watchdog.Token)).Error),
        ["BillFiles.OpenAsync"] = Of<BillFiles>(Permission.BillingRead, async (files, tenant, ids) => (await files.OpenAsync(tenant, ids.BillFile, Watchdog.Token)).Error),
        ["PaymentRecords.ReadAsync"] = Of<PaymentRecords>(Permission.BillingRead, async (records, tenant, _) => await records.ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)),
        ["PaymentRecords.RefreshAsync"] = Of<PaymentRecords>(Permission.BillingRead, async (records, tenant, _) => await records.RefreshAsync(tenant, SoracomCoverage.Japan, evenIfFresh: true, Watchdog.Token)),
        ["PaymentRecords.StatementAsync"] = Of<PaymentRecords>(Permission.BillingRead, async (records, tenant, ids) => (await records.StatementAsync(tenant, SoracomCoverage.Japan, ids.Group, Watchdog.Token)).Error),

        // Below the features: the caller has asked for the permission.
        ["TenantSoracom.ReadAsync"] = Of<TenantSoracom>(null, async (soracom, tenant, ids) =>
            await soracom.ReadAsync(tenant, SoracomCoverage.Japan, (client, token) => client.Sims.GetSimAsync(ids.Sim, token), Watchdog.Token)),
        ["TenantSoracom.ReadRecentAsync"] = Of<TenantSoracom>(null, async (soracom, tenant, ids) =>
            await soracom.ReadRecentAsync(tenant, SoracomCoverage.Japan, TimeSpan.FromMinutes(1), (client, token) => client.Sims.GetSimAsync(ids.Sim, token), Watchdog.Token)),
        ["TenantSoracom.CoveragesAsync"] = Of<TenantSoracom>(null, async (soracom, tenant, _) => await soracom.CoveragesAsync(tenant, Watchdog.Token)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>An answer as text: an error by type and content but for the vendor's request id, a value as JSON.</summary>
    public static string Describe(object? answer) => answer switch
    {
        null => "nothing",
        VendorError error => (error with { RequestId = null }).ToString(),
        PortalError error => string.Create(CultureInfo.InvariantCulture, $"{error} {string.Join(' ', error.Arguments)}"),
        _ when answer.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Result<>) =>
            Describe(type.GetProperty(nameof(Result<>.Error))!.GetValue(answer) ?? type.GetProperty(nameof(Result<>.Value))!.GetValue(answer)),
        _ => JsonSerializer.Serialize(answer),
    };

    /// <summary>Five minutes of a camera, of some days ago.</summary>
    private static ExportRequest FootageOf(string camera)
    {
        var from = new DateTimeOffset(2026, 3, 30, 3, 0, 0, TimeSpan.Zero);
        return new ExportRequest { DeviceId = camera, From = from, To = from.AddMinutes(5) };
    }

    private static DoorRequest DoorOf(ServiceIds ids) => new()
    {
        Id = ids.Door,
        SimId = ids.Sim,
        DevicePort = 22,
        Sources = SourceRanges.Parse("203.0.113.5", out _)!,
        Reason = "Test",
    };

    private static ForeignDoor ElsewhereOf(ServiceIds ids) => new(SoracomCoverage.Japan, new PortMapping { SimId = ids.Sim, IpAddress = "203.0.113.9", Port = 12345 }, ids.Sim, "", MayBe: null);

    private static Period Lately()
    {
        var from = new DateTimeOffset(2026, 3, 30, 3, 0, 0, TimeSpan.Zero);
        return new Period(from, from.AddHours(1));
    }

    private static ServiceAct Of<T>(Permission? needs, Func<T, TenantContext, ServiceIds, Task<object?>> run)
        where T : notnull =>
        new(needs, (scene, tenant, ids) => run(scene.Services.GetRequiredService<T>(), tenant, ids));

    // The address that shows all repeats what was looked for.
    private static ServiceAct InPalette(PaletteKind kind, Permission needs, Func<ServiceIds, string> text) => new(needs, async (scene, tenant, ids) =>
        (await scene.Services.GetServices<IPaletteSource>().Single(source => source.Kind == kind).FindAsync(tenant, text(ids), 6, Watchdog.Token)) with { All = string.Empty });
}
