using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Features.Tenants.Offboarding;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Branding;

namespace Soracom.Portal.Tests.Security;

/// <summary>Every method that acts for a reseller: refused as soon as the right to is gone, though it was opened before.</summary>
public sealed class ResellerMatrixTests(ClassScene own) : IClassFixture<ClassScene>
{
    private static readonly FrozenDictionary<string, ResellerAct> Table = new Dictionary<string, ResellerAct>(StringComparer.Ordinal)
    {
        ["BrandSettings.LookAsync"] = Of<BrandSettings>(Effect.None, async (brand, reseller, _) => await brand.LookAsync(reseller, Watchdog.Token)),
        ["BrandSettings.ChangeAsync"] = Of<BrandSettings>(Effect.Changes, async (brand, reseller, customer) =>
            await brand.ChangeAsync(reseller, customer.Former, BrandDetails.None with { Name = customer.Slug }, Watchdog.Token)),
        ["CustomerTenants.AddAsync"] = Of<CustomerTenants>(Effect.Changes, async (tenants, reseller, customer) => await tenants.AddAsync(reseller, NewCustomer($"{customer.Slug}-2"), Watchdog.Token)),
        ["Customers.ListAsync"] = Of<Customers>(Effect.None, async (customers, reseller, _) => await customers.ListAsync(reseller, Watchdog.Token)),
        ["Customers.FindAsync"] = Of<Customers>(Effect.None, async (customers, reseller, customer) => await customers.FindAsync(reseller, customer.Slug, Watchdog.Token)),
        ["Customers.SuspendAsync"] = Of<Customers>(Effect.Changes, async (customers, reseller, customer) => await customers.SuspendAsync(reseller, customer.Id, "", Watchdog.Token)),
        ["Customers.ResumeAsync"] = Of<Customers>(Effect.ChangesSuspended, async (customers, reseller, customer) => await customers.ResumeAsync(reseller, customer.Id, Watchdog.Token)),
        ["CustomerRemoval.RemoveAsync"] = Of<CustomerRemoval>(Effect.ChangesSuspended, async (removal, reseller, customer) => await removal.RemoveAsync(reseller, customer.Id, customer.Slug, Watchdog.Token)),
        // It leaves a line in the customer's trail.
        ["CustomerFiles.WriteAsync"] = Of<CustomerFiles>(Effect.ChangesSuspended, async (files, reseller, customer) => await files.WriteAsync(reseller, customer.Slug, () => { }, Stream.Null, () => { }, Watchdog.Token)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly PortalScene scene = own.Scene;

    /// <summary>What an act does to what is stored.</summary>
    private enum Effect
    {
        /// <summary>It reads.</summary>
        None,

        /// <summary>It changes something.</summary>
        Changes,

        /// <summary>It changes a customer that is suspended.</summary>
        ChangesSuspended,
    }

    public static TheoryData<string> Acts => [.. Table.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Matrix_HoldsEveryMethodThatTakesAReseller() =>
        Assert.Equal(
            typeof(PortalApplication).Assembly.GetTypes()
                .Where(type => type != typeof(ResellerAccess) && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(method => (method.IsPublic || method.IsAssembly) && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
                .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(ResellerContext)))
                .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
                .Order(StringComparer.Ordinal),
            Table.Keys.Order(StringComparer.Ordinal));

    /// <summary>Without which it would be no wonder that the others change nothing.</summary>
    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_WhileTheRightHolds_DoesWhatItIsFor(string name)
    {
        var (reseller, customer) = await OpenAsync(name);
        var before = await StateAsync(customer);

        var answer = ServiceAct.Describe(await Table[name].Run(scene, reseller, customer));

        Assert.DoesNotContain("Error", answer, StringComparison.Ordinal);
        Assert.Equal(Table[name].Effect == Effect.None, before == await StateAsync(customer));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_AfterTheRightWasTakenAway_IsRefusedAndChangesNothing(string name)
    {
        var (reseller, customer) = await OpenAsync(name);
        await scene.TestDatabase.ExecuteAsync("DELETE FROM ResellerAdministrators WHERE PersonId = $person", ("$person", reseller.Actor.PersonId.ToString().ToUpperInvariant()));

        await IsRefusedAsync(name, reseller, customer);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_AfterTheSessionEnded_IsRefusedAndChangesNothing(string name)
    {
        var (reseller, customer) = await OpenAsync(name);
        await scene.Get<SignInSessions>().EndAsync(reseller.Actor.SessionId, Watchdog.Token);

        await IsRefusedAsync(name, reseller, customer);
    }

    /// <summary>Those that name a customer; what else acts for a reseller is about the reseller itself.</summary>
    public static TheoryData<string> OfCustomers => [.. Table.Keys.Where(name => name.StartsWith("Customer", StringComparison.Ordinal) && name != "CustomerTenants.AddAsync").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(OfCustomers))]
    public async Task Call_ForACustomerOfAnotherReseller_IsAsForNone_AndChangesNothing(string name)
    {
        var (reseller, customer) = await OpenAsync(name);
        var other = await scene.TestDatabase.AddResellerAsync($"o{Guid.NewGuid():N}");
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = $other WHERE Slug = $slug", ("$other", other.ToString().ToUpperInvariant()), ("$slug", customer.Slug));
        var before = await StateAsync(customer);

        var theirs = ServiceAct.Describe(await Table[name].Run(scene, reseller, customer));
        var nobodys = ServiceAct.Describe(await Table[name].Run(scene, reseller, customer with { Id = Guid.NewGuid(), Slug = "nobody" }));

        Assert.Equal(nobodys, theirs);
        Assert.DoesNotContain(customer.Slug, theirs, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(customer));
    }

    private static NewCustomer NewCustomer(string slug) => new(slug, slug, [SoracomCoverage.Japan], "Asia/Tokyo", "en");

    private static ResellerAct Of<T>(Effect effect, Func<T, ResellerContext, TestCustomer, Task<object?>> run)
        where T : notnull =>
        new(effect, (scene, reseller, customer) => run(scene.Get<T>(), reseller, customer));

    private async Task IsRefusedAsync(string name, ResellerContext reseller, TestCustomer customer)
    {
        var before = await StateAsync(customer);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => Table[name].Run(scene, reseller, customer));

        Assert.Equal(before, await StateAsync(customer));
        var refused = Assert.Single(await scene.TrailOfAsync(reseller.Actor.PersonId));
        Assert.Equal((AuditActions.PermissionUsed, AuditOutcome.Denied, reseller.ResellerId.ToString()), (refused.Action, refused.Outcome, refused.ObjectId));
    }

    /// <summary>Somebody who may act for the reseller, and a customer that no other test knows.</summary>
    private async Task<(ResellerContext Reseller, TestCustomer Customer)> OpenAsync(string name)
    {
        var helper = Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(await scene.MemberAsync(PortalScene.Aoba, role: null), Watchdog.Token));
        var slug = $"c{Guid.NewGuid():N}"[..20];
        Assert.Null((await scene.Get<CustomerTenants>().AddAsync(helper, NewCustomer(slug), Watchdog.Token)).Error);
        var customer = new TestCustomer(await scene.TenantIdAsync(slug), slug, await scene.Get<BrandSettings>().LookAsync(helper, Watchdog.Token));
        if (Table[name].Effect == Effect.ChangesSuspended)
        {
            Assert.Null((await scene.Get<Customers>().SuspendAsync(helper, customer.Id, "", Watchdog.Token)).Error);
        }

        return (Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(await scene.MemberAsync(PortalScene.Aoba, role: null), Watchdog.Token)), customer);
    }

    private async Task<string> StateAsync(TestCustomer customer)
    {
        await using var db = scene.Database.ForTenant(customer.Id);
        return ServiceAct.Describe(new
        {
            Tenants = await db.Tenants.AsNoTracking().OrderBy(row => row.Slug).Select(row => new { row.Slug, row.Name, row.ResellerId, row.ResellerCeiling, row.SuspendedAt, row.SuspendedFor, row.RemovingAt }).ToListAsync(Watchdog.Token),
            Brands = await db.ResellerBrands.AsNoTracking().OrderBy(row => row.ResellerId).Select(row => new { row.ResellerId, row.Name, row.Accent, row.LogoId }).ToListAsync(Watchdog.Token),
            Administrators = await db.ResellerAdministrators.CountAsync(Watchdog.Token),
            Members = await db.TenantMembers.CountAsync(Watchdog.Token),
            Keys = await db.TenantDataKeys.Select(key => new { key.Number, key.RetiredAt }).ToListAsync(Watchdog.Token),
            Trail = await db.AuditEntries.CountAsync(Watchdog.Token),
        });
    }

    /// <param name="Id">The tenant.</param>
    /// <param name="Slug">Its name in addresses, and for people.</param>
    /// <param name="Former">The reseller's brand.</param>
    private sealed record TestCustomer(Guid Id, string Slug, BrandDetails Former);

    private sealed record ResellerAct(Effect Effect, Func<PortalScene, ResellerContext, TestCustomer, Task<object?>> Run);
}
