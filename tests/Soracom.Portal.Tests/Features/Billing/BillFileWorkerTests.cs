using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>A portal that works on detailed files of itself.</summary>
public sealed class BillFileWorkerTests
{
    [Fact]
    public async Task Worker_FollowsWhatWasAskedFor_AndDeletesWhatANewerFileReplaces()
    {
        await using var portal = await PortalScene.StartAsync("--Billing:Run=true");
        using var tenant = await portal.OpenAsync(PortalScene.Aoba, TenantRole.Billing);
        await portal.Get<BillingCollector>().CollectAsync(tenant.TenantId, SoracomCoverage.Japan, new BillingWay(portal.Get<TenantSoracom>(), tenant: null), freshFor: null, Watchdog.Token);
        var april = new YearMonth(2026, 4);

        var first = await MakeAsync();
        var second = await MakeAsync();

        Assert.NotEqual(first, second);
        await UntilAsync(async db => !await db.BillFiles.AnyAsync(file => file.Id == first, Watchdog.Token), TimeSpan.FromMinutes(1));
        var folder = Path.Combine(portal.Get<IOptions<BillingOptions>>().Value.Folder!, tenant.TenantId.ToString("N"));
        Assert.Equal([second.ToString("N")], Directory.EnumerateDirectories(folder).Select(Path.GetFileName));

        async Task<Guid> MakeAsync()
        {
            var asked = await portal.Get<BillFiles>().RequestAsync(tenant, SoracomCoverage.Japan, april, Watchdog.Token);
            Assert.Null(asked.Error);
            await UntilAsync(db => db.BillFiles.AnyAsync(file => file.Id == asked.Value.Id && file.State == BillFileState.Done, Watchdog.Token), TimeSpan.FromSeconds(1));
            return asked.Value.Id;
        }

        async Task UntilAsync(Func<Soracom.Portal.Data.PortalDbContext, Task<bool>> isSo, TimeSpan step)
        {
            while (true)
            {
                await using (var db = portal.Database.ForTenant(tenant.TenantId))
                {
                    if (await isSo(db))
                    {
                        return;
                    }
                }

                portal.Clock.Advance(step);
                // The worker goes on in its own time.
                await Task.Delay(TimeSpan.FromMilliseconds(50), Watchdog.Token);
            }
        }
    }
}
