using System.Text;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Credentials;

public sealed class CredentialStoreTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private TenantContext tenant = null!;

    public static TheoryData<string> Kinds => ["AuthKey", "SamUser", "Root"];

    public static TheoryData<SandboxFaultKind, VendorErrorKind> Troubles => new()
    {
        { SandboxFaultKind.Status, VendorErrorKind.Unavailable },
        { SandboxFaultKind.Cut, VendorErrorKind.Unavailable },
        { SandboxFaultKind.Html, VendorErrorKind.Unavailable },
        { SandboxFaultKind.Truncate, VendorErrorKind.NotUnderstood },
        { SandboxFaultKind.Slow, VendorErrorKind.Unavailable },
    };

    private CredentialStore Store => scene.Get<CredentialStore>();

    private SandboxOperator Aoba => scene.Account(PortalScene.Aoba);

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync("--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace");
        tenant = await scene.OpenAsync(PortalScene.Komorebi, TenantRole.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Store_GoodCredential_IsStoredShownWithoutItsSecretAndWorks(string kind)
    {
        var stored = await StoreAsync(CredentialOf(Aoba, kind));

        Assert.Equal(Aoba.OperatorId, stored.Value.OperatorId);
        var row = Assert.Single(await Store.ListAsync(tenant, Watchdog.Token));
        Assert.Equal(
            new CredentialSummary(row.Id, SoracomCoverage.Japan, Enum.Parse<CredentialKind>(kind), Aoba.OperatorId, tenant.Actor.Name, scene.Clock.GetUtcNow(), scene.Clock.GetUtcNow(), CredentialResult.Accepted),
            row);
        Assert.NotEmpty((await SearchAsync()).Value.Items);
        var entry = Assert.Single(await TrailAsync(AuditActions.CredentialStored));
        Assert.Equal((AuditOutcome.Succeeded, row.Id.ToString(), "jp", tenant.Actor.PersonId), (entry.Outcome, entry.ObjectId, entry.ObjectName, entry.ActorId));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Store_WrongSecret_StoresNothing(string kind)
    {
        var wrong = CredentialOf(Aoba with { Password = "not-it", Users = [Aoba.User("portal") with { Password = "not-it", AuthKey = "secret-not-it" }] }, kind);

        var error = Assert.IsType<VendorError>((await StoreAsync(wrong)).Error);

        Assert.Equal(VendorErrorKind.NewCredentialRefused, error.Kind);
        await NothingStoredAsync("NewCredentialRefused");
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Store_VendorCantBeAsked_StoresNothing(SandboxFaultKind fault, VendorErrorKind kind)
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = fault, Path = "/v1/auth", Delay = TimeSpan.FromHours(1) });

        var storing = StoreAsync(CredentialOf(Aoba, "AuthKey"));
        await scene.StruckAsync();
        if (fault == SandboxFaultKind.Slow)
        {
            scene.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(kind, Assert.IsType<VendorError>((await storing).Error).Kind);
        await NothingStoredAsync(kind.ToString());
    }

    [Fact]
    public async Task Store_MembershipEndsWhileTheVendorIsAsked_StoresNothing()
    {
        var hook = new DatabaseHook
        {
            // The store's own first query: the right was asked for, the vendor comes next.
            BeforeQuery = _ => scene.TestDatabase.ExecuteAsync("DELETE FROM TenantMembers WHERE PersonId = $person", ("$person", tenant.Actor.PersonId.ToString().ToUpperInvariant())),
        };
        var store = new CredentialStore(hook.Open(scene), scene.Get<TenantVault>(), scene.Get<TenantSoracom>(), scene.Get<CredentialNotices>(), scene.Get<AuditTrail>(), scene.Clock);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => store.StoreAsync(tenant, SoracomCoverage.Japan, CredentialOf(Aoba, "AuthKey"), otherOperator: false, Watchdog.Token));
        await using var db = scene.Database.ForTenant(tenant.TenantId);
        Assert.Empty(db.VendorCredentials);
    }

    [Fact]
    public async Task Groups_CredentialIsReplacedOrDeleted_AreNotTheFormerAccountsForAMoment()
    {
        await StoreAsync(CredentialOf(Aoba, "AuthKey"));
        var former = (await GroupsAsync()).Value;

        await StoreAsync(CredentialOf(scene.Account(PortalScene.Nagisa), "AuthKey"), otherOperator: true);
        var present = (await GroupsAsync()).Value;
        await Store.DeleteAsync(tenant, Assert.Single(await Store.ListAsync(tenant, Watchdog.Token)).Id, Watchdog.Token);

        Assert.NotEmpty(former);
        Assert.NotEmpty(present);
        Assert.Empty(former.Intersect(present));
        Assert.Equal(VendorErrorKind.NoCredential, Assert.IsType<VendorError>((await GroupsAsync()).Error).Kind);
    }

    [Fact]
    public async Task Store_AnotherOperatorsCredential_AsksFirst()
    {
        var nagisa = scene.Account(PortalScene.Nagisa);
        await StoreAsync(CredentialOf(Aoba, "AuthKey"));
        var sims = (await SearchAsync()).Value.Items.Select(sim => sim.SimId).ToList();

        var refused = Assert.IsType<OtherOperatorError>((await StoreAsync(CredentialOf(nagisa, "AuthKey"))).Error);
        Assert.Equal([Aoba.OperatorId, nagisa.OperatorId], refused.Arguments);
        Assert.Equal(sims, (await SearchAsync()).Value.Items.Select(sim => sim.SimId));

        Assert.Null((await StoreAsync(CredentialOf(nagisa, "AuthKey"), otherOperator: true)).Error);
        Assert.Equal(nagisa.OperatorId, Assert.Single(await Store.ListAsync(tenant, Watchdog.Token)).OperatorId);
        Assert.All((await SearchAsync()).Value.Items, sim => Assert.Equal(nagisa.OperatorId, sim.OperatorId));
    }

    [Fact]
    public async Task Store_EachCoverage_HasItsOwn()
    {
        await StoreAsync(CredentialOf(Aoba, "AuthKey"));
        Assert.Equal([SoracomCoverage.Japan], await scene.Get<TenantSoracom>().CoveragesAsync(tenant, Watchdog.Token));

        await Store.StoreAsync(tenant, SoracomCoverage.Global, CredentialOf(Aoba, "SamUser"), otherOperator: false, Watchdog.Token);

        Assert.Equal([SoracomCoverage.Japan, SoracomCoverage.Global], (await Store.ListAsync(tenant, Watchdog.Token)).Select(row => row.Coverage));
    }

    [Fact]
    public async Task Search_CredentialOfAUserWithoutThePermission_IsDenied()
    {
        var limited = Aoba.User("limited");
        await StoreAsync(new AuthKeyCredential(limited.AuthKeyId, limited.AuthKey));

        Assert.Equal(VendorErrorKind.Denied, Assert.IsType<VendorError>((await SearchAsync()).Error).Kind);
    }

    [Fact]
    public async Task Test_NotesWhatCameOfIt()
    {
        var id = (await StoredAsync()).Id;

        Assert.Equal(Aoba.OperatorId, (await Store.TestAsync(tenant, id, Watchdog.Token)).Value.OperatorId);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/auth", Status = 401 });
        Assert.Equal(VendorErrorKind.BadCredential, Assert.IsType<VendorError>((await Store.TestAsync(tenant, id, Watchdog.Token)).Error).Kind);

        Assert.Equal(CredentialResult.Refused, Assert.Single(await Store.ListAsync(tenant, Watchdog.Token)).LastResult);
        Assert.Equal(
            [(AuditOutcome.Succeeded, Aoba.OperatorId), (AuditOutcome.Failed, "BadCredential")],
            (await TrailAsync(AuditActions.CredentialTested)).Select(entry => (entry.Outcome, entry.Detail!)));
    }

    [Fact]
    public async Task Test_KeepsSinceWhenTheAccountIsNotOpenedAnyMore_UntilItIs()
    {
        var id = (await StoredAsync()).Id;
        var since = scene.Clock.GetUtcNow();
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/auth", Status = 401, Count = 2 });

        await Store.TestAsync(tenant, id, Watchdog.Token);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        await Store.TestAsync(tenant, id, Watchdog.Token);
        Assert.Equal(since, await FailingSinceAsync());

        await Store.TestAsync(tenant, id, Watchdog.Token);
        Assert.Null(await FailingSinceAsync());
    }

    [Fact]
    public async Task Test_AlteredSecret_SaysThatItCantBeOpened()
    {
        var id = (await StoredAsync()).Id;
        await scene.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET Sealed = zeroblob(64) WHERE TenantId = $tenant", ("$tenant", tenant.TenantId.ToString().ToUpperInvariant()));

        Assert.Equal(VendorErrorKind.UnreadableCredential, Assert.IsType<VendorError>((await Store.TestAsync(tenant, id, Watchdog.Token)).Error).Kind);

        Assert.Equal(CredentialResult.Unreadable, Assert.Single(await Store.ListAsync(tenant, Watchdog.Token)).LastResult);
        Assert.IsType<UnreadableSecretError>((await Store.RotateKeyAsync(tenant, Watchdog.Token)).Error);
        Assert.Equal(AuditOutcome.Failed, Assert.Single(await TrailAsync(AuditActions.DataKeyRotated)).Outcome);
    }

    [Fact]
    public async Task WhileTheKeyStoreIsAway_NothingIsSaidOfTheCredential_NothingIsStored_AndAllIsWellAfterwards()
    {
        var before = await StoredAsync();
        var keys = scene.TestDatabase.KeysFolder;
        Directory.Move(keys, keys + "-away");
        scene.Get<TenantSoracom>().Forget(before.Id, 1);

        Assert.Equal(VendorErrorKind.KeyStoreAway, Assert.IsType<VendorError>((await Store.TestAsync(tenant, before.Id, Watchdog.Token)).Error).Kind);
        Assert.IsType<KeyStoreAwayError>((await Store.RotateKeyAsync(tenant, Watchdog.Token)).Error);
        Assert.IsType<KeyStoreAwayError>((await StoreAsync(CredentialOf(Aoba, "SamUser"))).Error);

        Assert.Equal(before, Assert.Single(await Store.ListAsync(tenant, Watchdog.Token)));
        Assert.Equal([AuditOutcome.Succeeded, AuditOutcome.Failed], (await TrailAsync(AuditActions.CredentialStored)).Select(entry => entry.Outcome));
        Directory.Move(keys + "-away", keys);
        Assert.Null((await Store.TestAsync(tenant, before.Id, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Store_WhereHalfOfTheKeyIsLost_MakesTheCoverageWorkAgain()
    {
        var lost = await StoredAsync();
        Directory.Delete(Path.Combine(scene.TestDatabase.KeysFolder, tenant.TenantId.ToString("N")), recursive: true);
        Assert.Equal(VendorErrorKind.UnreadableCredential, Assert.IsType<VendorError>((await Store.TestAsync(tenant, lost.Id, Watchdog.Token)).Error).Kind);
        // Which the bell and the portfolio tell of: it does not pass by itself.
        Assert.Equal(CredentialResult.Unreadable, Assert.Single(await Store.ListAsync(tenant, Watchdog.Token)).LastResult);

        Assert.Null((await StoreAsync(CredentialOf(Aoba, "SamUser"))).Error);

        Assert.NotEmpty((await SearchAsync()).Value.Items);
    }

    [Fact]
    public async Task Delete_CredentialIsGoneAtOnce()
    {
        var id = (await StoredAsync()).Id;
        Assert.Null((await SearchAsync()).Error);

        Assert.Equal(SoracomCoverage.Japan, (await Store.DeleteAsync(tenant, id, Watchdog.Token)).Value);

        Assert.Empty(await Store.ListAsync(tenant, Watchdog.Token));
        Assert.Equal(VendorErrorKind.NoCredential, Assert.IsType<VendorError>((await SearchAsync()).Error).Kind);
        Assert.IsType<GoneError>((await Store.DeleteAsync(tenant, id, Watchdog.Token)).Error);
        Assert.IsType<GoneError>((await Store.TestAsync(tenant, id, Watchdog.Token)).Error);
        Assert.Equal(id.ToString(), Assert.Single(await TrailAsync(AuditActions.CredentialDeleted)).ObjectId);
    }

    [Fact]
    public async Task Rotate_SecretsGoOnWorking()
    {
        await StoredAsync();

        Assert.Equal(1, (await Store.RotateKeyAsync(tenant, Watchdog.Token)).Value);

        Assert.Null((await Store.TestAsync(tenant, Assert.Single(await Store.ListAsync(tenant, Watchdog.Token)).Id, Watchdog.Token)).Error);
        Assert.Equal(AuditOutcome.Succeeded, Assert.Single(await TrailAsync(AuditActions.DataKeyRotated)).Outcome);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Secrets_AreNowhereButSealed(string kind)
    {
        var secrets = new[] { Aoba.Password, Aoba.User("portal").Password, Aoba.User("portal").AuthKey, "wrong-secret-7Q" };
        await StoreAsync(CredentialOf(Aoba, kind));
        await StoreAsync(new AuthKeyCredential("keyId-x", "wrong-secret-7Q"));
        await SearchAsync();
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Truncate, Path = "/v1/auth", Count = 2 });
        await StoreAsync(CredentialOf(Aoba, kind));
        await Store.RotateKeyAsync(tenant, Watchdog.Token);
        using var visitor = new Visitor(scene, tenant.Actor);
        var page = await visitor.GetAsync(PortalUrls.Credentials(PortalScene.Komorebi));
        Assert.Contains(Aoba.OperatorId, page.Body, StringComparison.Ordinal);

        var places = scene.TestDatabase.ReadFiles().Select(file => (Place: file.Key, Text: Encoding.Latin1.GetString(file.Value)))
            .Append(("log", scene.Logs.Everything))
            .Append(("page", page.Body));

        Assert.NotEmpty(scene.Logs.Lines);
        foreach (var (place, text) in places)
        {
            Assert.All(secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"A secret stands in: {place}."));
        }
    }

    private static SoracomCredential CredentialOf(SandboxOperator account, string kind) => kind switch
    {
        "AuthKey" => new AuthKeyCredential(account.User("portal").AuthKeyId, account.User("portal").AuthKey),
        "SamUser" => new SamUserCredential(account.OperatorId, "portal", account.User("portal").Password),
        _ => new RootCredential(account.Email, account.Password),
    };

    private Task<Result<SoracomIdentity>> StoreAsync(SoracomCredential credential, bool otherOperator = false) =>
        Store.StoreAsync(tenant, SoracomCoverage.Japan, credential, otherOperator, Watchdog.Token);

    private Task<Result<IReadOnlyList<GroupName>>> GroupsAsync() => scene.Get<GroupNames>().ListAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);

    private async Task<DateTimeOffset?> FailingSinceAsync()
    {
        await using var db = scene.Database.ForTenant(tenant.TenantId);
        return (await db.VendorCredentials.SingleAsync(Watchdog.Token)).FailingSince;
    }

    private async Task<CredentialSummary> StoredAsync()
    {
        await StoreAsync(CredentialOf(Aoba, "AuthKey"));
        return Assert.Single(await Store.ListAsync(tenant, Watchdog.Token));
    }

    private Task<Result<SoracomPage<Sim>>> SearchAsync() =>
        scene.Get<TenantSoracom>().ReadAsync(tenant, SoracomCoverage.Japan, (client, token) => client.Sims.SearchSimsAsync(cancellationToken: token), Watchdog.Token);

    private async Task<IReadOnlyList<AuditEntry>> TrailAsync(string action) =>
        [.. (await scene.TrailAsync(PortalScene.Komorebi)).Where(entry => entry.Action == action)];

    private async Task NothingStoredAsync(string why)
    {
        Assert.Empty(await Store.ListAsync(tenant, Watchdog.Token));
        var entry = Assert.Single(await TrailAsync(AuditActions.CredentialStored));
        Assert.Equal((AuditOutcome.Failed, why), (entry.Outcome, entry.Detail));
    }
}
