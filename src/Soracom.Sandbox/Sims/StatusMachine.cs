using System.Collections.Frozen;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>
/// The status of a SIM, and what may become of it. Nothing returns to ready, and
/// terminated is final.
/// </summary>
internal static class StatusMachine
{
    public const string Ready = "ready";
    public const string Active = "active";
    public const string Inactive = "inactive";
    public const string Standby = "standby";
    public const string Suspended = "suspended";
    public const string Terminated = "terminated";
    public const string Testing = "testing";

    /// <summary>Offered to another account, where <see cref="UndocumentedAnswers.ShowsTransferringStatus"/> says so; otherwise such SIMs stay ready.</summary>
    public const string Transferring = "transferring";

    private static readonly string[] Targets = [Active, Inactive, Standby, Suspended, Terminated];

    /// <summary>One row a status, one column a target: y as documented, ? not documented, - impossible, = the status itself.</summary>
    private static readonly FrozenDictionary<(string From, string To), char> Moves = Read(
        // active, inactive, standby, suspended, terminated
        (Ready, "y y y y y"),
        (Testing, "y y y y y"),
        (Transferring, "y y y y y"),
        (Active, "= y y y y"),
        (Inactive, "y = ? ? ?"),
        (Standby, "y ? = ? ?"),
        (Suspended, "y y ? = y"),
        (Terminated, "- - - - ="));

    /// <summary>The statuses in which a session may begin, or go on.</summary>
    public static bool Connects(string status) => status is Ready or Testing or Active or Standby;

    /// <summary>The SIM with another status, and without its session where it can't have one.</summary>
    /// <param name="sim">As it is.</param>
    /// <param name="to">The status.</param>
    /// <param name="at">When.</param>
    /// <param name="undocumented">What nobody documents.</param>
    /// <exception cref="VendorException">That may not be.</exception>
    public static Sim Move(Sim sim, string to, DateTimeOffset at, UndocumentedAnswers undocumented)
    {
        var move = Moves[(sim.Status, to)];
        if (move == '=' && !undocumented.RefusesRepeatedStatus)
        {
            return sim;
        }

        if (move is '-' or '=' || (move == '?' && !undocumented.AllowsUndocumentedStatusMoves) || !Exists(sim, to))
        {
            throw new VendorException(SimErrors.ForbiddenMove, sim.Status, to) { Status = undocumented.ForbiddenStatusMove };
        }

        if (to == Standby && !sim.PrimarySubscriber.Plan.HasStandby)
        {
            throw new VendorException(SimErrors.NoStandby, sim.PrimarySubscriber.Subscription);
        }

        if (to == Terminated && !sim.TerminationEnabled)
        {
            throw new VendorException(SimErrors.Protected) { Status = undocumented.TerminationProtected };
        }

        return Become(sim, to, at);
    }

    /// <summary>Whether the SIM may go there by itself, by its expiry or an event handler; what does not fit the SIM is passed over.</summary>
    public static bool Allows(Sim sim, string to) =>
        Moves[(sim.Status, to)] is 'y' or '?' && Exists(sim, to) && (to != Terminated || sim.TerminationEnabled) && (to != Standby || sim.PrimarySubscriber.Plan.HasStandby);

    /// <summary>The SIM with another status, whatever it had.</summary>
    public static Sim Become(Sim sim, string status, DateTimeOffset at)
    {
        // A card on standby would be active again with its session: going there ends it.
        var kept = status == Active ? sim : SimSessions.End(sim, at);
        return kept with
        {
            Status = status,
            RenewalFeeStatusSetTime = status is Ready or Standby or Suspended ? at.ToUnixTimeMilliseconds() : null,
        };
    }

    /// <summary>A virtual SIM is active or terminated.</summary>
    private static bool Exists(Sim sim, string status) => !sim.IsVirtual || status is Active or Terminated;

    private static FrozenDictionary<(string From, string To), char> Read(params (string From, string Row)[] rows) => rows
        .SelectMany(row => row.Row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((cell, column) => ((row.From, Targets[column]), cell[0])))
        .ToFrozenDictionary(cell => cell.Item1, cell => cell.Item2);
}
