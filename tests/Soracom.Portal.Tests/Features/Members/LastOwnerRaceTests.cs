using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Members;

/// <summary>Two owners, on two hosts, act on each other at the same moment.</summary>
public sealed class LastOwnerRaceTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task TwoOwners_RemoveOrDemoteEachOtherAtOnce_OneStaysOwner(bool firstRemoves, bool secondRemoves)
    {
        await using var database = await TestDatabase.CreateAsync();
        var access = new TestAccess(database);
        var tenantId = await database.AddTenantAsync("aoba");
        using var haruto = await access.OpenAsync(tenantId, "aoba", "Haruto", TenantRole.Owner);
        using var yui = await access.OpenAsync(tenantId, "aoba", "Yui", TenantRole.Owner);
        var signal = new TransactionSignal();
        var second = Task.FromResult<Result<GivenRole>>(new GoneError());
        var hook = new SaveHook(async () =>
        {
            // The first has found another owner and is about to save; now the second comes, and gets as far as it can.
            second = Task.Run(() => ActAsync(database.Open(signal), yui, haruto.Actor.PersonId, secondRemoves));
            await signal.Begun.WaitAsync(Watchdog.Token);
        });

        var first = await ActAsync(database.Open(hook), haruto, yui.Actor.PersonId, firstRemoves);

        Assert.Null(first.Error);
        Assert.IsType<LastOwnerError>((await second).Error);
        await using var db = database.Database.ForTenant(tenantId);
        Assert.Equal(haruto.Actor.PersonId, (await db.TenantMembers.SingleAsync(member => member.Role == TenantRole.Owner, Watchdog.Token)).PersonId);
        Assert.Equal(1, await db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.MemberRemoved || entry.Action == AuditActions.MemberRoleChanged, Watchdog.Token));

        Task<Result<GivenRole>> ActAsync(PortalDatabase host, TenantContext actor, Guid other, bool remove)
        {
            var list = new MemberList(host, new AuditTrail(host, access.Clock), access.Clock);
            return remove ? list.RemoveAsync(actor, other, Watchdog.Token) : list.ChangeRoleAsync(actor, other, TenantRole.Owner, TenantRole.Viewer, Watchdog.Token);
        }
    }
}
