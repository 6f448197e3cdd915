using System.Reflection;
using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Data.Views;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Features.Audit.Retention;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Features.Billing.Paying;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Portal.Features.RemoteAccess.Keeping;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Tenants.Offboarding;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Commands;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Security;

/// <summary>Every service method that acts in a tenant, with every role and with another tenant's ids.</summary>
public sealed class ServiceMatrixTests(ClassScene own) : IClassFixture<ClassScene>
{
    /// <summary>The portal's own work, which no person asks for: it takes tenants by their ids, so that no page may hold it.</summary>
    private static readonly Type[] OwnWork =
    [
        typeof(InventoryStore), typeof(InventorySync), typeof(InventoryReader), typeof(InventoryShelf), typeof(InventoryWorker), typeof(AccountSearch),
        typeof(GroupArchive),
        typeof(SimJobStore), typeof(SimJobSender), typeof(SimJobRunner), typeof(SimJobWorker), typeof(SimJobPlanner), typeof(SimJobRetention),
        typeof(ExportStore), typeof(ExportFileBook), typeof(ExportVendor), typeof(ExportWorker), typeof(ExportRemover), typeof(ExportRetention), typeof(ExportLengths), typeof(ExportLosses),
        typeof(DoorBook), typeof(DoorKeeper), typeof(DoorWorker),
        typeof(RemoteLogStore), typeof(RemoteLogReader), typeof(RemoteLogWorker),
        typeof(BillingTurns), typeof(BillingStore), typeof(BillingCollector), typeof(BillingWay), typeof(BillingWorker),
        typeof(PaymentTurns), typeof(PaymentStore), typeof(PaymentCollector),
        typeof(BillFileStore), typeof(BillFileFetcher), typeof(BillFiling), typeof(BillFileRunner), typeof(BillFileWorker),
        typeof(ExportHoldings), typeof(BillHoldings), typeof(GroupHoldings), typeof(TenantCommands), typeof(ITenantCommands), typeof(TenantRemover), typeof(RemovalWorker), typeof(AuditSweep),
    ];

    private readonly PortalScene scene = own.Scene;

    public static TheoryData<string> Acts => [.. ServiceAct.All.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> ActsThatAsk => [.. ServiceAct.All.Where(act => act.Value.Needs is not null).Select(act => act.Key).Order(StringComparer.Ordinal)];

    public static TheoryData<string, TenantRole?> ActsByRole =>
        new(from act in Acts.Select(row => row.Data) from role in Roles select (act, role));

    private static TenantRole?[] Roles => [.. Enum.GetValues<TenantRole>().Cast<TenantRole?>(), null];

    [Fact]
    public void Matrix_HoldsEveryServiceMethodThatTakesATenant() =>
        Assert.Equal(
            ServiceMethods().Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(TenantContext))).Select(NameOf).Order(StringComparer.Ordinal),
            ServiceAct.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void FeatureServiceMethod_TakesTheTenantFirstAndTheCancellationLast() =>
        Assert.Empty(ServiceMethods()
            .Where(method => method.DeclaringType!.Namespace!.StartsWith("Soracom.Portal.Features", StringComparison.Ordinal))
            .Where(method => method.GetParameters() is not [{ ParameterType: var first }, .., { ParameterType: var last }]
                || (first != typeof(TenantContext) && first != typeof(ResellerContext) && first != typeof(Portfolio))
                || last != typeof(CancellationToken))
            .Select(NameOf));

    [Fact]
    public void Pages_HoldNothingThatTakesATenantByItsId() =>
        Assert.Empty(
            from page in typeof(PortalApplication).Assembly.GetTypes()
            where page.IsAssignableTo(typeof(IComponent))
            from property in page.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            where OwnWork.Contains(property.PropertyType)
            select $"{page.Name}.{property.Name}");

    [Theory]
    [MemberData(nameof(ActsByRole))]
    public async Task Call_ByRole_IsAllowedOrRefusedAsTheTableSays(string name, TenantRole? role)
    {
        var act = ServiceAct.All[name];
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, role);
        var permissions = role is { } given ? RolePermissions.Of(given) : RolePermissions.ResellerAdministrator;

        var error = await Record.ExceptionAsync(() => act.Run(scene, tenant, ServiceIds.OfNobody));

        var refused = (await scene.TrailOfAsync(tenant.Actor.PersonId, PortalScene.Aoba)).Where(entry => entry.Outcome == AuditOutcome.Denied).ToList();
        if (act.Needs is not { } needed || permissions.Contains(needed))
        {
            Assert.Null(error);
            Assert.Empty(refused);
        }
        else
        {
            Assert.Equal(needed, Assert.IsType<PermissionDeniedException>(error).Permission);
            var entry = Assert.Single(refused);
            Assert.Equal((AuditActions.PermissionUsed, needed.ToString(), tenant.Actor.SessionId), (entry.Action, entry.ObjectId, entry.SessionId));
        }
    }

    /// <summary>With the next, this says that the permission of the table is the one that it asks for, among any that a tenant's own role may be made of.</summary>
    [Theory]
    [MemberData(nameof(ActsThatAsk))]
    public async Task Call_HoldingThePermissionAlone_IsAllowed_UnlessItIsForOwnersAlone(string name)
    {
        var act = ServiceAct.All[name];
        var needed = act.Needs!.Value;
        using var tenant = await scene.OpenAsync(await scene.HoldingAsync(PortalScene.Aoba, PermissionFamily.Completed(new PermissionSet([needed]))), PortalScene.Aoba);

        var error = await Record.ExceptionAsync(() => act.Run(scene, tenant, ServiceIds.OfNobody));

        Assert.Equal(RolePermissions.OfOwnersAlone.Contains(needed) ? needed : null, (error as PermissionDeniedException)?.Permission);
        Assert.Equal(error is PermissionDeniedException, error is not null);
        Assert.Equal(error is null ? [] : [needed.ToString()], await RefusedAsync(tenant));
    }

    [Theory]
    [MemberData(nameof(ActsThatAsk))]
    public async Task Call_HoldingEveryOtherPermission_IsRefused(string name)
    {
        var act = ServiceAct.All[name];
        var needed = act.Needs!.Value;
        using var tenant = await scene.OpenAsync(await scene.HoldingAsync(PortalScene.Aoba, new PermissionSet(Enum.GetValues<Permission>().Where(permission => permission != needed))), PortalScene.Aoba);

        var error = await Record.ExceptionAsync(() => act.Run(scene, tenant, ServiceIds.OfNobody));

        Assert.Equal(needed, Assert.IsType<PermissionDeniedException>(error).Permission);
        Assert.Equal([needed.ToString()], await RefusedAsync(tenant));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_WithAnotherTenantsIds_AnswersAsForIdsOfNobodyAndChangesNothing(string name)
    {
        var act = ServiceAct.All[name];
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var theirs = await TheirIdsAsync();
        var before = await TheirStateAsync();

        var answer = ServiceAct.Describe(await act.Run(scene, tenant, theirs));
        var unknown = ServiceAct.Describe(await act.Run(scene, tenant, ServiceIds.OfNobody with { Entry = theirs.Entry }));

        if (!name.EndsWith("ListAsync", StringComparison.Ordinal))
        {
            Assert.Equal(unknown, answer);
        }

        string[] telling = [theirs.Person.ToString(), theirs.Credential.ToString(), scene.Account(PortalScene.Nagisa).OperatorId, "Nagisa Insider"];
        Assert.DoesNotContain(telling, text => answer.Contains(text, StringComparison.Ordinal));
        Assert.Equal(before, await TheirStateAsync());
    }

    [Theory]
    [MemberData(nameof(ActsThatAsk))]
    public async Task Call_AfterTheMembershipWasRemoved_IsRefusedThoughTheTenantIsStillOpen(string name)
    {
        var act = ServiceAct.All[name];
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        await scene.TestDatabase.ExecuteAsync("DELETE FROM TenantMembers WHERE PersonId = $person", ("$person", tenant.Actor.PersonId.ToString().ToUpperInvariant()));

        await Assert.ThrowsAsync<PermissionDeniedException>(() => act.Run(scene, tenant, ServiceIds.OfNobody));
        Assert.True(tenant.Ended.IsCancellationRequested);
    }

    private static IEnumerable<MethodInfo> ServiceMethods() => typeof(PortalApplication).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false, Namespace: { } place }
            && (place.StartsWith("Soracom.Portal.Features", StringComparison.Ordinal) || place.StartsWith("Soracom.Portal.Shared", StringComparison.Ordinal))
            && !type.IsAssignableTo(typeof(IComponent))
            && !OwnWork.Contains(type)
            && type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => IsAWayToData(parameter.ParameterType))))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName);

    private static bool IsAWayToData(Type type) =>
        type == typeof(AuditLog) || type == typeof(InventoryReader) || type == typeof(InventoryShelf) || type == typeof(AccountSearch) || type == typeof(GroupArchive) || type == typeof(GroupReader) || type == typeof(GroupDrafts) || type == typeof(VendorActs) || type == typeof(Soracom.Portal.Data.PortalDatabase) || type == typeof(TenantSoracom) || type == typeof(ISoracomClientFactory);

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private async Task<IEnumerable<string?>> RefusedAsync(TenantContext tenant) =>
        (await scene.TrailOfAsync(tenant.Actor.PersonId, PortalScene.Aoba)).Where(entry => entry.Outcome == AuditOutcome.Denied).Select(entry => entry.ObjectId);

    private async Task<ServiceIds> TheirIdsAsync()
    {
        var insider = await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Viewer, "Nagisa Insider");
        using var opened = await scene.OpenAsync(insider, PortalScene.Nagisa);
        var sim = (await scene.VendorSimAsync(opened, Soracom.Sandbox.DemoFleets.SharedImsi)).SimId;
        await using var db = scene.Database.ForTenant(opened.TenantId);
        var job = new SimJob
        {
            TenantId = opened.TenantId,
            Number = db.SimJobs.Count() + 1,
            Coverage = "jp",
            OperatorId = scene.Account(PortalScene.Nagisa).OperatorId,
            Source = SimJobSource.Search,
            Actions = AuditActions.SimTerminated,
            Needs = nameof(Permission.SimsTerminate),
            State = SimJobState.Planned,
            OwnerId = insider.PersonId,
            OwnerName = "Nagisa Insider",
            Language = "en",
            CreatedAt = scene.Clock.GetUtcNow(),
        };
        db.SimJobs.Add(job);
        db.SimJobItems.Add(new SimJobItem { TenantId = opened.TenantId, JobId = job.Id, Number = 1, SimId = sim, SimName = "", State = SimJobItemState.Waiting, Before = "", After = "" });
        var diagnosis = db.SimDiagnoses.SingleOrDefault() ?? db.SimDiagnoses.Add(new SimDiagnosis
        {
            TenantId = opened.TenantId,
            Coverage = "jp",
            SimId = sim,
            OperatorId = scene.Account(PortalScene.Nagisa).OperatorId,
            DiagnosticId = "theirs",
            RequestedAt = scene.Clock.GetUtcNow(),
            RequestedBy = "Nagisa Insider",
            From = scene.Clock.GetUtcNow(),
            To = scene.Clock.GetUtcNow(),
        }).Entity;
        var view = new SavedView
        {
            TenantId = opened.TenantId,
            List = SavedViewLists.Sims,
            OwnerId = insider.PersonId,
            Name = $"Theirs {db.SavedViews.Count()}",
            Query = "",
            IsShared = true,
            CreatedAt = scene.Clock.GetUtcNow(),
            ChangedAt = scene.Clock.GetUtcNow(),
            Version = 1,
        };
        db.SavedViews.Add(view);
        var export = new FootageExport
        {
            TenantId = opened.TenantId,
            Number = db.FootageExports.Count() + 1,
            Coverage = "jp",
            OperatorId = scene.Account(PortalScene.Nagisa).OperatorId,
            DeviceId = "theirs",
            CameraName = "Nagisa Insider",
            From = scene.Clock.GetUtcNow(),
            To = scene.Clock.GetUtcNow(),
            Kind = FootageKind.Video,
            State = FootageExportState.Running,
            OwnerId = insider.PersonId,
            RequestedBy = "Nagisa Insider",
            OwnerName = "Nagisa Insider",
            Language = "en",
            CreatedAt = scene.Clock.GetUtcNow(),
        };
        db.FootageExports.Add(export);
        var door = new RemoteDoor
        {
            Id = Guid.CreateVersion7(),
            TenantId = opened.TenantId,
            Coverage = "jp",
            OperatorId = scene.Account(PortalScene.Nagisa).OperatorId,
            SimId = sim,
            Imsi = "",
            SimName = "",
            DevicePort = 22,
            Service = "air",
            Tls = false,
            SourceRanges = "203.0.113.5/32",
            DurationSeconds = 900,
            Reason = "",
            Ticket = "",
            OpenerId = insider.PersonId,
            OpenerName = "Nagisa Insider",
            AskedAt = scene.Clock.GetUtcNow(),
            State = RemoteDoorState.Open,
            IpAddress = "203.0.113.9",
            Port = 12345,
        };
        db.RemoteDoors.Add(door);
        var bill = new BillFile
        {
            TenantId = opened.TenantId,
            Coverage = "jp",
            OperatorId = scene.Account(PortalScene.Nagisa).OperatorId,
            Month = 202603,
            Number = db.BillFiles.Count() + 1,
            Revision = 1,
            State = BillFileState.Done,
            AskedById = insider.PersonId,
            AskedByName = "Nagisa Insider",
            AskedAt = scene.Clock.GetUtcNow(),
        };
        db.BillFiles.Add(bill);
        var invitation = new Invitation
        {
            TenantId = opened.TenantId,
            Email = "insider@nagisa.example",
            Role = TenantRole.Owner,
            CodeHash = Guid.NewGuid().ToByteArray(),
            InviterId = insider.PersonId,
            InviterName = "Nagisa Insider",
            InvitedAt = scene.Clock.GetUtcNow(),
            ExpiresAt = scene.Clock.GetUtcNow().AddDays(7),
        };
        db.Invitations.Add(invitation);
        var role = new CustomRole { TenantId = opened.TenantId, Name = "Theirs", Permissions = nameof(Permission.SimsRead), MadeAt = scene.Clock.GetUtcNow(), ChangedAt = scene.Clock.GetUtcNow() };
        db.CustomRoles.Add(role);
        var grant = new GroupGrant { TenantId = opened.TenantId, Issuer = "https://id.example.test/", GroupId = $"{Guid.NewGuid()}", Label = "Nagisa Insider", Role = TenantRole.Viewer, Position = db.GroupGrants.Count(), MadeAt = scene.Clock.GetUtcNow() };
        db.GroupGrants.Add(grant);
        if (!db.GroupExclusions.Any(row => row.PersonId == insider.PersonId))
        {
            db.GroupExclusions.Add(new GroupExclusion { TenantId = opened.TenantId, PersonId = insider.PersonId, At = scene.Clock.GetUtcNow() });
        }

        await db.SaveChangesAsync(Watchdog.Token);
        var groups = await scene.Get<TenantSoracom>().ReadAsync(opened, SoracomCoverage.Japan, (client, token) => client.Groups.ListGroupsAsync(cancellationToken: token), Watchdog.Token);
        var group = groups.Value.Items[0].GroupId;
        await scene.Get<GroupReader>().ReadAsync(opened, SoracomCoverage.Japan, group, Watchdog.Token);
        var cameras = await scene.Get<TenantSoracom>().ReadAsync(opened, SoracomCoverage.Japan, (client, token) => client.SoraCam.ListSoraCamDevicesAsync(token), Watchdog.Token);
        return new ServiceIds(insider.PersonId, db.VendorCredentials.Single().Id, sim, db.AuditEntries.Max(entry => entry.Id) + 1, job.Id, diagnosis.Id, view.Id, group, cameras.Value[0].DeviceId, export.Id, door.Id, bill.Id, invitation.Id, role.Id, grant.Id);
    }

    private async Task<string> TheirStateAsync()
    {
        await using var db = scene.Database.ForTenant(await scene.TenantIdAsync(PortalScene.Nagisa));
        return ServiceAct.Describe(new
        {
            Members = db.TenantMembers.OrderBy(member => member.PersonId).Select(member => new { member.PersonId, member.Role }).ToList(),
            Roles = db.CustomRoles.OrderBy(row => row.Id).Select(row => new { row.Id, row.Name, row.Permissions }).ToList(),
            Grants = db.GroupGrants.OrderBy(row => row.Id).Select(row => new { row.Id, row.Role, row.Position }).ToList(),
            ShutOut = db.GroupExclusions.OrderBy(row => row.PersonId).Select(row => row.PersonId).ToList(),
            Credentials = db.VendorCredentials.Select(row => new { row.Id, row.Version, row.Sealed, row.LastUsedAt, row.LastResult }).ToList(),
            Keys = db.TenantDataKeys.Select(key => new { key.Number, key.Revision, key.RetiredAt }).ToList(),
            Diagnoses = db.SimDiagnoses.Select(row => new { row.Id, row.State, row.Insights }).ToList(),
            Inventories = db.SimInventories.Select(row => new { row.Coverage, row.ChangeNumber, row.Walk }).ToList(),
            Jobs = db.SimJobs.OrderBy(job => job.Number).Select(job => new { job.Id, job.State, job.Total }).ToList(),
            Groups = db.InventoryGroups.OrderBy(row => row.GroupId).Select(row => new { row.GroupId, row.ReadAt, row.Name, row.GoneAt }).ToList(),
            Revisions = db.GroupRevisions.OrderBy(row => row.Id).Select(row => new { row.GroupId, row.Number, row.Origin }).ToList(),
            Drafts = db.GroupDrafts.OrderBy(row => row.Id).Select(row => new { row.GroupId, row.Version }).ToList(),
            Items = db.SimJobItems.Select(item => new { item.SimId, item.State }).ToList(),
            Exports = db.FootageExports.OrderBy(row => row.Number).Select(row => new { row.Id, row.State, row.OwnerId }).ToList(),
            Pieces = db.FootagePieces.Count(),
            Rules = db.FootageRules.Select(row => new { row.ReasonRequired, row.KeepDays, row.MostBytes }).ToList(),
            Doors = db.RemoteDoors.OrderBy(row => row.Id).Select(row => new { row.Id, row.State, row.End, row.NotBefore }).ToList(),
            BillFiles = db.BillFiles.OrderBy(row => row.Number).Select(row => new { row.Id, row.State, row.Trouble }).ToList(),
            Policies = db.RemoteAccessPolicies.Select(row => row.Version).ToList(),
            Views = db.SavedViews.OrderBy(row => row.Name).Select(row => new { row.Id, row.Name, row.Query, row.IsShared, row.Version }).ToList(),
            Trail = db.AuditEntries.Count(),
        });
    }
}
