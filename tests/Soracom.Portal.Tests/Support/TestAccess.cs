using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Support;

/// <summary>Opens tenants of a test's database as the portal does, without a host.</summary>
internal sealed class TestAccess
{
    private readonly TestDatabase database;
    private readonly SignInSessions sessions;
    private readonly TenantAccess access;

    public TestAccess(TestDatabase database)
    {
        this.database = database;
        sessions = new SignInSessions(database.Database, Options.Create(new SessionOptions()), new SignInWays([], [new("anybody", "Anybody")]), Clock);
        access = new TenantAccess(database.Database, sessions, new AuditTrail(database.Database, Clock), Clock);
    }

    public ManualTime Clock { get; } = new();

    /// <summary>Makes a new person a member of a tenant, signs the person in and opens the tenant.</summary>
    public async Task<TenantContext> OpenAsync(Guid tenantId, string slug, string name, TenantRole role)
    {
        var person = await database.AddPersonAsync(name);
        await database.AddMemberAsync(tenantId, person, role);
        var session = await sessions.StartAsync(person, provider: null, "192.0.2.7", "test", Clock.GetUtcNow(), TestContext.Current.CancellationToken);
        var signedIn = new SignedIn(person, session.Id, name, "192.0.2.7");
        return await access.OpenAsync(signedIn, slug, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException($"{name} may not open {slug}.");
    }
}
