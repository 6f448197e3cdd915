using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>A tenant with bills in yen and in dollars, or one with bills in euros, which are collected when a test says so. It begins at midnight UTC on the first of April 2026.</summary>
internal sealed class BillingScene : IAsyncDisposable
{
    private readonly string fleet;

    private BillingScene(PortalScene portal, TenantContext tenant, string fleet)
    {
        Portal = portal;
        Tenant = tenant;
        this.fleet = fleet;
    }

    public PortalScene Portal { get; }

    public TenantContext Tenant { get; }

    public FakeTime Clock => Portal.Clock;

    public BillingStore Store => Portal.Get<BillingStore>();

    public BillingAccount Japan => Account(SoracomCoverage.Japan);

    public BillingAccount Global => Account(SoracomCoverage.Global);

    /// <param name="role">As what the tenant is opened.</param>
    /// <param name="at">When; whoever signed in long before would be signed out again.</param>
    public static async Task<BillingScene> StartAsync(TenantRole role = TenantRole.Owner, string? at = null)
    {
        var portal = await PortalScene.StartAsync();
        if (at is not null)
        {
            portal.Clock.Advance(Moment(at) - portal.Clock.GetUtcNow());
        }

        return new BillingScene(portal, await portal.OpenAsync(await portal.MemberAsync(PortalScene.Aoba, role, "Mei"), PortalScene.Aoba), DemoFleets.Aoba);
    }

    /// <summary>The same of an account of the Global coverage, in dollars or in euros.</summary>
    public static async Task<BillingScene> StartAbroadAsync(string currency)
    {
        if (currency == Currencies.Dollar)
        {
            return await StartAsync();
        }

        var portal = await PortalScene.StartAsync();
        var tenantId = await portal.TenantIdAsync(PortalScene.Komorebi);
        var account = portal.Account(DemoFleets.Hansa);
        await using (var db = portal.Database.ForTenant(tenantId))
        {
            var row = new VendorCredential
            {
                TenantId = tenantId,
                Coverage = SoracomCoverage.Global.ToWireName(),
                Kind = CredentialKind.AuthKey,
                OperatorId = account.OperatorId,
                Sealed = [],
                Version = 1,
                StoredBy = "Test",
                StoredAt = portal.Clock.GetUtcNow(),
            };
            await portal.Get<TenantVault>().SealAsync(db, row, StoredSecret.Write(new AuthKeyCredential(account.User("portal").AuthKeyId, account.User("portal").AuthKey)), Watchdog.Token);
            db.VendorCredentials.Add(row);
            await db.SaveChangesAsync(Watchdog.Token);
        }

        return new BillingScene(portal, await portal.OpenAsync(await portal.MemberAsync(PortalScene.Komorebi, TenantRole.Owner, "Mei"), PortalScene.Komorebi), DemoFleets.Hansa);
    }

    public async ValueTask DisposeAsync()
    {
        Tenant.Dispose();
        await Portal.DisposeAsync();
    }

    /// <summary>Moves the clock forward to a moment.</summary>
    public void Until(string moment) => Clock.Advance(Moment(moment) - Clock.GetUtcNow());

    public async Task<VendorError?> CollectAsync(SoracomCoverage coverage = SoracomCoverage.Japan, TimeSpan? freshFor = null) =>
        await Portal.Get<BillingCollector>().CollectAsync(Tenant.TenantId, coverage, new BillingWay(Portal.Get<TenantSoracom>(), tenant: null), freshFor, Watchdog.Token);

    /// <summary>Reads from the vendor, past the portal's own bills.</summary>
    public async Task<T> AskAsync<T>(Func<ISoracomClient, CancellationToken, Task<T>> call, SoracomCoverage coverage = SoracomCoverage.Japan) =>
        (await Portal.Get<TenantSoracom>().ReadAsync(Tenant, coverage, call, Watchdog.Token)).Value;

    /// <summary>Has the vendor correct a closed bill.</summary>
    public async Task CorrectAsync(string month, decimal by, SoracomCoverage coverage = SoracomCoverage.Japan)
    {
        using var vendor = new HttpClient { BaseAddress = Portal.Sandbox.JapanAddress };
        using var answer = await vendor.PostAsJsonAsync("/_control/bills", new { operatorId = Portal.Account(fleet).OperatorId, coverage = coverage.ToWireName(), yearMonth = month, by }, Watchdog.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The tenant's months, oldest first.</summary>
    public async Task<IReadOnlyList<BillMonth>> MonthsAsync(SoracomCoverage coverage = SoracomCoverage.Japan)
    {
        var name = coverage.ToWireName();
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        return await db.BillMonths.Where(month => month.Coverage == name).OrderBy(month => month.Month).ToListAsync(Watchdog.Token);
    }

    public async Task<BillMonth> MonthAsync(int number, SoracomCoverage coverage = SoracomCoverage.Japan) => (await MonthsAsync(coverage)).Single(month => month.Month == number);

    public async Task<IReadOnlyList<BillDay>> DaysAsync(SoracomCoverage coverage = SoracomCoverage.Japan)
    {
        var name = coverage.ToWireName();
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        return await db.BillDays.Where(day => day.Coverage == name).OrderBy(day => day.Day).ToListAsync(Watchdog.Token);
    }

    public async Task<IReadOnlyList<BillLine>> LinesAsync(BillLineKind kind, int month, SoracomCoverage coverage = SoracomCoverage.Japan)
    {
        var name = coverage.ToWireName();
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        return await db.BillLines.Where(line => line.Coverage == name && line.Kind == kind && line.Month == month).OrderBy(line => line.Key).ToListAsync(Watchdog.Token);
    }

    public async Task<IReadOnlyList<BillRevision>> RevisionsAsync(int month)
    {
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        return await db.BillRevisions.Where(revision => revision.Month == month).OrderBy(revision => revision.Number).ToListAsync(Watchdog.Token);
    }

    public async Task<BillReading> ReadingAsync(SoracomCoverage coverage = SoracomCoverage.Japan)
    {
        var name = coverage.ToWireName();
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        return await db.BillReadings.SingleAsync(reading => reading.Coverage == name, Watchdog.Token);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private BillingAccount Account(SoracomCoverage coverage) => new(Tenant.TenantId, coverage, Portal.Account(fleet).OperatorId);
}
