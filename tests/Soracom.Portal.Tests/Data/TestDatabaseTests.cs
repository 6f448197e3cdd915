using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Tests.Data;

public sealed class TestDatabaseTests
{
    [Fact]
    public async Task CreateAsync_Twice_GivesTwoDatabasesWithThisBuildsSchema()
    {
        var none = TestContext.Current.CancellationToken;
        await using var one = await TestDatabase.CreateAsync();
        await using var other = await TestDatabase.CreateAsync();

        var tenant = await one.AddTenantAsync("aoba");
        await one.AddMemberAsync(tenant, await one.AddPersonAsync("Haruto"), TenantRole.Owner);

        Assert.Empty(await other.Database.PendingMigrationsAsync(none));
        await using var ofOne = one.Database.ForTenant(tenant);
        await using var ofOther = other.Database.ForTenant(tenant);
        Assert.Equal("Haruto", (await ofOne.TenantMembers.Include(member => member.Person).SingleAsync(none)).Person!.Name);
        Assert.False(await ofOther.Tenants.AnyAsync(none));
    }
}
