using System.Text.Json;
using Soracom.Api;
using Soracom.Api.Diagnostics;
using Soracom.Api.Groups;
using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Offline;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Sims.Offline;

/// <summary>From facts to causes.</summary>
public sealed class OfflineReasoningTests
{
    private const string Device = "350000000000017";
    private const string OtherDevice = "860000000000025";

    private static readonly DateTimeOffset Now = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LastWeek = Now.AddDays(-7);

    private static readonly VendorError Down = new(VendorErrorKind.Unavailable, SoracomCoverage.Japan);

    private static readonly Sim Quiet = new()
    {
        SimId = "8942",
        Type = SimType.Uicc,
        Status = SimStatus.Active,
        Capabilities = new Capabilities { Data = true },
        SessionStatus = new SessionStatus { Online = false, LastUpdatedAt = LastWeek, Imei = Device },
    };

    /// <summary>A fact of each sort, and the cause that it has to bring forward.</summary>
    private static readonly (OfflineCause Cause, Certainty Certainty, Func<OfflineFacts, OfflineFacts> Change)[] Hints =
    [
        (OfflineCause.Terminated, Certainty.Certain, facts => With(facts, sim => sim with { Status = SimStatus.Terminated })),
        (OfflineCause.Suspended, Certainty.Certain, facts => With(facts, sim => sim with { Status = SimStatus.Suspended })),
        (OfflineCause.Inactive, Certainty.Certain, facts => With(facts, sim => sim with { Status = SimStatus.Inactive })),
        (OfflineCause.NotRegistered, Certainty.Certain, facts => With(facts, sim => sim with { Status = SimStatus.Shipped })),
        (OfflineCause.Expired, Certainty.Certain, facts => With(facts, sim => sim with { ExpiryTime = Now })),
        (OfflineCause.TestUsedUp, Certainty.Likely, facts => With(facts, sim => sim with { Status = SimStatus.Testing, TestmodeExhaustedTime = LastWeek })),
        (OfflineCause.NoData, Certainty.Certain, facts => With(facts, sim => sim with { Capabilities = new Capabilities { Data = false, Sms = true } })),
        (OfflineCause.OtherDevice, Certainty.Likely, facts => With(facts, sim => sim with { ImeiLock = new ImeiLock { Imei = OtherDevice } })),
        (OfflineCause.Authentication, Certainty.Likely, facts => facts with { Group = Asking(LastWeek.AddDays(1)) }),
        (OfflineCause.RegisteredWithoutSession, Certainty.Likely, facts => With(facts, sim => sim with { LastLocationUpdateTime = Now.AddHours(-1) })),
        (OfflineCause.Restless, Certainty.Likely, facts => facts with { Events = Begun(OfflineReasoning.RestlessPerDay) }),
        (OfflineCause.Diagnosis, Certainty.Likely, facts => facts with { Insights = Found(InsightSeverity.Error) }),
        (OfflineCause.JustNow, Certainty.Likely, facts => With(facts, sim => sim with { SessionStatus = sim.SessionStatus! with { LastUpdatedAt = Now.AddMinutes(-3) } })),
    ];

    public static TheoryData<OfflineCause> HintedCauses => [.. Hints.Select(hint => hint.Cause)];

    [Theory]
    [MemberData(nameof(HintedCauses))]
    public void Explain_OneThingSpeaksForACause_PutsItFirst(OfflineCause cause)
    {
        var (_, certainty, change) = Hints.Single(hint => hint.Cause == cause);

        var found = OfflineReasoning.Explain(change(Facts()));

        Assert.Equal((cause, certainty), (found[0].Cause, found[0].Certainty));
        Assert.NotEmpty(found[0].Evidence);
    }

    [Fact]
    public void Explain_EveryCause_CanBeFound()
    {
        var found = Hints.SelectMany(hint => OfflineReasoning.Explain(hint.Change(Facts())))
            .Concat(OfflineReasoning.Explain(NeverSeen()))
            .Concat(OfflineReasoning.Explain(With(NeverSeen(), sim => sim with { ImeiLock = new ImeiLock { Imei = Device } })))
            .Concat(OfflineReasoning.Explain(With(Facts(), sim => sim with { Type = SimType.Virtual })))
            .Select(finding => finding.Cause)
            .ToHashSet();

        Assert.Equal(Enum.GetValues<OfflineCause>(), found.Order());
    }

    [Fact]
    public void Explain_AnyCombinationOfHints_NamesTheirCausesTheSurestFirst()
    {
        // Hints of the status exclude each other: the last one of them counts.
        for (var chosen = 0; chosen < 1 << Hints.Length; chosen++)
        {
            var hints = Hints.Where((_, at) => (chosen & (1 << at)) != 0).ToList();
            var found = OfflineReasoning.Explain(hints.Aggregate(Facts(), (facts, hint) => hint.Change(facts)));

            Assert.NotEmpty(found);
            Assert.Equal(found.OrderBy(finding => finding.Certainty).ThenBy(finding => finding.Cause), found);
            Assert.Equal(found.Select(finding => finding.Cause).Distinct().Count(), found.Count);
            Assert.Equal(!found.Any(finding => finding.Certainty == Certainty.Certain), found.Any(finding => finding.Cause == OfflineCause.Device));
            var isOfStatus = (OfflineCause cause) => cause is OfflineCause.Terminated or OfflineCause.Suspended or OfflineCause.Inactive or OfflineCause.NotRegistered or OfflineCause.TestUsedUp;
            var expected = hints.Where(hint => !isOfStatus(hint.Cause)).Select(hint => hint.Cause).ToHashSet();
            expected.UnionWith(hints.Where(hint => isOfStatus(hint.Cause)).Select(hint => hint.Cause).TakeLast(1));
            // Who had a session a moment ago did not register since, and knows the group's password.
            if (expected.Contains(OfflineCause.JustNow))
            {
                expected.Remove(OfflineCause.RegisteredWithoutSession);
            }

            Assert.Subset(found.Select(finding => finding.Cause).ToHashSet(), expected);
        }
    }

    [Fact]
    public void Explain_NothingSpeaksForAnything_IsTheDevice()
    {
        var finding = Assert.Single(OfflineReasoning.Explain(Facts()));

        Assert.Equal((OfflineCause.Device, Certainty.Likely), (finding.Cause, finding.Certainty));
        Assert.Equal(LastWeek, finding.Evidence[0].At);
    }

    [Fact]
    public void Explain_ASimThatIsOnline_HasNoCause() =>
        Assert.Empty(OfflineReasoning.Explain(With(Facts(), sim => sim with { Status = SimStatus.Suspended, SessionStatus = new SessionStatus { Online = true } })));

    [Fact]
    public void Explain_WhatCouldNotBeRead_IsSaidAndNothingIsConcludedFromIt()
    {
        var facts = NeverSeen() with { Events = Unread<IReadOnlyList<SessionEvent>>(), History = Unread<IReadOnlyList<SimStatusEntry>>(), Group = default, Insights = Unread<IReadOnlyList<Insight>?>() };

        Assert.Equal(OfflineCause.Device, Assert.Single(OfflineReasoning.Explain(facts)).Cause);
        Assert.Equal(Enum.GetValues<OfflineFact>(), facts.Unread.Select(fact => fact.Fact));
        Assert.Equal([Down, Down, null, Down], facts.Unread.Select(fact => fact.Error));
        Assert.Empty(Facts().Unread);
    }

    [Fact]
    public void Status_SinceWhen_IsTheOldestOfTheNewestEntriesThatHaveIt()
    {
        var facts = With(Facts(), sim => sim with { Status = SimStatus.Inactive }) with
        {
            History = Known<IReadOnlyList<SimStatusEntry>>(
            [
                new() { Status = SimStatus.Inactive, SpeedClass = "s1.fast", ApplyTime = Now.AddDays(-1), IsPrimary = true },
                new() { Status = "delivered", ApplyTime = Now.AddDays(-2), IsPrimary = false },
                new() { Status = SimStatus.Inactive, ApplyTime = Now.AddDays(-3), IsPrimary = true },
                new() { Status = SimStatus.Active, ApplyTime = Now.AddDays(-9), IsPrimary = true },
                new() { Status = SimStatus.Inactive, ApplyTime = Now.AddDays(-20), IsPrimary = true },
            ]),
        };

        Assert.Equal(Now.AddDays(-3), OfflineReasoning.Explain(facts)[0].Evidence.Single(seen => seen.Kind == EvidenceKind.StatusSince).At);
    }

    [Theory]
    [InlineData(Device, null)]
    [InlineData(Device + "|ANONYMOUS", null)]
    // The same device with another check digit.
    [InlineData("350000000000019", null)]
    [InlineData(OtherDevice + "|ANONYMOUS", OfflineCause.OtherDevice)]
    public void Lock_IsHeldAgainstTheDeviceThatWasSeen(string locked, OfflineCause? cause)
    {
        var found = OfflineReasoning.Explain(With(Facts(), sim => sim with { ImeiLock = new ImeiLock { Imei = locked } }));

        Assert.Equal(cause ?? OfflineCause.Device, found[0].Cause);
    }

    [Fact]
    public void Lock_TheDeviceIsOnlyKnownFromEvents_IsHeldAgainstThose()
    {
        var facts = With(NeverSeen(), sim => sim with { ImeiLock = new ImeiLock { Imei = OtherDevice } });

        Assert.Equal(OfflineCause.OtherDevice, OfflineReasoning.Explain(facts with { Events = Begun(1) })[0].Cause);
    }

    [Fact]
    public void Group_ThatWasChangedBeforeTheLastSession_IsOnlyPossible()
    {
        var found = OfflineReasoning.Explain(Facts() with { Group = Asking(LastWeek.AddDays(-1)) });

        Assert.Equal(Certainty.Possible, found.Single(finding => finding.Cause == OfflineCause.Authentication).Certainty);
        Assert.Equal(OfflineCause.Device, found[0].Cause);
    }

    [Fact]
    public void Expiry_ThatIsAhead_IsNoCause() =>
        Assert.DoesNotContain(OfflineReasoning.Explain(With(Facts(), sim => sim with { ExpiryTime = Now.AddSeconds(1) })), finding => finding.Cause == OfflineCause.Expired);

    [Fact]
    public void Registration_AVirtualSimHasNone() =>
        Assert.Equal(OfflineCause.Tunnel, OfflineReasoning.Explain(With(Facts(), sim => sim with { Type = SimType.Virtual, LastLocationUpdateTime = Now }))[0].Cause);

    [Fact]
    public void Diagnosis_WarningsAlone_ArePossible_AndOtherWordsAreNone()
    {
        Assert.Equal(Certainty.Possible, OfflineReasoning.Explain(Facts() with { Insights = Found(InsightSeverity.Warning) }).Single(finding => finding.Cause == OfflineCause.Diagnosis).Certainty);
        Assert.DoesNotContain(OfflineReasoning.Explain(Facts() with { Insights = Found(InsightSeverity.Info) }), finding => finding.Cause == OfflineCause.Diagnosis);
    }

    private static OfflineFacts Facts() => new(
        Now,
        Quiet,
        Known<IReadOnlyList<SessionEvent>>([new() { Event = SessionEventKind.Deleted, Time = LastWeek, Imei = Device }]),
        Known<IReadOnlyList<SimStatusEntry>>([]),
        Known<Group?>(null),
        Known<IReadOnlyList<Insight>?>(null));

    private static OfflineFacts NeverSeen() => With(Facts(), sim => sim with { Status = SimStatus.Ready, SessionStatus = null }) with { Events = Known<IReadOnlyList<SessionEvent>>([]) };

    private static OfflineFacts With(OfflineFacts facts, Func<Sim, Sim> change) => facts with { Sim = change(facts.Sim) };

    private static Fact<T> Known<T>(T value) => Fact<T>.Of(Result.Of(value));

    private static Fact<T> Unread<T>() => Fact<T>.Of((Result<T>)Down);

    private static Fact<Group?> Asking(DateTimeOffset changed) => Known<Group?>(new Group
    {
        GroupId = "g",
        LastModifiedTime = changed,
        Configuration = new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>
        {
            ["SoracomAir"] = new Dictionary<string, JsonElement> { ["authenticationRequired"] = JsonSerializer.SerializeToElement(true) },
        },
    });

    private static Fact<IReadOnlyList<SessionEvent>> Begun(int times) => Known<IReadOnlyList<SessionEvent>>(
        [.. Enumerable.Range(0, times).Select(hour => new SessionEvent { Event = SessionEventKind.Created, Time = LastWeek.AddHours(-hour), Imei = Device })]);

    private static Fact<IReadOnlyList<Insight>?> Found(string severity) => Known<IReadOnlyList<Insight>?>([new() { Severity = severity, Message = "Something." }]);
}
