using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>How sessions begin, change and end. Rules only: who keeps the SIM also keeps the record, see <see cref="SimLife"/>.</summary>
internal static class SimSessions
{
    private const string AnyDevice = "|ANONYMOUS";

    private static readonly Cell JapaneseCell = new("LTE", 440, 10) { Tac = 4128, Eci = 28_116_482 };
    private static readonly Cell ForeignCell = new("LTE", 262, 1) { Tac = 21_602, Eci = 31_248_131 };

    /// <summary>When the session began: its id tells.</summary>
    public static long Began(SimSession session) => (long)(ulong)(session.Id >> 80);

    /// <summary>Whether the network would accept the SIM's device.</summary>
    public static bool MayBegin(Sim sim, DateTimeOffset at) => MayTry(sim, at) && IsLockedTo(sim, DeviceOf(sim));

    /// <summary>Whether the only thing against the SIM's device is that the SIM is locked to another one.</summary>
    public static bool IsLockedOut(Sim sim, DateTimeOffset at) => MayTry(sim, at) && !IsLockedTo(sim, DeviceOf(sim));

    /// <summary>The SIM with a new session; the first one makes it active.</summary>
    /// <param name="sim">One that may begin a session.</param>
    /// <param name="coverage">Where it is.</param>
    /// <param name="at">When.</param>
    /// <param name="chance">Makes the session's id.</param>
    public static Sim Begin(Sim sim, Coverage coverage, DateTimeOffset at, SeededRandom chance)
    {
        var time = at.ToUnixTimeMilliseconds();
        var last = sim.Session;
        var cell = sim.IsVirtual ? null : last?.Cell ?? (coverage == Coverage.Japan ? JapaneseCell : ForeignCell);
        var region = last?.Region ?? (coverage == Coverage.Japan ? "ap-northeast-1" : "eu-central-1");
        var online = sim with
        {
            Session = new SimSession(Online: true, time, Ulid.Create(time, chance.Next()), DeviceOf(sim), last?.Address ?? AddressOf(sim), region, cell),
            LastLocationUpdateTime = sim.IsVirtual ? null : time,
        };
        return sim.Status is StatusMachine.Ready or StatusMachine.Standby ? StatusMachine.Become(online, StatusMachine.Active, at) : online;
    }

    /// <summary>The SIM without a session; as it is when it has none.</summary>
    public static Sim End(Sim sim, DateTimeOffset at)
    {
        if (sim.Session is not { Online: true } session)
        {
            return sim;
        }

        var time = at.ToUnixTimeMilliseconds();
        return sim with
        {
            Session = session with { Online = false, LastUpdatedAt = time },
            PreviousSession = new PreviousSession(session.Id, session.Imei, session.Address, session.Cell, Began(session), time),
        };
    }

    /// <summary>The SIM at another base station nearby; as it is when it has none.</summary>
    public static Sim Move(Sim sim, DateTimeOffset at, SeededRandom chance) => sim.Session is { Online: true, Cell: { } cell } session
        ? sim with
        {
            Session = session with { Cell = Neighbour(cell, chance), LastUpdatedAt = at.ToUnixTimeMilliseconds() },
            LastLocationUpdateTime = at.ToUnixTimeMilliseconds(),
        }
        : sim;

    /// <summary>Another station of the same area.</summary>
    public static Cell Neighbour(Cell cell, SeededRandom chance) => cell.Eci is { } eci
        ? cell with { Eci = (eci & ~0xFFF) | chance.Next(1, 0xFFF) }
        : cell with { Ci = chance.Next(1, 0xFFFE) };

    private static bool MayTry(Sim sim, DateTimeOffset at) =>
        !sim.Online && StatusMachine.Connects(sim.Status) && !(sim.ExpiryTime <= at.ToUnixTimeMilliseconds());

    private static bool IsLockedTo(Sim sim, string? imei) =>
        sim.LockedImei is not { } locked || locked == imei || locked == imei + AnyDevice;

    /// <summary>The device that the SIM is in: the one that it was last in, the one that it is locked to, or one that nobody has seen yet.</summary>
    private static string? DeviceOf(Sim sim) =>
        sim.IsVirtual ? null : sim.Session?.Imei ?? sim.LockedImei?.Replace(AnyDevice, "", StringComparison.Ordinal) ?? Numbers.Imei(SerialOf(sim));

    /// <summary>In 10.128.0.0/9, where the service puts its devices.</summary>
    public static uint AddressOf(Sim sim) => (10u << 24) | (1u << 23) | ((uint)SerialOf(sim) & 0x7FFFFF);

    /// <summary>The last digits of the SIM ID before its check digit.</summary>
    private static int SerialOf(Sim sim) => int.Parse(sim.SimId.AsSpan(sim.SimId.Length - 8, 7), System.Globalization.CultureInfo.InvariantCulture);
}
