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
            var (content, shown) = ListAsync(accounts).GetAwaiter().GetResult();

            var told = accounts.Where(account => account.Amount is not null).ToList();
            Assert.Equal(told.GroupBy(account => account.Currency).OrderByDescending(own => own.Count()).ThenBy(own => own.Key, StringComparer.Ordinal).Select(own => own.Key), content.Currencies.Select(currency => currency.Currency));
            foreach (var currency in content.Currencies)
            {
                var own = told.Where(account => account.Currency == currency.Currency).ToList();
                var sum = own.Sum(account => account.Amount!.Value + account.Coupons);
                var coupons = own.Sum(account => account.Coupons);
                Assert.Equal((new Money(coupons, currency.Currency), new Money(own.Sum(account => account.Amount!.Value), currency.Currency)), (currency.Coupons, currency.AfterCoupons));
                Assert.Equal(own.Exists(account => account.Coupons != 0), currency.HasCoupons);
                Assert.Equal(own.Select(account => (account.Coupons, account.Amount!.Value)).Order(), currency.Bills.Select(bill => (bill.Coupons, bill.SoFar - bill.Coupons)).Order());
                Assert.Equal(new PortfolioSum(new Money(sum, currency.Currency), own.Count, own.Count), currency.SoFar);
                Assert.Equal(
                    own.GroupBy(account => account.Slug).Select(tenant => (tenant.Key, tenant.Sum(account => account.Amount!.Value + account.Coupons))).Order(),
                    currency.Bills.GroupBy(bill => bill.Tenant.Slug).Select(tenant => (tenant.Key, tenant.Sum(bill => bill.SoFar))).Order());

                // Row by row what the accounts' own pages show, and nothing beside it.
                Assert.Equal(sum, currency.Services.Sum(row => row.Amount));
                Assert.Equal(
                    own.SelectMany(account => shown[(account.Slug, account.Coverage)].Rows)
                        .Where(row => row.Kind is not (BillRowKind.Coupons or BillRowKind.Discount))
                        // Discounts that a file tells are taxes and discounts to all accounts.
                        .Concat(own.Select(account => new BillRow(BillRowKind.Difference, "", "", shown[(account.Slug, account.Coverage)].Rows.Where(row => row.Kind == BillRowKind.Discount).Sum(row => row.Amount))))
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
        from simsApart in Gen.Elements(-48, 0, 48)
        from filed in Gen.Elements(0, 0, 1, 2)
        from fileItems in (from key in Gen.Elements("a", "b", "c", "d", "e") from category in Gen.Elements("Air", "Beam", "") from cost in Amounts select new Item(key, category, cost, false)).ListOf()
        from items in (from key in Gen.Elements("a", "b", "c", "d", "e") from category in Gen.Elements("Air", "Beam", "") from cost in Amounts from isForeign in Gen.Elements(false, false, false, true) select new Item(key, category, cost, isForeign)).ListOf()
        from days in (from day in Gen.Choose(1, 28) from cost in Amounts from isForeign in Gen.Elements(false, false, false, true) select new Told(day, cost, isForeign)).ListOf()
        select new Account(slug, coverage, currency, isTold ? amount : null, coupons, apart, [.. items.DistinctBy(item => item.Key)], [.. days.DistinctBy(day => day.Day)])
        {
            SimsApart = simsApart,
            FileOf = filed,
            // An account whose file tells discounts alone has no services.
            FileItems = [.. fileItems.DistinctBy(item => item.Key).Append(new Item("f", "Funk", 1.005m, false))],
        };

    private async Task<(PortfolioBillContent Content, IReadOnlyDictionary<(string, string), BillBreakdown> Shown)> ListAsync(IEnumerable<Account> accounts)
    {
        var shown = new Dictionary<(string, string), BillBreakdown>();
        foreach (var table in (string[])["BillMonths", "BillLines", "BillDays", "BillFiles"])
        {
            await scene.TestDatabase.ExecuteAsync($"DELETE FROM {table}");
        }

        foreach (var tenant in accounts.GroupBy(account => account.Slug))
        {
            var id = await scene.TenantIdAsync(tenant.Key);
            await using var db = scene.Database.ForTenant(id);
            foreach (var account in tenant)
            {
                var operatorId = scene.Account(tenant.Key).OperatorId;
                var bill = account.Bill(id, operatorId);
                db.Add(bill);
                db.AddRange(account.Lines(id, operatorId));
                if (account.FileOf > 0)
                {
                    db.Add(account.File(id, operatorId));
                }

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
            // What each account's own page shows.
            foreach (var account in tenant)
            {
                var bill = account.Bill(id, scene.Account(tenant.Key).OperatorId);
                var sourced = await BillSources.ReadAsync(db, [bill], BillSplit.Service, Watchdog.Token);
                shown[(account.Slug, account.Coverage)] = BillBreakdown.Of(bill, sourced.Lines, BillSplit.Service, "", false);
            }
        }

        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.BillingRead, Watchdog.Token);
        return (await scene.Get<PortfolioBills>().ListAsync(portfolio, PortfolioBillQuery.Usual with { Month = BillMonths.Of(Month) }, Watchdog.Token), shown);
    }

    private sealed record Item(string Key, string Category, decimal Amount, bool IsForeign);

    private sealed record Told(int Day, decimal Amount, bool IsForeign);

    private sealed record Account(string Slug, string Coverage, string Currency, decimal? Amount, decimal Coupons, int HoursApart, IReadOnlyList<Item> Items, IReadOnlyList<Told> Days)
    {
        /// <summary>How many hours SIMs are counted further than the bill.</summary>
        public int SimsApart { get; init; }

        /// <summary>Which of the bill's amounts its detailed file is of: 1 for the one that it has; 0 where there is no file.</summary>
        public int FileOf { get; init; }

        /// <summary>What that file tells, with parts of a cent.</summary>
        public IReadOnlyList<Item> FileItems { get; init; } = [];

        public BillFile File(Guid tenantId, string operatorId) => new()
        {
            TenantId = tenantId,
            Coverage = Coverage,
            OperatorId = operatorId,
            Month = PortfolioSumTests.Month,
            Number = 1,
            Revision = FileOf,
            AskedById = Guid.Empty,
            AskedByName = "Mei",
            AskedAt = BillMonths.Of(PortfolioSumTests.Month).End(),
            State = BillFileState.Done,
            HasLines = true,
        };

        public BillMonth Bill(Guid tenantId, string operatorId) => new()
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
            SimsAsOf = BillMonths.Of(PortfolioSumTests.Month).End().AddHours(SimsApart),
            ReadAt = BillMonths.Of(PortfolioSumTests.Month).End(),
        };

        public IEnumerable<BillLine> Lines(Guid tenantId, string operatorId) =>
            Items.Select(item => Line(tenantId, operatorId, item, BillLineSource.Summary, item.Amount)).Concat(FileOf == 0 ? [] : FileItems.Select(item => Line(tenantId, operatorId, item, BillLineSource.File, item.Amount / 7)));

        private BillLine Line(Guid tenantId, string operatorId, Item item, BillLineSource source, decimal amount) => new()
        {
            TenantId = tenantId,
            Coverage = Coverage,
            OperatorId = operatorId,
            Month = PortfolioSumTests.Month,
            Kind = BillLineKind.Item,
            Source = source,
            Key = item.Key,
            Category = item.Category,
            Currency = item.IsForeign ? "XXX" : Currency,
            Amount = decimal.Round(amount, 6),
            IsKnown = false,
            Name = "",
            GroupId = "",
            GroupName = "",
            Tags = "{}",
        };
    }
}
