using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Billing;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>Whatever the vendor tells of several accounts, what is shown of all of them is the sum of what is shown of each, in each currency.</summary>
public sealed class PortfolioSumTests : IAsyncLifetime
{
    private const int Month = 202602;

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(40);

    private PortalScene scene = null!;
    private SignedIn person = null!;

    private static Gen<decimal> Amounts => Gen.Choose(-20_000, 500_000).Select(cents => cents / 100m);

    private static Gen<List<Account>> Accounts =>
        from first in One(PortalScene.Aoba, "jp")
        from second in One(PortalScene.Aoba, "g")
        from third in One(PortalScene.Nagisa, "jp")
        select new List<Account> { first, second, third };

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        scene.Clock.Advance(TimeSpan.FromDays(9.5));
        person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Owner);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public void All_IsTheSumOfEach_AndServicesAndDaysAddUpToIt() => Prop.ForAll(
        Accounts.ToArbitrary(),
        accounts =>
        {
            // The property is checked one case after another, and each has the database to itself.
            var content = ListAsync(accounts).GetAwaiter().GetResult();

            var told = accounts.Where(account => account.Amount is not null).ToList();
            Assert.Equal(told.Select(account => account.Currency).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), content.Currencies.Select(currency => currency.Currency));
            foreach (var currency in content.Currencies)
            {
                var own = told.Where(account => account.Currency == currency.Currency).ToList();
                var sum = own.Sum(account => account.Amount!.Value + account.Coupons);
                Assert.Equal(new PortfolioSum(new Money(sum, currency.Currency), own.Count, own.Count), currency.SoFar);
                Assert.Equal(
                    own.GroupBy(account => account.Slug).Select(tenant => (tenant.Key, tenant.Sum(account => account.Amount!.Value + account.Coupons))).Order(),
                    currency.Bills.GroupBy(bill => bill.Tenant.Slug).Select(tenant => (tenant.Key, tenant.Sum(bill => bill.SoFar))).Order());

                // Row by row what the accounts' own pages show, and nothing beside it.
                Assert.Equal(sum, currency.Services.Sum(row => row.Amount));
                Assert.Equal(
                    own.SelectMany(account => BillBreakdown.Of(account.Bill(Guid.Empty), account.Lines(Guid.Empty), BillSplit.Service, "", false).Rows).Where(row => row.Kind != BillRowKind.Coupons)
                        .GroupBy(row => (row.Kind, row.Key)).Select(row => (row.Key.Kind, row.Key.Key, row.Sum(one => one.Amount))).Where(row => row.Kind == BillRowKind.Service || row.Item3 != 0).Order(),
                    currency.Services.Select(row => (row.Kind, row.Key, row.Amount)).Order());

                var days = own.SelectMany(account => account.Days.Where(day => !day.IsForeign)).ToList();
                Assert.Equal(
                    days.GroupBy(day => day.Day).OrderBy(day => day.Key).Select(day => (day.Key, (decimal?)day.Sum(one => one.Amount), day.Count())),
                    currency.Days.Where(day => day.Amount is not null).Select(day => (day.Day.Day, day.Amount, day.Accounts)));
                Assert.Equal(sum, currency.DaysNet + currency.BesideDays);
                Assert.Equal(days.Sum(day => day.Amount), currency.DaysNet);
            }
        }).Check(Often);

    private static Gen<Account> One(string slug, string coverage) =>
        from currency in Gen.Elements("JPY", "USD", "EUR")
        from amount in Amounts
        from isTold in Gen.Elements(true, true, true, false)
        from coupons in Gen.Elements(0m, 0m, 12.34m)
        from apart in Gen.Elements(-48, 0, 48)
        from items in (from key in Gen.Elements("a", "b", "c", "d", "e") from category in Gen.Elements("Air", "Beam", "") from cost in Amounts from isForeign in Gen.Elements(false, false, false, true) select new Item(key, category, cost, isForeign)).ListOf()
        from days in (from day in Gen.Choose(1, 28) from cost in Amounts from isForeign in Gen.Elements(false, false, false, true) select new Told(day, cost, isForeign)).ListOf()
        select new Account(slug, coverage, currency, isTold ? amount : null, coupons, apart, [.. items.DistinctBy(item => item.Key)], [.. days.DistinctBy(day => day.Day)]);

    private async Task<PortfolioBillContent> ListAsync(IEnumerable<Account> accounts)
    {
        foreach (var table in (string[])["BillMonths", "BillLines", "BillDays"])
        {
            await scene.TestDatabase.ExecuteAsync($"DELETE FROM {table}");
        }

        foreach (var tenant in accounts.GroupBy(account => account.Slug))
        {
            var id = await scene.TenantIdAsync(tenant.Key);
            await using var db = scene.Database.ForTenant(id);
            foreach (var account in tenant)
            {
                var (bill, operatorId) = (account.Bill(id), scene.Account(tenant.Key).OperatorId);
                db.Add(account.Bill(id, operatorId));
                db.AddRange(account.Lines(id, operatorId));
                db.AddRange(account.Days.Select(day => new BillDay
                {
                    TenantId = id,
                    Coverage = bill.Coverage,
                    OperatorId = operatorId,
                    Day = new DateOnly(Month / 100, Month % 100, day.Day),
                    Currency = day.IsForeign ? "XXX" : account.Currency,
                    Amount = day.Amount,
                }));
            }

            await db.SaveChangesAsync(Watchdog.Token);
        }

        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
        return await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Usual with { Month = BillMonths.Of(Month) }, Watchdog.Token);
    }

    private sealed record Item(string Key, string Category, decimal Amount, bool IsForeign);

    private sealed record Told(int Day, decimal Amount, bool IsForeign);

    private sealed record Account(string Slug, string Coverage, string Currency, decimal? Amount, decimal Coupons, int HoursApart, IReadOnlyList<Item> Items, IReadOnlyList<Told> Days)
    {
        public BillMonth Bill(Guid tenantId, string operatorId = "") => new()
        {
            TenantId = tenantId,
            Coverage = Coverage,
            OperatorId = operatorId,
            Month = PortfolioSumTests.Month,
            Currency = Currency,
            Amount = Amount,
            CouponAmount = Coupons,
            Stage = BillStage.Final,
            Revision = 1,
            PaymentStatus = "",
            PaymentTransactionId = "",
            AsOf = BillMonths.Of(PortfolioSumTests.Month).End(),
            ItemsAsOf = BillMonths.Of(PortfolioSumTests.Month).End().AddHours(HoursApart),
            ReadAt = BillMonths.Of(PortfolioSumTests.Month).End(),
        };

        public IEnumerable<BillLine> Lines(Guid tenantId, string operatorId = "") => Items.Select(item => new BillLine
        {
            TenantId = tenantId,
            Coverage = Coverage,
            OperatorId = operatorId,
            Month = PortfolioSumTests.Month,
            Kind = BillLineKind.Item,
            Key = item.Key,
            Category = item.Category,
            Currency = item.IsForeign ? "XXX" : Currency,
            Amount = item.Amount,
            IsKnown = false,
            Name = "",
            GroupId = "",
            GroupName = "",
            Tags = "{}",
        });
    }
}
