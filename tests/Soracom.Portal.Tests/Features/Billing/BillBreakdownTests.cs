using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing;
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
        from total in Ages
        from itemsAge in Ages
        from simsAge in Ages
        select (
            Counted(Month(isTold ? Smallest(amount, currency) : null, Smallest(coupon, currency), currency), total, itemsAge, simsAge),
            items.DistinctBy(line => line.Key).Select(line => Filed(In(line, currency), itemsOfFile))
                .Concat(sims.DistinctBy(line => line.Key).Select(line => Filed(In(line, currency), simsOfFile)))
                .Concat(Enumerable.Repeat(Line(BillLineKind.Item, "foreign", 1_000_000) with { Currency = currency == "JPY" ? "USD" : "JPY" }, foreign)).Select(line => line.Row()).ToList(),
            split,
            hasAllSims);

    /// <summary>Up to when something is counted: the same hour, some minutes or two days apart, or not known.</summary>
    private static Gen<DateTimeOffset?> Ages => Gen.Elements<int?>(0, 0, 0, 30, -48 * 60, 48 * 60, null).Select(minutes => minutes is { } apart ? At("2026-04-20")!.Value.AddMinutes(apart) : (DateTimeOffset?)null);

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
            if (now.IsKnown && before.IsKnown && now.IsGross == before.IsGross && now.HasItems == before.HasItems && now.ItemsOfFile == before.ItemsOfFile && now.IsGross
                && !(now.IsOfOtherTime || before.IsOfOtherTime || now.SimsAreOfOtherTime || before.SimsAreOfOtherTime || now.IsOld || before.IsOld))
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
            Assert.All(rows.Where(row => row.Row.Kind == BillRowKind.Sim && !old.ContainsKey((row.Row.Kind, row.Row.Key))), row => Assert.Equal(before.HasAllSims && !before.IsOld && before.IsKnown && now.IsKnown, row.Before is not null));
            Assert.All(rows.Where(row => !row.IsTold), row => Assert.Equal((0m, (decimal?)null), (row.Row.Amount, row.Change)));
            Assert.All(rows.Where(row => row.Row.Kind == BillRowKind.Sim && !row.IsTold), row => Assert.False(now.HasAllSims && !now.IsOld));
            if (!(now.HasAllSims && before.HasAllSims))
            {
                Assert.All(rows.Where(row => row.Row.Kind is (>= BillRowKind.Group and <= BillRowKind.Rounding)), row => Assert.Null(row.Change));
            }

            if (now.IsGross != before.IsGross)
            {
                Assert.All(rows.Where(row => row.Row.Kind is BillRowKind.Difference or BillRowKind.Coupons), row => Assert.Null(row.Before));
            }
        }).Check(Often);

    [Fact]
    public void TwoMonths_WhereTheOtherIsOlderThanItsBill_BothColumnsAddUp_AndWhatItDoesNotTellIsNotNothing() => Prop.ForAll(
        Pairs.ToArbitrary(),
        pair =>
        {
            // Of April items and SIMs were read on the fifth, and it has been closed since.
            var (may, (april, lines, _, _)) = pair;
            Counted(april, At("2026-05-01"), At("2026-04-05"), At("2026-04-05"));
            var (now, before) = (Shown(may, may.Split), BillBreakdown.Of(april, lines.Where(line => line.Source == BillLineSource.Summary), may.Split, "site", false));
            if (!now.IsKnown || !before.IsKnown)
            {
                return;
            }

            foreach (var (one, other) in new[] { (now, before), (before, now) })
            {
                foreach (var rows in new[] { BillComparison.Of(one, other), BillComparison.Shorten(BillComparison.Of(one, other), 3) })
                {
                    var (told, parts) = (other.Rows.Select(row => (row.Kind, row.Key)).ToHashSet(), other.Rows.SelectMany(row => row.Parts.Select(part => (row.Key, Part: part.Key))).ToHashSet());
                    Assert.Equal(one.Total, rows.Where(row => row.IsTold).Sum(row => row.Row.Amount));
                    Assert.Equal(one.IsGross == other.IsGross ? other.Total : other.Rows.Where(row => row.Kind < BillRowKind.Difference).Sum(row => row.Amount), rows.Sum(row => row.Before ?? 0));
                    Assert.All(rows.Where(row => row.Row.Kind is BillRowKind.Service or BillRowKind.Sim), row =>
                    {
                        Assert.Null(row.Change);
                        Assert.Equal(told.Contains((row.Row.Kind, row.Row.Key)) || (!other.IsOld && (row.Row.Kind != BillRowKind.Sim || other.HasAllSims)), row.Before is not null);
                        Assert.All(row.Parts, part => Assert.Equal(parts.Contains((row.Row.Key, part.Row.Key)) || !other.IsOld, part.Before is not null));
                        Assert.Equal(row.Parts.Sum(part => part.Before ?? 0), row.Row.Kind == BillRowKind.Service ? row.Before ?? 0 : 0);
                        Assert.All(row.Parts.Where(part => !part.IsTold), part => Assert.True(one.IsOld));
                    });
                }
            }
        }).Check(Often);

    [Fact]
    public void WhatItemsLeaveOfSims_IsThatOfOtherSims_OnlyWhereBothAreCountedToOneTime_AndIsHeldAgainstNothingOtherwise() => Prop.ForAll(
        Pairs.ToArbitrary(),
        pair =>
        {
            var (one, other) = pair;
            var split = one.Split == BillSplit.Service ? BillSplit.Sim : one.Split;
            var (now, before) = (Shown(one with { HasAllSims = true }, split), Shown(other with { HasAllSims = true }, split));

            var (apart, otherApart) = (IsApart(one), IsApart(other));
            Assert.Equal((apart, otherApart), (now.SimsAreOfOtherTime, before.SimsAreOfOtherTime));
            Assert.DoesNotContain(now.Rows, row => row.Kind == (apart ? BillRowKind.NoSim : BillRowKind.OtherTime));
            Assert.Equal(Until(one, BillLineKind.Sim) < one.Month.AsOf?.AddHours(-1) || (one.Month is { Amount: not null, AsOf: null } && Until(one, BillLineKind.Sim) is not null), now.IsOld);
            Assert.All(
                BillComparison.Of(now, before).Where(row => row.Row.Kind == BillRowKind.OtherTime || (row.Row.Kind is BillRowKind.NoSim or BillRowKind.Rounding && (apart || otherApart))),
                row => Assert.Null(row.Change));
        }).Check(Often);

    [Fact]
    public void Sims_OlderThanItems_DoNotMakeWhatWasChargedSinceThatOfOtherSims()
    {
        var month = Month(110, 0);
        (month.AsOf, month.ItemsAsOf, month.SimsAsOf) = (At("2026-04-10"), At("2026-04-10"), At("2026-04-05"));
        var lines = Lines(("a", "Air", 100m)).Append(Line(BillLineKind.Sim, "1", 40).Row()).ToList();
        static (BillRowKind, decimal)[] Rows(BillBreakdown shown) => [.. shown.Rows.Select(row => (row.Kind, row.Amount))];

        Assert.Equal([(BillRowKind.Sim, 40m), (BillRowKind.OtherTime, 60m), (BillRowKind.Difference, 10m)], Rows(BillBreakdown.Of(month, lines, BillSplit.Sim, "", true)));
        month.SimsAsOf = At("2026-04-10");
        Assert.Equal([(BillRowKind.Sim, 40m), (BillRowKind.NoSim, 60m), (BillRowKind.Difference, 10m)], Rows(BillBreakdown.Of(month, lines, BillSplit.Sim, "", true)));
        month.ItemsAsOf = At("2026-04-05");
        Assert.Equal([(BillRowKind.Sim, 40m), (BillRowKind.OtherTime, 60m), (BillRowKind.NotYet, 10m)], Rows(BillBreakdown.Of(month, lines, BillSplit.Sim, "", true)));
    }

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
        Assert.Equal((85m, null), dearest.Single(row => row.Row.Kind == BillRowKind.NoSim) is var left ? (left.Before!.Value, left.Change) : default);
        Assert.Equal([("1", 8m, 2m), ("2", 0m, 9m), ("3", 7m, -7m)], all.Where(row => row.Row.Kind == BillRowKind.Sim).Select(row => (row.Row.Key, row.Before, row.Change)));
        Assert.Equal(85m, all.Single(row => row.Row.Kind == BillRowKind.NoSim).Before);
        // Put together with others, what is not told stays so.
        Assert.Equal([(true, 9m, null), (false, 0m, 7m)], BillComparison.Shorten(dearest, 1).Where(row => row.Row.Kind == BillRowKind.OtherSims).Select(row => (row.IsTold, row.Row.Amount, row.Before)));
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
        var filed = BillBreakdown.Of(Counted(Month(100, 0), At("2026-05-01"), null, null), [(Line(BillLineKind.Item, "a", 110) with { Category = "Air", Source = BillLineSource.File }).Row(), (Line(BillLineKind.Item, "longTermDiscount", -20) with { Source = BillLineSource.File }).Row()], BillSplit.Service, "", false);
        var summed = BillBreakdown.Of(Month(100, 0), [.. Lines(("a", "Air", 110m))], BillSplit.Service, "", false);

        var rows = BillComparison.Of(summed, filed);

        Assert.Equal([(BillRowKind.Service, 110m, 0m), (BillRowKind.Discount, -20m, null), (BillRowKind.Difference, 10m, null)], rows.Select(row => (row.Row.Kind, row.Before, row.Change)));
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
        foreach (var (one, other) in new[] { (old, fresh), (fresh, old) })
        {
            var rows = BillComparison.Of(one, other);
            Assert.Equal((one.Total, other.Total), (rows.Where(row => row.IsTold).Sum(row => row.Row.Amount), rows.Sum(row => row.Before)));
            Assert.Equal(other.Rows.Select(row => (row.Kind, (decimal?)row.Amount)), rows.Where(row => row.Before is not null).Select(row => (row.Row.Kind, row.Before)));
            Assert.Equal(BillRowKind.Coupons, Assert.Single(rows, row => row.Change is not null).Row.Kind);
        }
    }

    [Fact]
    public void Rows_OfABillWithoutATime_AreOfUnknownAge_AndHeldAgainstNothing()
    {
        var (dated, undated) = (Month(110, 0), Month(110, 0));
        (dated.AsOf, dated.ItemsAsOf, dated.SimsAsOf) = (At("2026-04-10"), At("2026-04-10"), At("2026-04-10"));
        (undated.ItemsAsOf, undated.SimsAsOf) = (At("2026-04-10"), At("2026-04-10"));
        var lines = Lines(("a", "Air", 100m)).Append(Line(BillLineKind.Sim, "1", 40).Row()).ToList();
        foreach (var split in new[] { BillSplit.Service, BillSplit.Sim })
        {
            var (known, unknown) = (BillBreakdown.Of(dated, lines, split, "", true), BillBreakdown.Of(undated, lines, split, "", true));

            Assert.Equal((BillRowKind.Difference, false), (known.Rows[^1].Kind, known.IsOld));
            Assert.Equal((BillRowKind.Undated, 10m, true, null), (unknown.Rows[^1].Kind, unknown.Rows[^1].Amount, unknown.IsOld, unknown.OldFrom));
            Assert.All(BillComparison.Of(unknown, known).Concat(BillComparison.Of(known, unknown)).Where(row => row.Row.Kind is BillRowKind.Service or BillRowKind.Sim), row => Assert.Null(row.Change));
        }

        Assert.Equal((false, true), (dated.HasOldSims(), undated.HasOldSims()));
        // Without items and SIMs there is nothing that could be old.
        Assert.False(BillBreakdown.Of(Month(110, 0), [], BillSplit.Service, "", false).IsOld);
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

    private static BillMonth Counted(BillMonth month, DateTimeOffset? total, DateTimeOffset? items, DateTimeOffset? sims)
    {
        (month.AsOf, month.ItemsAsOf, month.SimsAsOf) = (total, items, sims);
        return month;
    }

    private static bool IsApart((BillMonth Month, List<BillLine> Lines, BillSplit Split, bool HasAllSims) bill) =>
        bill.Lines.Exists(line => line.Kind == BillLineKind.Item && line.Currency == bill.Month.Currency) && bill.Lines.Exists(line => line.Kind == BillLineKind.Sim)
        && (Until(bill, BillLineKind.Item) - Until(bill, BillLineKind.Sim))?.Duration() > TimeSpan.FromHours(1);

    /// <summary>A file tells a closed month: its lines are counted to the month's end.</summary>
    private static DateTimeOffset? Until((BillMonth Month, List<BillLine> Lines, BillSplit Split, bool HasAllSims) bill, BillLineKind kind) =>
        bill.Lines.Exists(line => line.Kind == kind && line.Source == BillLineSource.File) ? At("2026-05-01") : kind == BillLineKind.Item ? bill.Month.ItemsAsOf : bill.Month.SimsAsOf;

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
