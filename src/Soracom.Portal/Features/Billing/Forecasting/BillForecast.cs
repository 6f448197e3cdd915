using Soracom.Api.Billing;

namespace Soracom.Portal.Features.Billing.Forecasting;

/// <summary>
/// What a month will come to: what is counted, and for each hour that is left the level of the last four weeks, the last days before all, weighed by
/// the day of the week; with what was charged by the month last time and has not been yet, the less the longer it has not. A pure function.
/// </summary>
internal static class BillForecast
{
    /// <summary>Days that make up the level; those long ago count less.</summary>
    private const int LevelDays = 28;

    /// <summary>How much less a day counts than the next one.</summary>
    private const decimal Fading = 0.85m;

    /// <summary>Fewer days say nothing.</summary>
    private const int FewestDays = 7;

    /// <summary>Weeks that the days of the week are told apart by.</summary>
    private const int Weeks = 8;

    /// <summary>A day of the week counts as usual until so many of its kind have said otherwise.</summary>
    private const decimal Doubt = 0.5m;

    /// <summary>So many deviations to either side hold eight outcomes of ten where days vary by chance alone; what the range really holds is measured over the seeded fleets.</summary>
    private const decimal Deviations = 1.28m;

    /// <summary>Days vary by this much at least: those that look alike may do so by chance.</summary>
    private const decimal LeastVariation = 0.01m;

    /// <summary>Discounts and rounding are not forecast: the range is no narrower than this share of the bill.</summary>
    private const decimal LeastSpread = 0.01m;

    /// <summary>Makes the forecast.</summary>
    /// <param name="input">What is known.</param>
    /// <returns>The forecast; null where too little is known.</returns>
    public static Forecast? Of(ForecastInput? input)
    {
        if (input is null)
        {
            return null;
        }

        var end = input.Month.End();
        if (input.AsOf >= end)
        {
            return new Forecast(input.Amount, input.Amount, input.Amount, 0, new Dictionary<DateOnly, decimal>());
        }

        var today = DateOnly.FromDateTime(input.AsOf.UtcDateTime);
        // The day that is under way, and days ahead, are no days to learn from.
        var whole = input.Days.Where(day => day.Key < today && day.Key >= today.AddDays(-7 * Weeks)).OrderByDescending(day => day.Key).ToList();
        if (whole.Count < FewestDays)
        {
            return null;
        }

        var weekdays = WeekdaysOf(whole);
        var (level, variation) = LevelOf(whole, weekdays);
        var ahead = new Dictionary<DateOnly, decimal>();
        for (var day = today < input.Month.FirstDay ? input.Month.FirstDay : today; day <= input.Month.LastDay; day = day.AddDays(1))
        {
            var usual = level * weekdays[(int)day.DayOfWeek];
            var rest = usual * LeftOf(day, input.AsOf);
            // What is charged by the day is charged when the day begins: of the one that is under way no more is to come than it leaves of a usual one.
            ahead[day] = day == today && input.Days.TryGetValue(day, out var charged) ? Math.Min(rest, Math.Max(0, usual - charged)) : rest;
        }

        var left = Math.Min(1, (decimal)(end - input.AsOf).Ticks / (end - input.Month.Start()).Ticks);
        var fixedAhead = Math.Max(0, (input.MonthlyBefore - input.MonthlyNow) ?? 0) * left * left;
        var amount = input.Amount + (input.GrossFactor * (ahead.Values.Sum() + fixedAhead));
        var spread = Math.Max(LeastSpread * decimal.Abs(amount), Deviations * input.GrossFactor * Spread(variation, DriftOf(whole, weekdays), ahead, fixedAhead));
        var smallest = SmallestOf(input.Currency);
        return new Forecast(
            Round(amount, smallest),
            Round(Math.Max(Math.Min(input.Amount, amount), amount - spread), smallest),
            Round(amount + spread, smallest),
            whole.Count,
            ahead);
    }

    /// <summary>Of each day of the week how much it is of the week around it; from Sunday on.</summary>
    private static decimal[] WeekdaysOf(IReadOnlyList<KeyValuePair<DateOnly, decimal>> days)
    {
        var known = days.ToDictionary(day => day.Key, day => day.Value);
        var shares = new List<decimal>[7];
        for (var weekday = 0; weekday < 7; weekday++)
        {
            shares[weekday] = [];
        }

        foreach (var (day, amount) in known)
        {
            var week = Enumerable.Range(-3, 7).Select(offset => known.TryGetValue(day.AddDays(offset), out var one) ? one : (decimal?)null).ToList();
            if (week.All(one => one is not null) && week.Sum() is { } sum and > 0)
            {
                shares[(int)day.DayOfWeek].Add(amount * 7 / sum);
            }
        }

        return [.. shares.Select(all => (all.Sum() + Doubt) / (all.Count + Doubt))];
    }

    /// <summary>What an average day costs now, and how much days vary around that, as a share of it.</summary>
    private static (decimal Level, decimal Variation) LevelOf(IEnumerable<KeyValuePair<DateOnly, decimal>> newestFirst, decimal[] weekdays)
    {
        var days = newestFirst.Take(LevelDays).Where(day => weekdays[(int)day.Key.DayOfWeek] > 0).ToList();
        var newest = days[0].Key;
        var weighed = days.Select(day => (Amount: day.Value / weekdays[(int)day.Key.DayOfWeek], Weight: Power(Fading, newest.DayNumber - day.Key.DayNumber))).ToList();
        var weight = weighed.Sum(day => day.Weight);
        var level = weighed.Sum(day => day.Amount * day.Weight) / weight;
        if (level <= 0)
        {
            return (0, LeastVariation);
        }

        var square = weighed.Sum(day => (day.Amount - level) * (day.Amount - level) * day.Weight) / weight / level / level;
        return (level, Math.Max(LeastVariation, Root(square)));
    }

    /// <summary>How much the level changed from the four weeks before the last to these, as a share of it; nothing where there are too few days.</summary>
    private static decimal DriftOf(List<KeyValuePair<DateOnly, decimal>> newestFirst, decimal[] weekdays)
    {
        decimal? Mean(IEnumerable<KeyValuePair<DateOnly, decimal>> days) =>
            days.Where(day => weekdays[(int)day.Key.DayOfWeek] > 0).Select(day => (decimal?)(day.Value / weekdays[(int)day.Key.DayOfWeek])).DefaultIfEmpty(null).Average();
        var (late, early) = (Mean(newestFirst.Take(LevelDays)), Mean(newestFirst.Skip(LevelDays)));
        return early is { } before and > 0 && late is { } now and > 0 ? Math.Min(1, decimal.Abs(now - before) / Math.Max(now, before)) : 0;
    }

    /// <summary>
    /// How far the rest of the month may go astray: each day by itself, all days together as far as the level is uncertain and goes on to change as it did,
    /// and what is charged by the month by half.
    /// </summary>
    private static decimal Spread(decimal variation, decimal drift, Dictionary<DateOnly, decimal> ahead, decimal fixedAhead)
    {
        var single = ahead.Sum(day => day.Value * day.Value) * variation * variation;
        var effective = (1 + Fading) / (1 - Fading);
        var all = ahead.Values.Sum();
        var (level, change) = (all * variation, all * drift * Math.Min(1, (decimal)ahead.Count / LevelDays));
        return Root(single + (level * level / effective) + (change * change)) + (fixedAhead / 2);
    }

    private static decimal LeftOf(DateOnly day, DateTimeOffset asOf)
    {
        var begins = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var gone = asOf - begins;
        return gone <= TimeSpan.Zero ? 1 : Math.Max(0, 1 - ((decimal)gone.Ticks / TimeSpan.TicksPerDay));
    }

    private static decimal SmallestOf(string currency) => currency == Currencies.Yen ? 1 : 0.01m;

    private static decimal Round(decimal amount, decimal smallest) => decimal.Round(amount / smallest, MidpointRounding.AwayFromZero) * smallest;

    private static decimal Power(decimal figure, int exponent)
    {
        var power = 1m;
        for (var count = 0; count < exponent; count++)
        {
            power *= figure;
        }

        return power;
    }

    /// <summary>The root of a share, by Newton's method: decimals have none.</summary>
    private static decimal Root(decimal square)
    {
        if (square <= 0)
        {
            return 0;
        }

        var root = square > 1 ? square : 1;
        for (var step = 0; step < 200; step++)
        {
            var next = (root + (square / root)) / 2;
            if (next >= root)
            {
                return next;
            }

            root = next;
        }

        return root;
    }
}

/// <summary>What a month will come to, coupons not taken off.</summary>
/// <param name="Amount">The likeliest, gross.</param>
/// <param name="Low">The lower end of the range that about two of three bills lie in.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Days">How many whole days it was learnt from.</param>
/// <param name="Ahead">What the days that are left, and the rest of the one that is under way, will cost, net.</param>
internal sealed record Forecast(decimal Amount, decimal Low, decimal High, int Days, IReadOnlyDictionary<DateOnly, decimal> Ahead);
