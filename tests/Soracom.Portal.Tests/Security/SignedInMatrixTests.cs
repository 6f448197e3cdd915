using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.Tenants.Offboarding;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Bell;
using Soracom.Portal.Shared.Branding;

namespace Soracom.Portal.Tests.Security;

/// <summary>Every method that acts for whoever is signed in, and asks for no right that was opened before: a session that has ended, and somebody who belongs nowhere, get what nobody gets.</summary>
public sealed class SignedInMatrixTests(ClassScene own) : IClassFixture<ClassScene>
{
    private static readonly FrozenDictionary<string, Act> Table = new Dictionary<string, Act>(StringComparer.Ordinal)
    {
        ["TenantAccess.OpenAsync"] = Of<TenantAccess>(async (access, person, target) => (await access.OpenAsync(person, target.Slug, Watchdog.Token))?.Slug),
        ["TenantAccess.ListAsync"] = Of<TenantAccess>(async (access, person, _) => (await access.ListAsync(person, Watchdog.Token)).Select(tenant => tenant.Tenant.Slug).ToList()),
        ["TenantAccess.OpenAllAsync"] = Of<TenantAccess>(async (access, person, _) => (await access.OpenAllAsync(person, permission: null, Watchdog.Token)).Tenants.Select(tenant => tenant.Slug).ToList()),
        ["TenantAccess.SearchAllAsync"] = Of<TenantAccess>(async (access, person, _) => (await access.SearchAllAsync(person, Watchdog.Token)).Tenants.Select(tenant => tenant.Slug).ToList()),
        ["TenantAccess.SuspendedAsync"] = Of<TenantAccess>(async (access, person, _) => await access.SuspendedAsync(person, slug: null, Watchdog.Token)) with { IsSuspended = true },
        ["TenantAccess.IsFreshAsync"] = Of<TenantAccess>(async (access, person, _) => await access.IsFreshAsync(person, Watchdog.Token)) with { IsTheirOwn = true },
        ["ResellerAccess.OpenAllAsync"] = Of<ResellerAccess>(async (access, person, _) => (await access.OpenAllAsync(person, Watchdog.Token)).Select(reseller => reseller.Slug).ToList()) with { Role = null },
        ["ResellerAccess.IsFreshAsync"] = Of<ResellerAccess>(async (access, person, _) => await access.IsFreshAsync(person, Watchdog.Token)) with { IsTheirOwn = true },
        ["SuspensionExit.EndAsync"] = Of<SuspensionExit>(async (exit, person, target) => await exit.EndAsync(person, target.Slug, Watchdog.Token)) with { IsSuspended = true },
        ["SuspensionExit.NarrowAsync"] = Of<SuspensionExit>(async (exit, person, target) =>
            await exit.NarrowAsync(person, target.Slug, new PartnerTerms(Ceiling: null), new PartnerTerms(TenantRole.Viewer), Watchdog.Token)) with
        { IsSuspended = true },
        // Whoever has the code is meant, once they have signed in.
        ["Joining.LookAsync"] = Of<Joining>(async (joining, person, target) => await joining.LookAsync(person, target.Code, Watchdog.Token)) with { IsTheirOwn = true },
        ["Joining.AcceptAsync"] = Of<Joining>(async (joining, person, target) => await joining.AcceptAsync(person, target.Code, terms: null, Watchdog.Token)) with { IsTheirOwn = true },
        ["OwnSessions.ListAsync"] = Of<OwnSessions>(async (sessions, person, _) => await sessions.ListAsync(person, Watchdog.Token)) with { IsTheirOwn = true },
        ["OwnSessions.EndAsync"] = Of<OwnSessions>(async (sessions, person, target) => await sessions.EndAsync(person, target.OtherSession, Watchdog.Token)),
        ["BellBoard.ListAsync"] = Of<BellBoard>(async (bell, person, _) => (await bell.ListAsync(person, Watchdog.Token)).ToString() + string.Join(' ', (await bell.ListAsync(person, Watchdog.Token)).Tenants)),
        ["BellBoard.SeenAsync"] = new(async (scene, person, _) =>
        {
            await scene.Get<BellBoard>().SeenAsync(person, scene.Clock.GetUtcNow(), Watchdog.Token);
            await using var db = scene.Database.ForInstallation();
            return await db.People.Where(row => row.Id == person.PersonId && row.BellSeenAt != null).CountAsync(Watchdog.Token);
        })
        {
            IsTheirOwn = true,
        },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What takes somebody along to say who it was, once others have asked what they may.</summary>
    private static readonly Type[] OnlyTold = [typeof(AuditTrail), typeof(AccessWatch), typeof(DoorSteps), typeof(DoorBook), typeof(TenantRemover), typeof(OpenSession)];

    /// <summary>How the portal looks to somebody: names and colours.</summary>
    private const string Looks = $"{nameof(Brands)}.{nameof(Brands.OfAsync)}";

    private readonly PortalScene scene = own.Scene;

    public static TheoryData<string> Acts => [.. Table.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> OfTenants => [.. Table.Where(act => !act.Value.IsTheirOwn).Select(act => act.Key).Order(StringComparer.Ordinal)];

    [Fact]
    public void Matrix_HoldsEveryMethodThatTakesWhoeverIsSignedIn() =>
        Assert.Equal(
            typeof(PortalApplication).Assembly.GetTypes()
                .Where(type => !OnlyTold.Contains(type) && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(method => (method.IsPublic || method.IsAssembly) && !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
                .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(SignedIn)))
                .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
            Table.Keys.Append(Looks).Order(StringComparer.Ordinal));

    /// <summary>Without which it would be no wonder that the others get nothing.</summary>
    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_WhileTheSessionHolds_GivesWhatNobodyGets(string name)
    {
        var (person, target) = await PrepareAsync(name);

        Assert.NotEqual(await NobodysAsync(name, target), ServiceAct.Describe(await Table[name].Run(scene, person, target)));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_AfterTheSessionEnded_GivesWhatNobodyGets_AndChangesNothing(string name)
    {
        var (person, target) = await PrepareAsync(name);
        await scene.Get<SignInSessions>().EndAsync(person.SessionId, Watchdog.Token);

        await GetsNothingAsync(name, person, target);
    }

    [Theory]
    [MemberData(nameof(OfTenants))]
    public async Task Call_BySomebodyWhoBelongsNowhere_GivesWhatNobodyGets_AndChangesNothing(string name)
    {
        var (_, target) = await PrepareAsync(name);

        await GetsNothingAsync(name, await scene.SignInAsync(), target);
    }

    private static Act Of<T>(Func<T, SignedIn, Target, Task<object?>> run)
        where T : notnull =>
        new((scene, person, target) => run(scene.Get<T>(), person, target));

    private async Task GetsNothingAsync(string name, SignedIn person, Target target)
    {
        var (nobodys, before) = (await NobodysAsync(name, target), await StateAsync(target));

        Assert.Equal(nobodys, ServiceAct.Describe(await Table[name].Run(scene, person, target)));

        Assert.Equal(before, await StateAsync(target));
    }

    private async Task<string> NobodysAsync(string name, Target target) =>
        ServiceAct.Describe(await Table[name].Run(scene, new SignedIn(Guid.NewGuid(), Guid.NewGuid(), "Nobody", Address: null), target));

    /// <summary>An owner of a tenant of their own, who is signed in twice, and an invitation to another; or one of the partner's people.</summary>
    private async Task<(SignedIn Person, Target Target)> PrepareAsync(string name)
    {
        var slug = $"t{Guid.NewGuid():N}";
        var tenantId = await scene.TestDatabase.AddTenantAsync(slug, await scene.TestDatabase.AddResellerAsync($"r{slug}"));
        var person = await scene.MemberAsync(slug, Table[name].Role);
        var second = await scene.SignInAsync(person.PersonId, person.Name);
        var elsewhere = $"e{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(elsewhere);
        string code;
        using (var inviter = await scene.OpenAsync(elsewhere, TenantRole.Owner))
        {
            code = (await scene.Get<Invitations>().InviteAsync(inviter, "kei@example.com", TenantRole.Viewer, null, "en", Watchdog.Token)).Value.Code;
        }

        if (Table[name].IsSuspended)
        {
            await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET SuspendedAt = 1, SuspendedBy = 'Rin' WHERE Slug = $slug", ("$slug", slug));
        }

        return (person, new Target(tenantId, slug, code, second.SessionId));
    }

    private async Task<string> StateAsync(Target target)
    {
        await using var db = scene.Database.ForInstallation();
        return ServiceAct.Describe(new
        {
            Tenant = await db.Tenants.Where(row => row.Id == target.TenantId).Select(row => new { row.ResellerId, row.ResellerCeiling, row.SuspendedAt }).SingleAsync(Watchdog.Token),
            Members = await db.TenantMembers.IgnoreQueryFilters([PortalDbContext.TenantFilter]).CountAsync(Watchdog.Token),
            Session = await db.SignInSessions.Where(row => row.Id == target.OtherSession).Select(row => row.EndedAt).SingleAsync(Watchdog.Token),
            Invitations = await db.Invitations.IgnoreQueryFilters([PortalDbContext.TenantFilter]).CountAsync(row => row.EndedAt == null, Watchdog.Token),
            Seen = await db.People.CountAsync(row => row.BellSeenAt != null, Watchdog.Token),
        });
    }

    /// <param name="TenantId">The tenant.</param>
    /// <param name="Slug">Its name in addresses.</param>
    /// <param name="Code">The code of an invitation to another tenant.</param>
    /// <param name="OtherSession">Another session of the person.</param>
    private sealed record Target(Guid TenantId, string Slug, string Code, Guid OtherSession);

    private sealed record Act(Func<PortalScene, SignedIn, Target, Task<object?>> Run)
    {
        /// <summary>Whether it is about the person alone, whoever that is.</summary>
        public bool IsTheirOwn { get; init; }

        /// <summary>Whether the tenant is suspended.</summary>
        public bool IsSuspended { get; init; }

        /// <summary>As what the person belongs there; null for the partner's people.</summary>
        public TenantRole? Role { get; init; } = TenantRole.Owner;
    }
}
