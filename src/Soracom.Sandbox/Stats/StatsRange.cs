using System.Globalization;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Stats;

internal enum StatsPeriod
{
    Month,
    Day,
    Minutes,
}

/// <summary>
/// The periods that a caller asks for: whole ones, in UTC, from the one that <c>from</c> lies in to the one of <c>to</c>. A day lies in one month, a slot of five minutes in one hour.
/// </summary>
/// <param name="Period">How long each is.</param>
/// <param name="Start">When the first begins.</param>
/// <param name="End">When the last ends.</param>
internal sealed record StatsRange(StatsPeriod Period, DateTimeOffset Start, DateTimeOffset End)
{
    public const int SlotMinutes = 5;
    public const int SlotsOfAnHour = 60 / SlotMinutes;

    private const int MonthsKept = 18;
    private const int MinuteDaysKept = 32;
    private const int SummedMonths = 3;
    private const int SummedDays = 7;

    private static readonly string[] Names = ["month", "day", "minutes"];
    private static readonly string[] SummedNames = ["month", "day"];
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The months that it touches.</summary>
    public IEnumerable<BillMonth> Months
    {
        get
        {
            for (var month = BillMonth.Of(Start); month.Start < End; month = month.Plus(1))
            {
                yield return month;
            }
        }
    }

    /// <summary>Of a single SIM. What lies beyond what is kept is left out.</summary>
    public static StatsRange OfSim(Call call) => Read(call.Query.Long("from"), call.Query.Long("to"), Choice(call, Names)).Within(call.Now);

    /// <summary>The same in the body of an export.</summary>
    public static StatsRange OfExport(Call call)
    {
        var body = call.Body.Object();
        var period = body.Choice("period", Names) ?? throw new VendorException(VendorErrors.Required, "period");
        return Read(body.Integer("from", 0, Latest), body.Integer("to", 0, Latest), period).Within(call.Now);
    }

    /// <summary>Of several SIMs: not as far back, and an error beyond.</summary>
    public static StatsRange OfSum(Call call)
    {
        var range = Read(call.Query.Long("from"), call.Query.Long("to"), Choice(call, SummedNames));
        var (earliest, words) = range.Period == StatsPeriod.Month
            ? (call.Now.AddMonths(-SummedMonths), $"{SummedMonths} months")
            : (call.Now.AddDays(-SummedDays), $"{SummedDays} days");
        return range.Start >= StartOf(range.Period, earliest)
            ? range.Within(call.Now)
            : throw new VendorException(StatsErrors.TooEarly, SummedNames[(int)range.Period], words);
    }

    /// <summary>Of a ranking: any span in milliseconds, as far as it is kept.</summary>
    public static StatsRange OfRanking(Call call)
    {
        var (from, to) = (Instant("from"), Instant("to"));
        if (from > to)
        {
            throw new VendorException(StatsErrors.Reversed);
        }

        var earliest = call.Now.AddMonths(-MonthsKept);
        return new StatsRange(StatsPeriod.Day, from > earliest ? from : earliest, to < call.Now ? to : call.Now);

        DateTimeOffset Instant(string name) => call.Query.Long(name) switch
        {
            null => throw new VendorException(VendorErrors.Required, name),
            { } value when value <= Latest * 1000 => DateTimeOffset.FromUnixTimeMilliseconds(value),
            _ => throw new VendorException(VendorErrors.OutOfRange, name, "0", (Latest * 1000).ToString(CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>What a range was written as in the key of a file.</summary>
    public static StatsRange? Parse(string text) =>
        text.Split('-') is [var name, var start, var end]
            && Array.IndexOf(Names, name) is >= 0 and var period
            && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && from <= Latest
            && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var to) && to <= Latest
            ? new StatsRange((StatsPeriod)period, DateTimeOffset.FromUnixTimeSeconds(from), DateTimeOffset.FromUnixTimeSeconds(to))
            : null;

    /// <summary>When the period begins that a time lies in.</summary>
    public DateTimeOffset PeriodOf(DateTimeOffset time) => StartOf(Period, time);

    /// <summary>A period's beginning as text.</summary>
    public string Format(DateTimeOffset start) => start.ToString(
        Period switch { StatsPeriod.Month => "yyyyMM", StatsPeriod.Day => "yyyyMMdd", _ => "yyyyMMddHHmm" }, CultureInfo.InvariantCulture);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Names[(int)Period]}-{Start.ToUnixTimeSeconds()}-{End.ToUnixTimeSeconds()}");

    private static string Choice(Call call, string[] names)
    {
        call.Query.RequiredText("period");
        return call.Query.Choice("period", names[0], names);
    }

    private static StatsRange Read(long? from, long? to, string period)
    {
        var first = Time(from, "from");
        var last = Time(to, "to");
        if (first > last)
        {
            throw new VendorException(StatsErrors.Reversed);
        }

        var kind = (StatsPeriod)Array.IndexOf(Names, period);
        return new StatsRange(kind, StartOf(kind, first), EndOf(kind, last));
    }

    private static DateTimeOffset Time(long? seconds, string name) => seconds switch
    {
        null => throw new VendorException(VendorErrors.Required, name),
        { } value when value <= Latest => DateTimeOffset.FromUnixTimeSeconds(value),
        _ => throw new VendorException(VendorErrors.OutOfRange, name, "0", Latest.ToString(CultureInfo.InvariantCulture)),
    };

    private static DateTimeOffset StartOf(StatsPeriod period, DateTimeOffset time) => period switch
    {
        StatsPeriod.Month => BillMonth.Of(time).Start,
        StatsPeriod.Day => new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero),
        _ => new DateTimeOffset(time.UtcTicks - (time.UtcTicks % (SlotMinutes * TimeSpan.TicksPerMinute)), TimeSpan.Zero),
    };

    /// <summary>The last instants that there are have no period of their own.</summary>
    private static DateTimeOffset EndOf(StatsPeriod period, DateTimeOffset time) =>
        time.UtcDateTime.Year == DateTimeOffset.MaxValue.Year ? DateTimeOffset.MaxValue : period switch
        {
            StatsPeriod.Month => BillMonth.Of(time).End,
            StatsPeriod.Day => StartOf(period, time).AddDays(1),
            _ => StartOf(period, time).AddMinutes(SlotMinutes),
        };

    private StatsRange Within(DateTimeOffset now)
    {
        var earliest = StartOf(Period, Period == StatsPeriod.Minutes ? now.AddDays(-MinuteDaysKept) : now.AddMonths(-MonthsKept));
        var latest = EndOf(Period, now);
        return this with { Start = Start > earliest ? Start : earliest, End = End < latest ? End : latest };
    }
}
