using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Delegation;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Features.Tenants.Offboarding;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Security;

/// <summary>Whoever sits down at somebody else's open browser does none of the sensitive acts.</summary>
public sealed class FreshSignInTests : IAsyncLifetime
{
    /// <summary>Acts that ask whatever they are asked for, written down a second time; what depends on the change is tested below.</summary>
    private static readonly string[] Sensitive =
    [
        "AuditRetention.ChangeAsync",
        "CredentialStore.DeleteAsync", "CredentialStore.RotateKeyAsync", "CredentialStore.StoreAsync",
        "CustomRoles.ChangeAsync", "CustomRoles.MakeAsync",
        "Delegations.ChangeAsync", "Delegations.GiveAsync",
        "GroupGrants.AddAsync", "GroupGrants.ChangeAsync", "GroupGrants.ReadmitAsync",
        "Invitations.InviteAsync", "Invitations.RenewAsync",
        "MemberList.ChangeRoleAsync", "MemberList.LimitAsync", "MemberList.RemoveAsync",
    ];

    private PortalScene scene = null!;
    private TenantContext owner = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync("--Session:FreshFor=00:15:00");
        owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task AllServiceActs_AfterAQuarterOfAnHour_ThoseAskForAnotherSignIn_AndNoOthers()
    {
        scene.Clock.Advance(TimeSpan.FromMinutes(15));

        var asking = new List<string>();
        foreach (var (name, act) in ServiceAct.All)
        {
            if (Asks(await act.Run(scene, owner, ServiceIds.OfNobody)))
            {
                asking.Add(name);
            }
        }

        Assert.Equal(Sensitive, asking.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SensitiveAct_GoesOn_OnceThePersonHasProvedAnewWhoTheyAre()
    {
        var act = ServiceAct.All["Invitations.InviteAsync"];
        Assert.Equal("nothing", ServiceAct.Describe(await act.Run(scene, owner, ServiceIds.OfNobody)));
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(Asks(await act.Run(scene, owner, ServiceIds.OfNobody)));

        Assert.True(await scene.Get<SignInSessions>().ProveAsync(owner.Actor.SessionId, owner.Actor.PersonId, scene.Clock.GetUtcNow(), Watchdog.Token));

        Assert.Equal("nothing", ServiceAct.Describe(await act.Run(scene, owner, ServiceIds.OfNobody)));
    }

    [Fact]
    public async Task Prove_SomebodyElsesSession_ProvesNothing()
    {
        scene.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.False(await scene.Get<SignInSessions>().ProveAsync(owner.Actor.SessionId, Guid.NewGuid(), scene.Clock.GetUtcNow(), Watchdog.Token));
        Assert.False(await scene.Get<SignInSessions>().IsFreshAsync(owner.Actor.SessionId, Watchdog.Token));
    }

    [Fact]
    public async Task Prove_ByAClockThatIsAhead_LastsNoLonger()
    {
        await scene.Get<SignInSessions>().ProveAsync(owner.Actor.SessionId, owner.Actor.PersonId, scene.Clock.GetUtcNow().AddHours(1), Watchdog.Token);
        scene.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.False(await scene.Get<SignInSessions>().IsFreshAsync(owner.Actor.SessionId, Watchdog.Token));
    }

    [Fact]
    public async Task Session_OfWhichNobodyKnowsWhenItWasProved_IsNotFresh()
    {
        var session = await scene.Get<SignInSessions>().StartAsync(owner.Actor.PersonId, provider: null, address: null, userAgent: null, provenAt: null, Watchdog.Token);

        Assert.False(await scene.Get<SignInSessions>().IsFreshAsync(session.Id, Watchdog.Token));
    }

    [Fact]
    public async Task Termination_AsksForIt_AndSendsNothing_OtherChangesDoNot()
    {
        var sim = await scene.VendorSimAsync(owner, DemoFleets.SharedImsi);
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        var changes = scene.Get<SimChanges>();

        Assert.IsType<FreshSignInError>((await changes.ApplyAsync(owner, SoracomCoverage.Japan, sim.SimId, new SimTermination(), Watchdog.Token)).Error);
        Assert.IsType<FreshSignInError>((await changes.ApplyAsync(owner, SoracomCoverage.Japan, sim.SimId, new SimProtectionChange(On: false), Watchdog.Token)).Error);
        Assert.Null((await changes.ApplyAsync(owner, SoracomCoverage.Japan, sim.SimId, new SimNameChange("Truck 1"), Watchdog.Token)).Error);
        Assert.Equal(sim.Status, (await scene.VendorSimAsync(owner, DemoFleets.SharedImsi)).Status);
    }

    [Fact]
    public async Task DoorThatLetsEverybodyIn_AsksForIt()
    {
        var sim = await scene.VendorSimAsync(owner, DemoFleets.SharedImsi);
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        var anywhere = new DoorRequest { SimId = sim.SimId, DevicePort = 22, Sources = SourceRanges.Parse("0.0.0.0/0", out _)! };

        Assert.IsType<FreshSignInError>((await scene.Get<DoorOpening>().OpenAsync(owner, SoracomCoverage.Japan, anywhere, Watchdog.Token)).Error);

        var narrow = anywhere with { Sources = SourceRanges.Parse("198.51.100.7/32", out _)! };
        Assert.IsNotType<FreshSignInError>((await scene.Get<DoorOpening>().OpenAsync(owner, SoracomCoverage.Japan, narrow, Watchdog.Token)).Error);
    }

    [Theory]
    [InlineData(nameof(Permission.SimsTerminate), SimJobState.Planned)]
    [InlineData(nameof(Permission.SimsConnectivity), SimJobState.Planned)]
    [InlineData(nameof(Permission.SimsTerminate), SimJobState.Paused)]
    public async Task JobThatTerminates_AsksForIt_ToBeStartedOrResumed_AndIsPausedWithout(string needs, SimJobState state)
    {
        var job = new SimJob
        {
            TenantId = owner.TenantId,
            Number = 77,
            Coverage = "jp",
            OperatorId = scene.Account(PortalScene.Aoba).OperatorId,
            Source = SimJobSource.Search,
            Actions = AuditActions.SimTerminated,
            Needs = needs,
            State = state,
            OwnerId = owner.Actor.PersonId,
            OwnerName = "Haruto",
            Language = "en",
            CreatedAt = scene.Clock.GetUtcNow(),
        };
        await using (var db = scene.Database.ForTenant(owner.TenantId))
        {
            db.SimJobs.Add(job);
            await db.SaveChangesAsync(Watchdog.Token);
        }

        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        var jobs = scene.Get<SimJobs>();

        var moved = state == SimJobState.Planned ? await jobs.StartAsync(owner, job.Id, typed: 0, Watchdog.Token) : await jobs.ResumeAsync(owner, job.Id, Watchdog.Token);

        Assert.Equal(needs == nameof(Permission.SimsTerminate), moved.Error is FreshSignInError);
        Assert.IsNotType<FreshSignInError>((await jobs.PauseAsync(owner, job.Id, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Partner_IsNarrowedAndEndedWithoutIt()
    {
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        var delegations = scene.Get<Delegations>();

        Assert.Null((await delegations.ChangeAsync(owner, new PartnerTerms(null), new PartnerTerms(TenantRole.Viewer), Watchdog.Token)).Error);
        Assert.IsType<FreshSignInError>((await delegations.ChangeAsync(owner, new PartnerTerms(TenantRole.Viewer), new PartnerTerms(TenantRole.Operator), Watchdog.Token)).Error);
        Assert.IsType<FreshSignInError>((await delegations.ChangeAsync(owner, new PartnerTerms(TenantRole.Viewer), new PartnerTerms(TenantRole.Billing), Watchdog.Token)).Error);
        Assert.Null((await delegations.EndAsync(owner, (await delegations.LookAsync(owner, Watchdog.Token))!.PartnerId, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task RemovingACustomer_AsksForIt()
    {
        var partner = await scene.MemberAsync(PortalScene.Aoba, role: null);
        var reseller = (await scene.Get<ResellerAccess>().OpenAllAsync(partner, Watchdog.Token))[0];
        scene.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.IsType<FreshSignInError>((await scene.Get<CustomerRemoval>().RemoveAsync(reseller, owner.TenantId, PortalScene.Aoba, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task TakingACustomersFilesAlong_AsksForIt_AndWritesNothing()
    {
        var partner = await scene.MemberAsync(PortalScene.Aoba, role: null);
        var reseller = (await scene.Get<ResellerAccess>().OpenAllAsync(partner, Watchdog.Token))[0];
        await scene.Get<Customers>().SuspendAsync(reseller, owner.TenantId, "", Watchdog.Token);
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        using var visitor = new Visitor(scene, partner);

        var file = await visitor.DownloadByFormAsync(PortalUrls.CustomerFiles(PortalScene.Aoba), PortalUrls.Customers());

        Assert.Equal((303, PortalUrls.Customer(PortalScene.Aoba, "FreshSignIn"), 0), ((int)file.Status, file.Headers["Location"], file.Content.Length));
        Assert.Contains("Sign in again for this", (await visitor.GetAsync(file.Headers["Location"])).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.TenantExported);
    }

    private static bool Asks(object? answer) => answer is FreshSignInError || answer?.GetType().GetProperty("Error")?.GetValue(answer) is FreshSignInError;
}
