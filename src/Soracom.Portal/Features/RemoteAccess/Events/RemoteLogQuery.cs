using System.Globalization;
using Soracom.Api.AuditLogs;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>What is looked for in the log of remote access. Its text form is the page's query string, so that every view is a link.</summary>
public sealed record RemoteLogQuery
{
    /// <summary>The most characters that are searched for.</summary>
    public const int MostCharacters = 100;

    /// <summary>The opener who is nobody here: of doors that were opened elsewhere, or are one of several.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>The newest events, whatever they tell.</summary>
    public static readonly RemoteLogQuery All = new();

    private const string DayFormat = "yyyy-MM-dd";
    private const string MinuteFormat = "yyyy-MM-dd'T'HH:mm";

    private static readonly TimeSpan LastMinute = new(23, 59, 0);

    /// <summary>The vendor's words, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> KnownTypes { get; } =
    [
        NapterAuditLogType.Created, NapterAuditLogType.Access, NapterAuditLogType.Connected, NapterAuditLogType.Closed,
        NapterAuditLogType.Denied, NapterAuditLogType.Refused, NapterAuditLogType.Deleted, NapterAuditLogType.Expired,
    ];

    /// <summary>Part of the SIM's name, id or IMSI; letter case makes no difference in ASCII.</summary>
    public string Sim { get; init; } = string.Empty;

    /// <summary>What the address begins with that somebody came from.</summary>
    public string Address { get; init; } = string.Empty;

    /// <summary>Ids of the people who opened the doors, and <see cref="Elsewhere"/>; anybody when empty.</summary>
    public FilterValues People { get; init; } = FilterValues.None;

    /// <summary>What happened, in the vendor's words; anything when empty.</summary>
    public FilterValues Types { get; init; } = FilterValues.None;

    /// <summary>One door; null for any.</summary>
    public Guid? Door { get; init; }

    /// <summary>The first minute, by the clocks of the tenant's time zone; null for the beginning.</summary>
    public DateTime? From { get; init; }

    /// <summary>The last minute, by the clocks of the tenant's time zone; null for now.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Shows what lies before this place in the log; the newest when null.</summary>
    public RemoteLogPlace? Before { get; init; }

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsFiltered => this with { Before = null } != All;

    /// <summary>Reads an address. What it does not know it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static RemoteLogQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new RemoteLogQuery
        {
            Sim = Short(address.Text("sim")),
            Address = Short(address.Text("address")),
            People = FilterValues.Of(address.Values("person").Select(value => value == Elsewhere ? value : Guid.TryParse(value, out var id) ? id.ToString() : string.Empty)),
            Types = FilterValues.Of(address.Values("type").Where(KnownTypes.Contains)),
            Door = Guid.TryParse(address.Text("door"), out var door) ? door : null,
            From = ParseTime(address.Text("from"), TimeSpan.Zero),
            Until = ParseTime(address.Text("until"), LastMinute),
            Before = RemoteLogPlace.Parse(address.Text("before")),
        };
    }

    /// <summary>Reads a minute, as addresses and fields write it.</summary>
    /// <param name="text">Such as 2026-11-21T13:30, or 2026-11-21.</param>
    /// <param name="ofDay">The time of day where there is none.</param>
    /// <returns>The minute; null when it is none, or before or after any that the log could know.</returns>
    public static DateTime? ParseTime(string? text, TimeSpan ofDay) =>
        DateTime.TryParseExact(text, MinuteFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var minute) && IsKnowable(minute) ? minute
        : DateTime.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsKnowable(day) ? day + ofDay
        : null;

    /// <summary>Writes a minute, as addresses and fields read it.</summary>
    /// <param name="time">The minute.</param>
    /// <returns>Such as 2026-11-21T13:30; null where there is none.</returns>
    public static string? FormatTime(DateTime? time) => time?.ToString(MinuteFormat, CultureInfo.InvariantCulture);

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("sim", Sim)
        .Add("address", Address)
        .AddAll("person", People)
        .AddAll("type", Types)
        .Add("door", Door?.ToString())
        .Add("from", FormatTime(From))
        .Add("until", FormatTime(Until))
        .Add("before", Before?.ToString())
        .ToString();

    private static bool IsKnowable(DateTime time) => time.Year is >= 2000 and < 3000;

    private static string Short(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters];
}

/// <summary>A place in the log, which runs from the newest to the oldest.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Id">Number of the row, of several at that time.</param>
public sealed record RemoteLogPlace(DateTimeOffset At, long Id)
{
    /// <summary>The place of an event.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>The place.</returns>
    public static RemoteLogPlace Of(RemoteAccessEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return new RemoteLogPlace(happened.At, happened.Id);
    }

    /// <summary>Reads a place, as addresses write it.</summary>
    /// <param name="text">Two numbers with a hyphen between.</param>
    /// <returns>The place; null when it is none.</returns>
    public static RemoteLogPlace? Parse(string? text) =>
        text?.Split('-') is [var ticks, var number]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= DateTimeOffset.MaxValue.UtcTicks
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new RemoteLogPlace(new DateTimeOffset(at, TimeSpan.Zero), id)
            : null;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}-{Id}");
}
