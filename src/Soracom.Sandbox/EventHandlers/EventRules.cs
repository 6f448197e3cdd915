using System.Collections.Frozen;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>What a rule about traffic or charges adds up, and for whom.</summary>
internal enum EventSum
{
    Day,
    Month,
    Ever,
    Charges,
}

/// <summary>A rule that is looked at from time to time.</summary>
/// <param name="Sum">What it is about.</param>
/// <param name="IsForEachSim">Whether each SIM is measured by itself, or all of the target together.</param>
internal sealed record SumRule(EventSum Sum, bool IsForEachSim)
{
    /// <summary>Whether it has no limit and is about a SIM's very first traffic.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>When rules hold, as tables. Which properties a rule has, <see cref="EventKinds"/> tells.</summary>
internal static class EventRules
{
    private const string Session = "SubscriberSessionStatusRule";

    private static readonly FrozenDictionary<string, SumRule> Sums = new Dictionary<string, SumRule>(StringComparer.Ordinal)
    {
        ["SubscriberFirstTrafficRule"] = new(EventSum.Ever, IsForEachSim: true) { IsFirst = true },
        ["SubscriberDailyTrafficRule"] = new(EventSum.Day, IsForEachSim: true),
        ["SubscriberMonthlyTrafficRule"] = new(EventSum.Month, IsForEachSim: true),
        ["SubscriberCumulativeTrafficRule"] = new(EventSum.Ever, IsForEachSim: true),
        ["SimDailyTotalTrafficRule"] = new(EventSum.Day, IsForEachSim: true),
        ["SimMonthlyTotalTrafficRule"] = new(EventSum.Month, IsForEachSim: true),
        ["SimCumulativeTotalTrafficRule"] = new(EventSum.Ever, IsForEachSim: true),
        ["DailyTotalTrafficRule"] = new(EventSum.Day, IsForEachSim: false),
        ["MonthlyTotalTrafficRule"] = new(EventSum.Month, IsForEachSim: false),
        ["MonthlyChargeRule"] = new(EventSum.Charges, IsForEachSim: false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<EventPart, SimNews, string, bool>> OfNews = new Dictionary<string, Func<EventPart, SimNews, string, bool>>(StringComparer.Ordinal)
    {
        ["SubscriberStatusAttributeRule"] = (rule, news, imsi) => StatusChanged(rule, SimNews.StatusOf(news.Before, imsi), SimNews.StatusOf(news.Sim, imsi)),
        ["SimStatusAttributeRule"] = (rule, news, _) => StatusChanged(rule, news.Before.Status, news.Sim.Status),
        ["SubscriberSpeedClassAttributeRule"] = (rule, news, _) => SpeedClassChanged(rule, news),
        ["SimSpeedClassAttributeRule"] = (rule, news, _) => SpeedClassChanged(rule, news),
        [Session] = (rule, news, _) => SessionChanged(rule, news),
        ["SubscriberExpiredRule"] = (_, news, _) => news.Kind == SimNewsKind.Expired,
        ["SimExpiredRule"] = (_, news, _) => news.Kind == SimNewsKind.Expired,
        ["SubscriberImeiMismatchedRule"] = (_, news, _) => news.Kind == SimNewsKind.ImeiMismatched,
        ["SimImeiMismatchedRule"] = (_, news, _) => news.Kind == SimNewsKind.ImeiMismatched,
        ["SimSubscriptionStatusRule"] = (rule, news, _) => DeliveryChanged(rule, news),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null for a rule about what happens to a SIM.</summary>
    public static SumRule? SumOf(EventPart rule) => Sums.GetValueOrDefault(rule.Type);

    /// <summary>From when on a rule that has held at a moment is looked at again.</summary>
    public static DateTimeOffset NotBefore(EventPart rule, DateTimeOffset at)
    {
        const string Again = "inactiveTimeoutDateConst";
        var moment = EventMoments.After(rule, Again, "inactiveTimeoutOffsetMinutes", at) ?? DateTimeOffset.MaxValue;

        // A look at the end of a day or month is still about that one, for which the rule has held already.
        return SumOf(rule) is not null && rule.Text(Again) is "BEGINNING_OF_NEXT_DAY" or "BEGINNING_OF_NEXT_MONTH" ? moment.AddTicks(1) : moment;
    }

    /// <summary>Whether something that has happened is what a rule is about.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="news">What has happened.</param>
    /// <param name="imsi">The subscription that the handler is about.</param>
    /// <param name="data">Where the SIM's group is.</param>
    public static bool Holds(EventPart rule, SimNews news, string imsi, CoverageData data) =>
        OfNews.TryGetValue(rule.Type, out var holds) && holds(rule, news, imsi) && (rule.Type != Session || HasSessionEvents(news.Sim, data));

    /// <summary>Session rules are for groups that have asked for the events.</summary>
    private static bool HasSessionEvents(Sim sim, CoverageData data) =>
        sim.GroupId is { } groupId && data.FindGroup(groupId) is { } group && group.Configuration.TryGetValue("SoracomAir", out var air) && air.TryGetValue("sessionEventEnabled", out var enabled) && enabled == "true";

    private static bool StatusChanged(EventPart rule, string? before, string? now) =>
        before is not null && now is not null && before != now && IsWanted(rule, "sourceStatus", before) && IsWanted(rule, "targetStatus", now);

    private static bool SpeedClassChanged(EventPart rule, SimNews news) =>
        news.Before.SpeedClass != news.Sim.SpeedClass && IsWanted(rule, "targetSpeedClass", news.Sim.SpeedClass);

    private static bool SessionChanged(EventPart rule, SimNews news) =>
        (rule.Text("sessionStatus") == SessionEvent.Created ? news.Begun : news.Ended) is { } session && (session.Imei is not null || rule.Find("hasImei") != "true");

    /// <summary>Deliveries begin as soon as they are asked for, and do not fail here.</summary>
    private static bool DeliveryChanged(EventPart rule, SimNews news)
    {
        var before = news.Before.Profiles.SelectMany(profile => profile.Subscribers).ToDictionary(one => one.Imsi, one => one.Status, StringComparer.Ordinal);
        return news.Sim.Profiles.SelectMany(profile => profile.Subscribers).Any(one => (before.ContainsKey(one.Imsi), before.GetValueOrDefault(one.Imsi), one.Status) switch
        {
            (false, _, "shipped") => IsWanted(rule, "targetOtaStatus", "started"),
            (true, "delivered", StatusMachine.Ready) => IsWanted(rule, "targetOtaStatus", "finished"),
            _ => false,
        });
    }

    /// <summary>What a rule does not name it leaves open.</summary>
    private static bool IsWanted(EventPart rule, string name, string value) => rule.Text(name) is not { } wanted || wanted == value;
}
