using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Forecasting;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>What a tenant's accounts cost, as the portal knows it; and how it comes to know more.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="collector">Reads bills from the vendor.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="options">How fresh bills are to be.</param>
/// <param name="words">The texts.</param>
/// <param name="clock">The clock.</param>
internal sealed class Bills(
    PortalDatabase database, TenantSoracom soracom, BillingCollector collector, AuditTrail audit, IOptions<BillingOptions> options, IStringLocalizer<Strings> words, TimeProvider clock)
{
    /// <summary>One month of an account, and those that it is held against.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="query">Which months; the newest, and the one before it, by default.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The month.</returns>
    public async Task<BillView> MonthAsync(TenantContext tenant, SoracomCoverage coverage, BillQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var name = coverage.ToWireName();
        var own = db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId);
        var months = await db.BillMonths.AsNoTracking().Where(month => month.Coverage == name && own.Contains(month.OperatorId)).OrderByDescending(month => month.Month).ToListAsync(cancellationToken);
        var shown = query.Month is { } asked ? months.Find(month => month.Month == asked.Number()) : months.FirstOrDefault();
        if (shown is null)
        {
            return new BillView { At = clock.GetUtcNow(), Months = months, Month = null, Against = null, Before = null, YearBefore = null, Days = [], Lines = [], HasFile = false, WithAllSims = new HashSet<int>(), Revisions = [], Outlook = null, Alike = null };
        }

        var current = BillMonths.Of(shown.Month);
        var before = Find(months, current.AddMonths(-1));
        var against = query.Against is { } other ? Find(months, other) : before;
        var (first, last) = (current.AddMonths(-ForecastInput.MonthsBefore).FirstDay, current.LastDay);
        var (otherFirst, otherLast) = against is null ? (first, last) : (BillMonths.Of(against.Month).FirstDay, BillMonths.Of(against.Month).LastDay);
        var days = await db.BillDays.AsNoTracking()
            .Where(day => day.Coverage == name && day.OperatorId == shown.OperatorId && ((day.Day >= first && day.Day <= last) || (day.Day >= otherFirst && day.Day <= otherLast)))
            .OrderBy(day => day.Day).ToListAsync(cancellationToken);
        var sourced = await BillSources.ReadAsync(db, [shown, .. against is null ? Array.Empty<BillMonth>() : [against]], query.Split, cancellationToken);
        // SIMs that were not known then may be known by now.
        var names = await SimNaming.OfAsync(db, name, [.. sourced.Lines.Where(line => line.Kind == BillLineKind.Sim && !line.IsKnown).Select(line => line.Key).Distinct(StringComparer.Ordinal)], cancellationToken);
        return new BillView
        {
            At = clock.GetUtcNow(),
            Months = months,
            Month = shown,
            Against = against,
            Before = before,
            YearBefore = Find(months, current.AddMonths(-12)),
            Days = [.. days.Where(day => day.Day >= current.FirstDay && day.Day <= last && day.Currency == shown.Currency)],
            Lines = [.. sourced.Lines.Select(names.Named)],
            HasFile = sourced.Filed.Contains(shown.Month),
            WithAllSims = sourced.WithAllSims,
            Revisions = await db.BillRevisions.AsNoTracking()
                .Where(revision => revision.Coverage == name && revision.OperatorId == shown.OperatorId && revision.Month == shown.Month).OrderBy(revision => revision.Number).ToListAsync(cancellationToken),
            Outlook = OutlookOf(shown, months, days.Where(day => day.Day >= first && day.Day <= last), clock.GetUtcNow()),
            Alike = BillDays.Alike(shown, against, days),
        };
    }

    /// <summary>How fresh bills are, of each coverage that there is a credential for.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The coverages, Japan first.</returns>
    public async Task<IReadOnlyList<BillStanding>> StandingAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        var now = clock.GetUtcNow();
        await using var db = database.ForTenant(tenant.TenantId);
        var standings = await (
            from credential in db.VendorCredentials.AsNoTracking()
            join reading in db.BillReadings on new { credential.Coverage, credential.OperatorId } equals new { reading.Coverage, reading.OperatorId } into own
            from reading in own.DefaultIfEmpty()
            select new
            {
                credential.Coverage,
                Reading = reading,
                FiguresAt = db.BillMonths.Where(month => month.Coverage == credential.Coverage && month.OperatorId == credential.OperatorId)
                    .OrderByDescending(month => month.Month).Select(month => (DateTimeOffset?)month.ReadAt).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        return
        [
            .. from coverage in Enum.GetValues<SoracomCoverage>()
               from standing in standings
               where standing.Coverage == coverage.ToWireName()
               select new BillStanding(coverage, standing.Reading?.ReadAt, Enum.TryParse<VendorErrorKind>(standing.Reading?.Failure, out var kind) ? new VendorError(kind, coverage) : null)
               {
                   FiguresAt = standing.FiguresAt,
                   WholeAt = standing.Reading?.WholeAt,
                   Denied = BillingOperations.Of(standing.Reading?.Denied),
                   IsBeingRead = standing.Reading?.HeldUntil > now,
               },
        ];
    }

    /// <summary>Reads an account's bills from the vendor, where they are old, or somebody wants it all the same.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="evenIfFresh">Whether to read whatever their age.</param>
    /// <param name="cancellationToken">Cancels; what was read by then is kept.</param>
    /// <returns>How fresh they are then.</returns>
    public async Task<IReadOnlyList<BillStanding>> RefreshAsync(TenantContext tenant, SoracomCoverage coverage, bool evenIfFresh, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        await collector.CollectAsync(tenant.TenantId, coverage, new BillingWay(soracom, tenant), evenIfFresh ? null : options.Value.ReadAfter, cancellationToken);
        return await StandingAsync(tenant, cancellationToken);
    }

    /// <summary>Writes all months of all coverages as CSV, in the vendor's own words, and records it in the audit trail.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="output">What is written to; left open.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many months were written.</returns>
    public async Task<int> WriteAsync(TenantContext tenant, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.BillingRead, cancellationToken);
        var (written, outcome) = (0, AuditOutcome.Failed);
        try
        {
            await using var db = database.ForTenant(tenant.TenantId);
            var months = await db.BillMonths.AsNoTracking()
                .Where(month => db.VendorCredentials.Any(credential => credential.Coverage == month.Coverage && credential.OperatorId == month.OperatorId))
                .OrderByDescending(month => month.Month).ThenByDescending(month => month.Coverage).ToListAsync(cancellationToken);
            await using var file = CsvText.WriterTo(output);
            await file.WriteAsync(CsvText.RowWithAmounts(BillWords.Headers(words)));
            foreach (var month in months)
            {
                await file.WriteAsync(CsvText.RowWithAmounts(BillWords.Cells(month, clock.GetUtcNow())));
                written++;
            }

            await file.FlushAsync(cancellationToken);
            outcome = AuditOutcome.Succeeded;
            return written;
        }
        finally
        {
            await audit.RecordAsync(tenant, new AuditAct(AuditActions.BillsExported, outcome) { ObjectName = written.ToString(CultureInfo.InvariantCulture) }, CancellationToken.None);
        }
    }

    private static BillMonth? Find(List<BillMonth> months, YearMonth month) => months.Find(one => one.Month == month.Number());

    private static BillOutlook? OutlookOf(BillMonth month, IReadOnlyCollection<BillMonth> months, IEnumerable<BillDay> days, DateTimeOffset now)
    {
        // A month that was left at what it had come to has nothing ahead, and one that is over has not, closed or not.
        if (month.ForecastAt(now) is null || BillForecast.Of(ForecastInput.Of(month, months, days)) is not { } forecast)
        {
            return null;
        }

        Money Of(decimal amount) => new(amount, month.Currency);
        return new BillOutlook(Of(forecast.Amount), Of(forecast.Low), Of(forecast.High), forecast.Days, forecast.Ahead);
    }
}
