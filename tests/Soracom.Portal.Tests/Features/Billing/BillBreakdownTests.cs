using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Collecting;
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

    private static Gen<(BillMonth Month, List<BillLine> Lines, BillSplit Split, bool HasAllSims)> Bills => BillsIn(Gen.Elements("JPY", "USD", "EUR"));

    private static Gen<(BillMonth Month, List<BillLine> Lines, BillSplit Split, bool HasAllSims)> BillsIn(Gen<string> currencies) =>
        from currency in currencies
        from amount in Amounts
        from isTold in Gen.Elements(true, true, false)
        from coupon in Gen.Elements(0m, 0m, 12.34m)
        from items in Items.ListOf()
        from sims in Sims.ListOf()
        from foreign in Gen.Elements(0, 1)
        from split in Gen.Elements(Enum.GetValues<BillSplit>())
        from itemsOfFile in Gen.Elements(true, false)
        from simsOfFile in Gen.Elements(true, false)
        from hasAllSims in Gen.Elements(true, false)
        select (
            Month(isTold ? Smallest(amount, currency) : null, Smallest(coupon, currency), currency),
            items.DistinctBy(line => line.Key).Select(line => Filed(In(line, currency), itemsOfFile))
                .Concat(sims.DistinctBy(line => line.Key).Select(line => Filed(In(line, currency), simsOfFile)))
                .Concat(Enumerable.Repeat(Line(BillLineKind.Item, "foreign", 1_000_000) with { Currency = currency == "JPY" ? "USD" : "JPY" }, foreign)).Select(line => line.Row()).ToList(),
            split,
            hasAllSims);

    /// <summary>Two months of one account; it is billed in one currency.</summary>
    private static Gen<((BillMonth Month, List<BillLine> Lines, BillSplit Split, bool HasAllSims) One, (BillMonth Month, List<BillLine> Lines, BillSplit Split, bool HasAllSims) Other)> Pairs =>
        from currency in Gen.Elements("JPY", "USD", "EUR")
        from one in BillsIn(Gen.Constant(currency))
        from other in BillsIn(Gen.Constant(currency))
        select (one, other);

    [Fact]
    public void TwoMonthsInDifferentCurrencies_AreNeverHeldAgainstEachOther() => Prop.ForAll(
        BillsIn(Gen.Elements("JPY", "EUR")).ToArbitrary(),
        BillsIn(Gen.Constant("USD")).ToArbitrary(),
        (one, other) => Assert.All(BillComparison.Of(Shown(one, one.Split), Shown(other, one.Split)), row => Assert.Null(row.Before))).Check(Often);

    [Fact]
    public void Rows_AddUpToTheBill_AndPartsToTheirRow() => Prop.ForAll(
        Bills.ToArbitrary(),
        bill =>
        {
            var shown = Shown(bill, bill.Split);

            var own = bill.Lines.Where(line => line.Currency == bill.Month.Currency).ToLookup(line => line.Kind);
            var net = own[BillLineKind.Item].Any() || bill.Split == BillSplit.Service ? own[BillLineKind.Item].Sum(Told) : shown.Total;
            Assert.Equal(bill.Month.Amount ?? net, shown.Total);
            Assert.All(shown.Rows.Where(row => row.Parts.Count > 0), row => Assert.Equal(row.Amount, row.Parts.Sum(part => part.Amount)));
            Assert.All(shown.Rows, row => Assert.Equal(decimal.Round(row.Amount, bill.Month.Currency == "JPY" ? 0 : 2), row.Amount));
            Assert.Equal(shown.Rows.Count, shown.Rows.DistinctBy(row => (row.Kind, row.Key)).Count());
            Assert.DoesNotContain(shown.Rows, row => row.Kind >= BillRowKind.NoSim && row.Amount == 0);
        }).Check(Often);

    [Fact]
    public void TwoMonthsThatTellAll_ChangesAddUpToTheChangeOfTheBill() => Prop.ForAll(
        Pairs.ToArbitrary(),
        pair =>
        {
            var (one, other) = pair;
            var (now, before) = (Shown(one with { HasAllSims = true }, one.Split), Shown(other with { HasAllSims = true }, one.Split));

            var rows = BillComparison.Of(now, before);

            Assert.Equal(now.Total, rows.Sum(row => row.Row.Amount));
            if (now.IsKnown && before.IsKnown && now.IsGross == before.IsGross && now.HasItems == before.HasItems && now.ItemsOfFile == before.ItemsOfFile && now.IsGross)
            {
                Assert.All(rows, row => Assert.NotNull(row.Before));
                Assert.Equal(before.Total, rows.Sum(row => row.Before));
                Assert.Equal(now.Total - before.Total, rows.Sum(row => row.Change));
            }
        }).Check(Often);

    [Fact]
    public void TwoMonths_WhatIsNotToldOfOne_IsNeverTakenForNothing() => Prop.ForAll(
        Pairs.ToArbitrary(),
        pair =>
        {
            var (one, other) = pair;
            var (now, before) = (Shown(one, one.Split), Shown(other, one.Split));

            var rows = BillComparison.Of(now, before);

            // What it is held against is what the other month told, or nothing where all of it is known not to be there.
            var old = before.Rows.ToDictionary(row => (row.Kind, row.Key), row => row.Amount);
            Assert.All(rows.Where(row => row.Before is not null), row => Assert.Equal(old.GetValueOrDefault((row.Row.Kind, row.Row.Key)), row.Before));
            Assert.All(rows.Where(row => row.Row.Kind == BillRowKind.Sim && !old.ContainsKey((row.Row.Kind, row.Row.Key))), row => Assert.Equal(before.HasAllSims && before.IsKnown && now.IsKnown, row.Before is not null));
            Assert.All(rows.Where(row => !row.IsTold), row => Assert.Equal((BillRowKind.Sim, 0m, (decimal?)null, false), (row.Row.Kind, row.Row.Amount, row.Change, now.HasAllSims)));
            if (!(now.HasAllSims && before.HasAllSims))
            {
                Assert.All(rows.Where(row => row.Row.Kind is (>= BillRowKind.Group and <= BillRowKind.Rounding)), row => Assert.Null(row.Before));
            }

            if (now.IsGross != before.IsGross)
            {
                Assert.All(rows.Where(row => row.Row.Kind is BillRowKind.Difference or BillRowKind.Coupons), row => Assert.Null(row.Before));
            }
        }).Check(Often);

    [Fact]
    public void ASimOutsideTheDearest_IsNotTold_UnlessAListIsOfAllSims()
    {
        var items = Lines(("a", "Air", 100m)).ToList();
        BillBreakdown Of(bool hasAllSims, params (string Key, decimal Amount)[] sims) =>
            BillBreakdown.Of(Month(110, 0), [.. items, .. sims.Select(sim => Line(BillLineKind.Sim, sim.Key, sim.Amount).Row())], BillSplit.Sim, "", hasAllSims);

        var dearest = BillComparison.Of(Of(false, ("1", 10), ("2", 9)), Of(false, ("1", 8), ("3", 7)));
        var all = BillComparison.Of(Of(true, ("1", 10), ("2", 9)), Of(true, ("1", 8), ("3", 7)));

        Assert.Equal([("1", 8m, 2m), ("2", null, null), ("3", 7m, null)], dearest.Where(row => row.Row.Kind == BillRowKind.Sim).Select(row => (row.Row.Key, row.Before, row.Change)));
        Assert.Equal([true, true, false], dearest.Where(row => row.Row.Kind == BillRowKind.Sim).Select(row => row.IsTold));
        Assert.Null(dearest.Single(row => row.Row.Kind == BillRowKind.NoSim).Before);
        Assert.Equal([("1", 8m, 2m), ("2", 0m, 9m), ("3", 7m, -7m)], all.Where(row => row.Row.Kind == BillRowKind.Sim).Select(row => (row.Row.Key, row.Before, row.Change)));
        Assert.Equal(85m, all.Single(row => row.Row.Kind == BillRowKind.NoSim).Before);
        // Put together with others, what is not told stays so.
        Assert.Null(BillComparison.Shorten(dearest, 1).Single(row => row.Row.Kind == BillRowKind.OtherSims).Before);
    }

    [Fact]
    public void AnAmountOfAFile_IsRoundedUp_AndWhatThatMakesOfManySimsIsALineOfItsOwn()
    {
        BillLine[] lines =
        [
            (Line(BillLineKind.Item, "a", 10.001m) with { Category = "Air", Source = BillLineSource.File }).Row(),
            (Line(BillLineKind.Item, "longTermDiscount", -2.505m) with { Source = BillLineSource.File }).Row(),
            (Line(BillLineKind.Item, "lessThanACent", -0.004m) with { Source = BillLineSource.File }).Row(),
            .. Enumerable.Range(1, 100).Select(number => (Line(BillLineKind.Sim, $"{number}", 0.0901m) with { Source = BillLineSource.File, IsKnown = true, GroupId = "g" }).Row()),
        ];

        var services = BillBreakdown.Of(Month(7.51m, 0), lines, BillSplit.Service, "", true);
        var sims = BillBreakdown.Of(Month(7.51m, 0), lines, BillSplit.Sim, "", true);
        var groups = BillBreakdown.Of(Month(7.51m, 0), lines, BillSplit.Group, "", true);

        Assert.Equal([(BillRowKind.Service, 10.01m), (BillRowKind.Discount, -2.50m)], services.Rows.Select(row => (row.Kind, row.Amount)));
        Assert.Equal([(BillRowKind.Sim, 10m), (BillRowKind.NoSim, 1m), (BillRowKind.Rounding, -0.99m), (BillRowKind.Discount, -2.50m)], sims.Rows.GroupBy(row => row.Kind).Select(kind => (kind.Key, kind.Sum(row => row.Amount))));
        Assert.Equal([(BillRowKind.Group, 9.01m), (BillRowKind.NoSim, 1m), (BillRowKind.Discount, -2.50m)], groups.Rows.Select(row => (row.Kind, row.Amount)));
    }

    [Theory]
    [InlineData("0.001", "USD", "0.01")]
    [InlineData("0.011", "EUR", "0.02")]
    [InlineData("12.34", "USD", "12.34")]
    [InlineData("-0.019", "USD", "-0.01")]
    [InlineData("0.1", "JPY", "1")]
    [InlineData("100", "JPY", "100")]
    [InlineData("-12.3", "JPY", "-12")]
    public void Amounts_AreRoundedUp_ToTheYenOrTheCent(string exact, string currency, string told) =>
        Assert.Equal(decimal.Parse(told, CultureInfo.InvariantCulture), BillAmounts.RoundedUp(decimal.Parse(exact, CultureInfo.InvariantCulture), currency));

    [Fact]
    public void ADiscountThatAFileTells_IsNoChangeAgainstAMonthThatASummaryTells()
    {
        var filed = BillBreakdown.Of(Month(100, 0), [(Line(BillLineKind.Item, "a", 110) with { Category = "Air", Source = BillLineSource.File }).Row(), (Line(BillLineKind.Item, "longTermDiscount", -20) with { Source = BillLineSource.File }).Row()], BillSplit.Service, "", false);
        var summed = BillBreakdown.Of(Month(100, 0), [.. Lines(("a", "Air", 110m))], BillSplit.Service, "", false);

        var rows = BillComparison.Of(summed, filed);

        Assert.Equal([(BillRowKind.Service, 110m), (BillRowKind.Difference, null)], rows.Select(row => (row.Row.Kind, row.Before)));
        Assert.Equal(BillRowKind.Discount, Assert.Single(BillComparison.Of(filed, summed), row => row.Before is null && row.Row.Amount == -20).Row.Kind);
        Assert.All(BillComparison.Of(filed, filed), row => Assert.Equal(0, row.Change));
    }

    [Fact]
    public void Services_AreTheDearestFirst_WithTaxAndCouponsAsLinesOfTheirOwn()
    {
        var month = Month(107.50m, 2.50m);

        var shown = BillBreakdown.Of(month, [.. Lines(("a", "Beam", 20m), ("b", "Air", 50m), ("c", "Air", 30m))], BillSplit.Service, "", false);

        Assert.Equal(
            [(BillRowKind.Service, "Air", 80m), (BillRowKind.Service, "Beam", 20m), (BillRowKind.Difference, "", 10m), (BillRowKind.Coupons, "", -2.50m)],
            shown.Rows.Select(row => (row.Kind, row.Key, row.Amount)));
        Assert.Equal(["b", "c"], shown.Rows[0].Parts.Select(part => part.Key));
    }

    [Fact]
    public void Rows_OlderThanTheBill_LeaveWhatIsNotBrokenDownYet_WhichIsHeldAgainstNothing()
    {
        BillMonth Read(string? items, string? sims)
        {
            var month = Month(107.50m, 2.50m);
            (month.AsOf, month.ItemsAsOf, month.SimsAsOf) = (At("2026-04-10")!.Value, At(items), At(sims));
            return month;
        }

        var lines = Lines(("a", "Air", 50m)).Append(Line(BillLineKind.Sim, "1", 40).Row()).ToList();
        BillBreakdown Of(BillMonth month, BillSplit split = BillSplit.Service, bool withItems = true) =>
            BillBreakdown.Of(month, lines.Where(line => withItems || line.Kind != BillLineKind.Item), split, "", false);
        static (BillRowKind, decimal) Left(BillBreakdown shown) => shown.Rows.Where(row => row.Kind is BillRowKind.Difference or BillRowKind.NotYet).Select(row => (row.Kind, row.Amount)).Single();
        var (old, fresh) = (Of(Read("2026-04-05", "2026-04-10")), Of(Read("2026-04-10", "2026-04-05")));

        Assert.Equal((BillRowKind.NotYet, 60m), Left(old));
        Assert.Equal((BillRowKind.NotYet, 60m), Left(Of(Read("2026-04-05", "2026-04-10"), BillSplit.Sim)));
        Assert.Equal((BillRowKind.Difference, 60m), Left(fresh));
        Assert.Equal((BillRowKind.Difference, 60m), Left(Of(Read("2026-04-10", "2026-04-05"), BillSplit.Sim)));
        Assert.Equal((BillRowKind.NotYet, 70m), Left(Of(Read(null, "2026-04-05"), BillSplit.Sim, withItems: false)));
        Assert.All([old, fresh], shown => Assert.Equal(107.50m, shown.Total));
        Assert.All(
            BillComparison.Of(old, fresh).Concat(BillComparison.Of(fresh, old)),
            row => Assert.Equal(row.Row.Kind is BillRowKind.Difference or BillRowKind.NotYet ? null : row.Row.Amount, row.Before));
    }

    [Theory]
    [InlineData(0, BillRowKind.Difference)]
    [InlineData(60, BillRowKind.Difference)]
    [InlineData(61, BillRowKind.NotYet)]
    public void Rows_CountedWithinAnHourOfTheBill_AreAsOldAsItIs(int minutes, BillRowKind left)
    {
        var month = Month(110, 0);
        month.AsOf = At("2026-04-10");
        (month.ItemsAsOf, month.SimsAsOf) = (month.AsOf - TimeSpan.FromMinutes(minutes), month.AsOf - TimeSpan.FromMinutes(minutes));

        Assert.Equal(left, BillBreakdown.Of(month, [.. Lines(("a", "Air", 100m))], BillSplit.Service, "", false).Rows[^1].Kind);
        Assert.Equal(left, BillBreakdown.Of(month, [Line(BillLineKind.Sim, "1", 40).Row()], BillSplit.Sim, "", false).Rows[^1].Kind);
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

        var shown = BillBreakdown.Of(Month(110, 0), lines, BillSplit.Group, "", false);

        Assert.Equal(
            [(BillRowKind.Group, "Pumps", 15m, 2), (BillRowKind.NoGroup, "", 7m, 1), (BillRowKind.UnknownSims, "", 3m, 1), (BillRowKind.NoSim, "", 75m, 0), (BillRowKind.Difference, "", 10m, 0)],
            shown.Rows.Select(row => (row.Kind, row.Name, row.Amount, row.Sims)));
    }

    [Fact]
    public void WithoutLines_AllOfItIsOneRow_AndNothingIsHeldAgainstIt()
    {
        var old = BillBreakdown.Of(Month(50, 0), [], BillSplit.Service, "", false);
        var now = BillBreakdown.Of(Month(60, 0), [.. Lines(("a", "Air", 60m))], BillSplit.Service, "", false);

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

    private static DateTimeOffset? At(string? day) => day is null ? null : DateTimeOffset.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>As a detailed file tells it: with parts of a cent.</summary>
    private static Draft Filed(Draft line, bool isFiled) => isFiled ? line with { Source = BillLineSource.File, Amount = line.Amount / 7 } : line;

    /// <summary>As many decimals as the currency has.</summary>
    private static decimal Smallest(decimal amount, string currency) => currency == "JPY" ? decimal.Truncate(amount) : amount;

    private static Draft In(Draft line, string currency) => line with { Currency = currency, Amount = Smallest(line.Amount, currency) };

    private static decimal Told(BillLine line) => line.Source != BillLineSource.File ? line.Amount : line.Currency == "JPY" ? decimal.Ceiling(line.Amount) : decimal.Ceiling(line.Amount * 100) / 100;

    private static BillBreakdown Shown((BillMonth Month, List<BillLine> Lines, BillSplit Split, bool HasAllSims) bill, BillSplit split) => BillBreakdown.Of(bill.Month, bill.Lines, split, "site", bill.HasAllSims);

    private static Draft Line(BillLineKind kind, string key, decimal amount) => new(kind, key, amount);

    private static BillMonth Month(decimal? amount, decimal coupon, string currency = "USD") => new()
    {
        TenantId = Guid.Empty,
        Coverage = "g",
        OperatorId = "OP",
        Month = 202604,
        Currency = currency,
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

        public BillLineSource Source { get; init; }

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
            Source = Source,
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
