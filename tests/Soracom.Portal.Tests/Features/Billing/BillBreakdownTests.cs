using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Reading;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>Whatever the vendor tells, the rows add up to the bill.</summary>
public sealed class BillBreakdownTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static Gen<decimal> Amounts => Gen.Choose(-200_000, 5_000_000).Select(cents => cents / 100m);

    private static Gen<Draft> Items =>
        from amount in Amounts
        from key in Gen.Elements("a", "b", "c", "d", "e")
        from category in Gen.Elements("Air", "Beam", "")
        select Line(BillLineKind.Item, key, amount) with { Category = category };

    private static Gen<Draft> Sims =>
        from amount in Amounts
        from number in Gen.Choose(0, 30)
        from isKnown in Gen.Elements(true, false)
        from groupId in Gen.Elements("", "g1", "g2")
        from site in Gen.Elements(null, "Tokyo", "大阪")
        select Line(BillLineKind.Sim, $"{number}", amount) with
        {
            IsKnown = isKnown,
            GroupId = isKnown ? groupId : "",
            GroupName = isKnown && groupId == "g1" ? "Group one" : "",
            Tags = isKnown && site is not null ? JsonSerializer.Serialize(new { site }) : "{}",
        };

    private static Gen<(BillMonth Month, List<BillLine> Lines, BillSplit Split)> Bills =>
        from amount in Amounts
        from isTold in Gen.Elements(true, true, false)
        from coupon in Gen.Elements(0m, 0m, 12.34m)
        from items in Items.ListOf()
        from sims in Sims.ListOf()
        from foreign in Gen.Elements(0, 1)
        from split in Gen.Elements(Enum.GetValues<BillSplit>())
        select (
            Month(isTold ? amount : null, coupon),
            items.DistinctBy(line => line.Key).Concat(sims.DistinctBy(line => line.Key)).Concat(Enumerable.Repeat(Line(BillLineKind.Item, "yen", 1_000_000) with { Currency = "JPY" }, foreign)).Select(line => line.Row()).ToList(),
            split);

    [Fact]
    public void Rows_AddUpToTheBill_AndPartsToTheirRow() => Prop.ForAll(
        Bills.ToArbitrary(),
        bill =>
        {
            var shown = BillBreakdown.Of(bill.Month, bill.Lines, bill.Split, "site");

            var own = bill.Lines.Where(line => line.Currency == "USD").ToLookup(line => line.Kind, line => line.Amount);
            var net = own[BillLineKind.Item].Any() || bill.Split == BillSplit.Service ? own[BillLineKind.Item].Sum() : own[BillLineKind.Sim].Sum();
            Assert.Equal(bill.Month.Amount ?? net, shown.Total);
            Assert.All(shown.Rows.Where(row => row.Parts.Count > 0), row => Assert.Equal(row.Amount, row.Parts.Sum(part => part.Amount)));
            Assert.Equal(shown.Rows.Count, shown.Rows.DistinctBy(row => (row.Kind, row.Key)).Count());
            Assert.DoesNotContain(shown.Rows, row => row.Kind >= BillRowKind.NoSim && row.Amount == 0);
        }).Check(Often);

    [Fact]
    public void TwoMonths_ChangesAddUpToTheChangeOfTheBill() => Prop.ForAll(
        Bills.ToArbitrary(),
        Bills.ToArbitrary(),
        (one, other) =>
        {
            var (now, before) = (BillBreakdown.Of(one.Month, one.Lines, one.Split, "site"), BillBreakdown.Of(other.Month, other.Lines, one.Split, "site"));

            var rows = BillComparison.Of(now, before);

            Assert.Equal(now.Total, rows.Sum(row => row.Row.Amount));
            if (now.Rows.Concat(before.Rows).Any(row => row.Kind == BillRowKind.Unknown))
            {
                Assert.All(rows, row => Assert.Null(row.Before));
            }
            else
            {
                Assert.All(rows, row => Assert.NotNull(row.Before));
                Assert.Equal(before.Total, rows.Sum(row => row.Before));
                Assert.Equal(now.Total - before.Total, rows.Sum(row => row.Change));
            }
        }).Check(Often);

    [Fact]
    public void Services_AreTheDearestFirst_WithTaxAndCouponsAsLinesOfTheirOwn()
    {
        var month = Month(107.50m, 2.50m);

        var shown = BillBreakdown.Of(month, [.. Lines(("a", "Beam", 20m), ("b", "Air", 50m), ("c", "Air", 30m))], BillSplit.Service, "");

        Assert.Equal(
            [(BillRowKind.Service, "Air", 80m), (BillRowKind.Service, "Beam", 20m), (BillRowKind.Difference, "", 10m), (BillRowKind.Coupons, "", -2.50m)],
            shown.Rows.Select(row => (row.Kind, row.Key, row.Amount)));
        Assert.Equal(["b", "c"], shown.Rows[0].Parts.Select(part => part.Key));
    }

    [Fact]
    public void Groups_TellWhatBelongsToNone()
    {
        var known = Line(BillLineKind.Sim, "1", 10) with { IsKnown = true, GroupId = "g1", GroupName = "Pumps" };
        BillLine[] lines =
        [
            .. Lines(("a", "Air", 100m)),
            known.Row(),
            (known with { Key = "2", Amount = 5 }).Row(),
            (known with { Key = "3", GroupId = "", GroupName = "", Amount = 7 }).Row(),
            (Line(BillLineKind.Sim, "4", 3)).Row(),
        ];

        var shown = BillBreakdown.Of(Month(110, 0), lines, BillSplit.Group, "");

        Assert.Equal(
            [(BillRowKind.Group, "Pumps", 15m, 2), (BillRowKind.NoGroup, "", 7m, 1), (BillRowKind.UnknownSims, "", 3m, 1), (BillRowKind.NoSim, "", 75m, 0), (BillRowKind.Difference, "", 10m, 0)],
            shown.Rows.Select(row => (row.Kind, row.Name, row.Amount, row.Sims)));
    }

    [Fact]
    public void WithoutLines_AllOfItIsOneRow_AndNothingIsHeldAgainstIt()
    {
        var old = BillBreakdown.Of(Month(50, 0), [], BillSplit.Service, "");
        var now = BillBreakdown.Of(Month(60, 0), [.. Lines(("a", "Air", 60m))], BillSplit.Service, "");

        Assert.Equal([(BillRowKind.Unknown, 50m)], old.Rows.Select(row => (row.Kind, row.Amount)));
        Assert.All(BillComparison.Of(now, old), row => Assert.Null(row.Before));
        Assert.All(BillComparison.Of(now, old with { Currency = "JPY" }), row => Assert.Null(row.Before));
    }

    [Fact]
    public void Money_OfDifferentCurrencies_IsNeverAddedNorCompared()
    {
        var (yen, dollars) = (new Money(100, "JPY"), new Money(1.5m, "USD"));

        Assert.Throws<CurrencyMismatchException>(() => yen + dollars);
        Assert.Throws<CurrencyMismatchException>(() => yen - dollars);
        Assert.Throws<CurrencyMismatchException>(() => yen < dollars);
        Assert.Equal([new Money(200, "JPY"), new Money(1.5m, "USD")], Money.Totals([yen, dollars, yen]));
        Assert.Equal(new Money(-100, "JPY"), -yen);
        Assert.True(yen >= Money.None("JPY"));
    }

    private static IEnumerable<BillLine> Lines(params (string Key, string Category, decimal Amount)[] items) =>
        items.Select(item => (Line(BillLineKind.Item, item.Key, item.Amount) with { Category = item.Category }).Row());

    private static Draft Line(BillLineKind kind, string key, decimal amount) => new(kind, key, amount);

    private static BillMonth Month(decimal? amount, decimal coupon) => new()
    {
        TenantId = Guid.Empty,
        Coverage = "g",
        OperatorId = "OP",
        Month = 202604,
        Currency = "USD",
        Amount = amount,
        CouponAmount = coupon,
        Stage = BillStage.Preliminary,
        PaymentStatus = "",
        PaymentTransactionId = "",
        ReadAt = ManualTime.Start,
    };

    private sealed record Draft(BillLineKind Kind, string Key, decimal Amount)
    {
        public string Category { get; init; } = "";

        public string Currency { get; init; } = "USD";

        public bool IsKnown { get; init; }

        public string GroupId { get; init; } = "";

        public string GroupName { get; init; } = "";

        public string Tags { get; init; } = "{}";

        public BillLine Row() => new()
        {
            TenantId = Guid.Empty,
            Coverage = "g",
            OperatorId = "OP",
            Month = 202604,
            Kind = Kind,
            Key = Key,
            Category = Category,
            Currency = Currency,
            Amount = Amount,
            IsKnown = IsKnown,
            Name = "",
            GroupId = GroupId,
            GroupName = GroupName,
            Tags = Tags,
        };
    }
}
