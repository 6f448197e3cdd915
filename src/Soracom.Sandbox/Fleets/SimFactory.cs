using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Fleets;

/// <summary>
/// Makes the SIMs of one fleet and coverage, in the order of their SIM IDs. All times lie before <paramref name="start"/>,
/// but for expiries.
/// </summary>
internal sealed class SimFactory(Coverage coverage, int block, SeededRandom random, DateTimeOffset start)
{
    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;

    // Gaps in the numbers, as among the cards of real deliveries.
    private const int LargestGap = 7;

    private readonly Numbers numbers = new(coverage, block);
    private readonly SessionFactory sessions = new(coverage, random);
    private readonly long now = start.ToUnixTimeMilliseconds();
    private int made;

    public Sim Make(SimPlan plan)
    {
        var serial = (made++ * LargestGap) + random.Next(LargestGap);
        var isVirtual = plan.ModuleType == "virtual";
        var simId = numbers.SimId(serial);
        var imei = isVirtual ? null : Numbers.Imei(serial);
        var created = now - (random.Next(60, 900) * Day) - (random.Next(1440) * Minute);
        var connected = now - (random.Next(plan.Connection == Connection.Online ? 2880 : 86_400) * Minute) - random.Next(60_000);
        var hasArc = plan.Subscription == Subscriptions.Arc || plan.Additional?.Subscription == Subscriptions.Arc;
        var profile = Profile(plan, simId, serial);
        var arc = hasArc && plan.Connection != Connection.None ? sessions.Arc(serial, connected) : null;
        return new Sim
        {
            SimId = simId,
            Type = SimType(plan.ModuleType),
            ModuleType = plan.ModuleType,
            Status = plan.Status,
            SpeedClass = plan.SpeedClass,
            GroupId = plan.GroupId,
            Tags = plan.Tags.Aggregate(Tags.Named(plan.Name), (tags, tag) => tags.With(tag.Name, tag.Value)),
            CreatedTime = created,
            LastModifiedTime = plan.Connection == Connection.None ? created : connected,
            ExpiryTime = plan.Expiry is { } expiry ? now + (expiry.Days * Day) : null,
            ExpiryAction = plan.Expiry?.Action,
            TerminationEnabled = plan.TerminationEnabled || plan.Status == "terminated",
            LockedImei = plan.LockedToImei ? imei : null,
            SerialNumber = isVirtual ? null : numbers.SerialNumber(plan.Subscription, simId, serial),
            Profiles = [arc is null ? profile : profile with { ArcClientPeerPublicKey = arc.ClientPeerPublicKey }],
            Session = sessions.Current(plan, serial, imei, connected),
            PreviousSession = plan.Connection == Connection.None ? null : sessions.Previous(plan, serial, imei, connected),
            ArcSession = arc,
            LastPortMappingCreatedTime = plan.Connection == Connection.Online && random.Chance(10) ? now - (random.Next(1, 60) * Day) : null,
            RenewalFeeStatusSetTime = plan.Status is "ready" or "standby" or "suspended" ? created : null,
            LastLocationUpdateTime = plan.Connection == Connection.None || isVirtual ? null : connected,
            Details = plan.Status == StatusMachine.Testing ? new SimDetails { Test = new TestPeriod(now - (10 * Day), Days: 30, DataBytes: 5_000_000, NumberOfSms: 10, StatusMachine.Suspended) } : null,
        };
    }

    private static string SimType(string moduleType) => moduleType switch
    {
        "virtual" => "virtual",
        "embedded" or "integrated" or "profilePackage" => "euicc",
        _ => "uicc",
    };

    private SimProfile Profile(SimPlan plan, string simId, int serial)
    {
        var primary = new Subscriber(plan.Imsi ?? numbers.Imsi(plan.Subscription, serial), Msisdn(plan.Subscription, serial), plan.Subscription, plan.Bundles, Status: null);
        var otaSupported = coverage == Coverage.Global && plan.ModuleType != "virtual";
        return plan.Additional is not { } additional
            ? new SimProfile(simId, otaSupported, [primary])
            : new SimProfile(simId, otaSupported, [primary, Additional(additional, serial)]);
    }

    private Subscriber Additional((string Subscription, string Status) additional, int serial) =>
        new(numbers.Imsi(additional.Subscription, serial), Msisdn(additional.Subscription, serial + (LargestGap * 100_000)), additional.Subscription, [], additional.Status);

    private string? Msisdn(string subscription, int serial) => subscription == Subscriptions.Arc ? null : numbers.Msisdn(serial);
}
