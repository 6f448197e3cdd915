using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Support;

/// <summary>
/// The whole portal as the demo composes it, on a database of its own, against a sandbox of its own, by a clock that only
/// moves when told to. It serves on a free loopback port. A request to anywhere but the sandbox fails the test.
/// </summary>
internal sealed class PortalScene : IAsyncDisposable
{
    public const string Aoba = "aoba";
    public const string Nagisa = "nagisa";
    public const string Komorebi = "komorebi";

    // The demo's tenants and people are the same each time: they are made once a run.
    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> Template = new(SeedOnceAsync);

    private readonly SandboxOnlyHandler.Log sentElsewhere;
    private readonly WebApplication host;
    private readonly string[] settings;

    private PortalScene(TestDatabase database, WebApplication portal, string[] settings, SandboxServer sandbox, FakeTime clock, LogCapture logs, SandboxOnlyHandler.Log strays)
    {
        TestDatabase = database;
        host = portal;
        this.settings = settings;
        sentElsewhere = strays;
        Sandbox = sandbox;
        Clock = clock;
        Logs = logs;
    }

    public SandboxServer Sandbox { get; }

    public FakeTime Clock { get; }

    public LogCapture Logs { get; }

    public TestDatabase TestDatabase { get; }

    public PortalDatabase Database => Get<PortalDatabase>();

    public IServiceProvider Services => host.Services;

    public Uri Address => new(host.Urls.Single());

    /// <summary>Starts the portal with the demo's tenants and people. Failed vendor calls are not tried again, unless the settings say so.</summary>
    public static Task<PortalScene> StartAsync(params string[] settings) => StartAsync(new UndocumentedAnswers(), settings);

    /// <summary>The same with a vendor that answers in its own way where its documentation is silent.</summary>
    public static Task<PortalScene> StartAsync(UndocumentedAnswers undocumented, params string[] settings) => StartAsync(undocumented, vendorAhead: default, settings);

    /// <summary>The same with a vendor whose clock is ahead of the portal's, or behind it.</summary>
    public static async Task<PortalScene> StartAsync(UndocumentedAnswers undocumented, TimeSpan vendorAhead, params string[] settings)
    {
        var clock = new FakeTime();
        var logs = new LogCapture();
        var strays = new SandboxOnlyHandler.Log();
        var database = await TestDatabase.CopyAsync(await Template.Value);
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = vendorAhead == default ? clock : new ClockApart(clock, vendorAhead), Undocumented = undocumented, Napter = new NapterListening() }, CancellationToken.None);
        var portal = await HostAsync(database, sandbox, clock, logs, strays, settings);
        return new PortalScene(database, portal, settings, sandbox, clock, logs, strays);
    }

    /// <summary>Starts one more instance of the portal, on the same database and by the same clock; to be disposed before the scene.</summary>
    public Task<WebApplication> BesideAsync() => HostAsync(TestDatabase, Sandbox, Clock, Logs, sentElsewhere, settings);

    private static async Task<IReadOnlyDictionary<string, byte[]>> SeedOnceAsync()
    {
        var clock = new FakeTime();
        await using var database = await TestDatabase.CreateAsync();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock, Napter = new NapterListening() }, CancellationToken.None);
        await using (var portal = await HostAsync(database, sandbox, clock, new LogCapture(), new SandboxOnlyHandler.Log(), []))
        {
            await portal.StopAsync();
        }

        return await database.CloseAsync();
    }

    private static async Task<WebApplication> HostAsync(TestDatabase database, SandboxServer sandbox, FakeTime clock, LogCapture logs, SandboxOnlyHandler.Log strays, string[] settings)
    {
        string[] args =
        [
            "--environment=Development",
            "--applicationName=Soracom.Portal",
            $"--contentRoot={AppContext.BaseDirectory}",
            "--urls=http://127.0.0.1:0",
            "--Demo:Sandbox=false",
            $"--ConnectionStrings:Portal={database.ConnectionString}",
            "--Soracom:MaxRetries=0",
            // Tests that move the clock are not asked to sign in again, unless they are about that.
            "--Session:FreshFor=30.00:00:00",
            // Nothing is asked of the vendor but what a test asks for.
            "--Inventory:Walk=false",
            "--Jobs:Run=false",
            "--Exports:Run=false",
            "--RemoteAccess:Run=false",
            "--RemoteAccessLog:Run=false",
            "--Billing:Run=false",
            "--Mail:Run=false",
            $"--Exports:Folder={Path.Combine(Path.GetDirectoryName(database.FilePath)!, "exports")}",
            $"--Mail:Folder={Path.Combine(Path.GetDirectoryName(database.FilePath)!, "mail")}",
            $"--Billing:Folder={Path.Combine(Path.GetDirectoryName(database.FilePath)!, "bills")}",
            .. settings,
        ];
        var portal = await PortalApplication.CreateAsync(args, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(logs);
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton(_ => sandbox);
            builder.Services.PostConfigure<SoracomApiOptions>(options =>
            {
                options.JapanEndpoint = sandbox.JapanAddress;
                options.GlobalEndpoint = sandbox.GlobalAddress;
            });
            builder.Services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new SandboxOnlyHandler(sandbox, strays)));
        });
        await PortalApplication.StartAsync(portal, CancellationToken.None);
        return portal;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
        await Sandbox.DisposeAsync();
        await TestDatabase.DisposeAsync();
        Assert.Empty(sentElsewhere.Requests);
    }

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>The sandbox's account behind a demo tenant.</summary>
    public SandboxOperator Account(string slug) => Sandbox.Operators.Single(account => string.Equals(account.Fleet, slug, StringComparison.Ordinal));

    /// <summary>Signs a new person in who belongs nowhere yet.</summary>
    public async Task<SignedIn> SignInAsync(string name = "Somebody New")
    {
        var key = new PersonKey("https://id.example.test/", $"{name}/{Guid.NewGuid():N}");
        return await SignInAsync(await Get<People>().ExpectAsync(key, name, Watchdog.Token), name);
    }

    /// <summary>Signs a person in, once more perhaps.</summary>
    public async Task<SignedIn> SignInAsync(Guid personId, string name)
    {
        var session = await Get<SignInSessions>().StartAsync(personId, provider: null, "192.0.2.7", "test", Clock.GetUtcNow(), Watchdog.Token);
        return new SignedIn(personId, session.Id, name, "192.0.2.7");
    }

    /// <summary>Signs a new person in who is a member of a tenant; the reseller's administrator where there is no role.</summary>
    public async Task<SignedIn> MemberAsync(string slug, TenantRole? role, string? name = null)
    {
        var person = await SignInAsync(name ?? role?.ToString() ?? "Administrator");
        if (role is { } given)
        {
            await JoinAsync(person.PersonId, slug, given);
        }
        else
        {
            await AdministerAsync(person.PersonId, slug);
        }

        return person;
    }

    /// <summary>Signs a new person in who holds a role of the tenant's own with these permissions.</summary>
    public async Task<SignedIn> HoldingAsync(string slug, PermissionSet permissions)
    {
        var person = await MemberAsync(slug, TenantRole.Viewer);
        var role = new CustomRole { TenantId = await TenantIdAsync(slug), Name = $"{person.PersonId}", Permissions = permissions.ToString(), MadeAt = Clock.GetUtcNow(), ChangedAt = Clock.GetUtcNow() };
        await using var db = Database.ForTenant(role.TenantId);
        db.CustomRoles.Add(role);
        await db.SaveChangesAsync();
        await TestDatabase.ExecuteAsync(
            "UPDATE TenantMembers SET Role = 'Custom', CustomRoleId = $role WHERE PersonId = $person", ("$role", role.Id.ToString().ToUpperInvariant()), ("$person", person.PersonId.ToString().ToUpperInvariant()));
        return person;
    }

    /// <summary>Makes a person a member of a tenant.</summary>
    public async Task JoinAsync(Guid personId, string slug, TenantRole role) => await TestDatabase.AddMemberAsync(await TenantIdAsync(slug), personId, role);

    /// <summary>Opens a tenant as a new member of it, or as the administrator of its reseller.</summary>
    public async Task<TenantContext> OpenAsync(string slug, TenantRole? role) => await OpenAsync(await MemberAsync(slug, role), slug);

    /// <summary>Opens a tenant as somebody who may.</summary>
    public async Task<TenantContext> OpenAsync(SignedIn person, string slug) =>
        await Get<TenantAccess>().OpenAsync(person, slug, Watchdog.Token) ?? throw new InvalidOperationException($"{person.Name} may not open {slug}.");

    public async Task<Guid> TenantIdAsync(string slug)
    {
        await using var db = Database.ForInstallation();
        return db.Tenants.Single(tenant => tenant.Slug == slug).Id;
    }

    /// <summary>The one SIM of the vendor's Japan coverage whose name or IMSI is this.</summary>
    public async Task<Sim> VendorSimAsync(TenantContext tenant, string text)
    {
        var found = await Get<TenantSoracom>().ReadAsync(
            tenant, SoracomCoverage.Japan, (client, token) => client.Sims.SearchSimsAsync(name: [text], imsi: [text], searchType: SearchType.Or, cancellationToken: token), Watchdog.Token);
        return Assert.Single(found.Value.Items);
    }

    /// <summary>A tenant's audit trail, or the installation's, oldest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> TrailAsync(string? slug = null)
    {
        await using var db = slug is null ? Database.ForInstallation() : Database.ForTenant(await TenantIdAsync(slug));
        return [.. db.AuditEntries.OrderBy(entry => entry.Id)];
    }

    /// <summary>What one person did, of a tenant's audit trail or of the installation's, oldest first: of a scene that many share, without reading what all did.</summary>
    public async Task<IReadOnlyList<AuditEntry>> TrailOfAsync(Guid personId, string? slug = null)
    {
        await using var db = slug is null ? Database.ForInstallation() : Database.ForTenant(await TenantIdAsync(slug));
        return [.. db.AuditEntries.Where(entry => entry.ActorId == personId).OrderBy(entry => entry.Id)];
    }

    /// <summary>Waits until every fault has struck: the call is under way, and its time limits run.</summary>
    public async Task StruckAsync()
    {
        while (Sandbox.Faults.Armed.Count > 0)
        {
            Watchdog.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task AdministerAsync(Guid personId, string slug)
    {
        await using var db = Database.ForInstallation();
        var reseller = db.Tenants.Single(tenant => tenant.Slug == slug).ResellerId!.Value;
        db.ResellerAdministrators.Add(new ResellerAdministrator { ResellerId = reseller, PersonId = personId, AddedAt = Clock.GetUtcNow() });
        await db.SaveChangesAsync();
    }
}

