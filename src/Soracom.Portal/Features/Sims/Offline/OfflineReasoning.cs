using System.Text.Json;
using Soracom.Api.Diagnostics;
using Soracom.Api.Sims;
using Soracom.Portal.Shared.Sims;

namespace Soracom.Portal.Features.Sims.Offline;

/// <summary>
/// From what is known of a SIM to why it may have no session. Concludes nothing from what could not be read, and always names a cause:
/// where nothing speaks for another, it is the device.
/// </summary>
internal static class OfflineReasoning
{
    /// <summary>Sessions begun within a day of the last event that count as restless.</summary>
    internal const int RestlessPerDay = 12;

    /// <summary>How long after a session has ended a device may need to begin the next.</summary>
    internal static readonly TimeSpan Reconnecting = TimeSpan.FromMinutes(10);

    /// <summary>What follows the IMEI of a lock that lets devices through which don't tell theirs.</summary>
    private const char LockOption = '|';

    /// <summary>The causes of a SIM without a session, the surest first; none for one that has a session.</summary>
    public static IReadOnlyList<OfflineFinding> Explain(OfflineFacts facts)
    {
        if (facts.Sim.SessionStatus?.Online == true)
        {
            return [];
        }

        List<OfflineFinding> found = [.. Find(facts)];
        // What can't connect at all says nothing of its device by not connecting.
        if (!found.Exists(finding => finding.Certainty == Certainty.Certain))
        {
            found.Add(IsVirtual(facts) ? new(OfflineCause.Tunnel, Fallback(found), Silence(facts)) : new(OfflineCause.Device, Fallback(found), Silence(facts)));
        }

        return [.. found.OrderBy(finding => finding.Certainty).ThenBy(finding => finding.Cause)];
    }

    private static Certainty Fallback(List<OfflineFinding> found) => found.Exists(finding => finding.Certainty == Certainty.Likely) ? Certainty.Possible : Certainty.Likely;

    private static IEnumerable<OfflineFinding> Find(OfflineFacts facts) =>
        new[]
            {
                OfStatus(facts), OfExpiry(facts), OfTest(facts), OfCapabilities(facts), OfLock(facts), OfGroup(facts), OfRegistration(facts), OfPast(facts), OfRestlessness(facts), OfDiagnosis(facts), OfLastMoment(facts),
            }
            .OfType<OfflineFinding>();

    private static OfflineFinding? OfStatus(OfflineFacts facts)
    {
        var status = facts.Sim.Status;
        OfflineCause? cause = status switch
        {
            SimStatus.Terminated => OfflineCause.Terminated,
            SimStatus.Suspended => OfflineCause.Suspended,
            SimStatus.Inactive => OfflineCause.Inactive,
            SimStatus.Shipped or SimWords.InStock => OfflineCause.NotRegistered,
            _ => null,
        };
        return cause is null ? null : new(cause.Value, Certainty.Certain, [new(EvidenceKind.Status, Text: status), .. Since(facts, status!)]);
    }

    private static IEnumerable<Evidence> Since(OfflineFacts facts, string status)
    {
        var primary = (facts.History.Value ?? []).Where(entry => entry.IsPrimary != false).ToList();
        var since = primary.TakeWhile(entry => entry.Status == status).LastOrDefault();
        return since?.ApplyTime is { } at ? [new(EvidenceKind.StatusSince, at)] : [];
    }

    private static OfflineFinding? OfExpiry(OfflineFacts facts) =>
        facts.Sim.ExpiryTime is { } expiry && expiry <= facts.Now ? new(OfflineCause.Expired, Certainty.Certain, [new(EvidenceKind.ExpiredAt, expiry)]) : null;

    private static OfflineFinding? OfTest(OfflineFacts facts) =>
        facts.Sim is { Status: SimStatus.Testing, TestmodeExhaustedTime: { } ended } && ended <= facts.Now ? new(OfflineCause.TestUsedUp, Certainty.Likely, [new(EvidenceKind.TestEnded, ended)]) : null;

    private static OfflineFinding? OfCapabilities(OfflineFacts facts) =>
        facts.Sim.Capabilities?.Data == false ? new(OfflineCause.NoData, Certainty.Certain, [new(EvidenceKind.NoDataCapability)]) : null;

    private static OfflineFinding? OfLock(OfflineFacts facts)
    {
        if (facts.Sim.ImeiLock?.Imei is not { Length: > 0 } locked)
        {
            return null;
        }

        var imei = locked.Split(LockOption)[0];
        var seen = facts.Sim.SessionStatus?.Imei ?? (facts.Events.Value ?? []).Select(one => one.Imei).FirstOrDefault(one => !string.IsNullOrEmpty(one));
        return string.IsNullOrEmpty(seen) ? new(OfflineCause.LockedToADevice, Certainty.Possible, [new(EvidenceKind.LockedTo, Text: imei)])
            : SameDevice(seen, imei) ? null
            : new(OfflineCause.OtherDevice, Certainty.Likely, [new(EvidenceKind.LockedTo, Text: imei), new(EvidenceKind.SeenIn, Text: seen)]);
    }

    // The last digits of an IMEI are a check digit or the software's version; the device is told by the first 14.
    private static bool SameDevice(string one, string other) => one.Length >= 14 && other.Length >= 14 ? one[..14] == other[..14] : one == other;

    private static OfflineFinding? OfGroup(OfflineFacts facts)
    {
        if (facts.Group.Value is not { } group
            || !group.Configuration.TryGetValue("SoracomAir", out var air)
            || !air.TryGetValue("authenticationRequired", out var asked)
            || asked.ValueKind != JsonValueKind.True)
        {
            return null;
        }

        var changed = group.LastModifiedTime ?? group.LastModifiedAt;
        // Had it a session since the group was changed, it knows the password.
        var changedSince = changed is { } at && (LastSession(facts) is not { } last || last < at);
        return new(OfflineCause.Authentication, changedSince ? Certainty.Likely : Certainty.Possible, [new(EvidenceKind.GroupAsks, Text: group.Name), .. changed is null ? Array.Empty<Evidence>() : [new(EvidenceKind.GroupChanged, changed)]]);
    }

    private static OfflineFinding? OfRegistration(OfflineFacts facts) =>
        facts.Sim.LastLocationUpdateTime is { } registered && !IsVirtual(facts) && LastSession(facts) is { } last && registered > last + Reconnecting
            ? new(OfflineCause.RegisteredWithoutSession, Certainty.Likely, [new(EvidenceKind.RegisteredAt, registered), new(EvidenceKind.SessionEnded, last)])
            : null;

    private static OfflineFinding? OfPast(OfflineFacts facts) =>
        facts.Sim.SessionStatus?.LastUpdatedAt is null && facts.Sim.PreviousSession is null && facts.Events is { IsKnown: true, Value.Count: 0 } && !IsVirtual(facts)
            ? new(OfflineCause.NeverConnected, Certainty.Likely, [new(EvidenceKind.NoSessionEver), .. facts.Sim.LastLocationUpdateTime is { } at ? new Evidence[] { new(EvidenceKind.RegisteredAt, at) } : []])
            : null;

    private static OfflineFinding? OfRestlessness(OfflineFacts facts)
    {
        var events = (facts.Events.Value ?? []).Where(one => one.Time is not null).ToList();
        if (events.Count == 0)
        {
            return null;
        }

        var newest = events.Max(one => one.Time!.Value);
        var begun = events.Count(one => one.Event == SessionEventKind.Created && one.Time > newest.AddDays(-1));
        return begun >= RestlessPerDay ? new(OfflineCause.Restless, Certainty.Likely, [new(EvidenceKind.SessionsOfADay, newest, Count: begun)]) : null;
    }

    private static OfflineFinding? OfDiagnosis(OfflineFacts facts)
    {
        List<Insight> grave = [.. (facts.Insights.Value ?? []).Where(insight => insight.Severity is InsightSeverity.Error or InsightSeverity.Warning && !string.IsNullOrEmpty(insight.Message))];
        return grave.Count == 0 ? null
            : new(
                OfflineCause.Diagnosis,
                grave.Exists(insight => insight.Severity == InsightSeverity.Error) ? Certainty.Likely : Certainty.Possible,
                [.. grave.Select(insight => new Evidence(EvidenceKind.Insight, Text: insight.Message))]);
    }

    private static OfflineFinding? OfLastMoment(OfflineFacts facts) =>
        LastSession(facts) is { } last && facts.Now - last < Reconnecting ? new(OfflineCause.JustNow, Certainty.Likely, [new(EvidenceKind.SessionEnded, last)]) : null;

    private static bool IsVirtual(OfflineFacts facts) => facts.Sim.Type == SimType.Virtual;

    private static IReadOnlyList<Evidence> Silence(OfflineFacts facts) =>
    [
        .. LastSession(facts) is { } last ? [new Evidence(EvidenceKind.SessionEnded, last)] : Array.Empty<Evidence>(),
        .. facts.Sim.SessionStatus?.LastUpdatedAt is { } heard && heard != LastSession(facts) ? [new Evidence(EvidenceKind.LastHeard, heard)] : Array.Empty<Evidence>(),
    ];

    /// <summary>When there was a session last; null where nothing tells.</summary>
    private static DateTimeOffset? LastSession(OfflineFacts facts) =>
        (facts.Events.Value ?? []).Select(one => one.Time).Append(facts.Sim.PreviousSession?.DeletedTime).Append(facts.Sim.SessionStatus?.LastUpdatedAt).Max();
}
