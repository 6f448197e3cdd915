using System.Collections.Frozen;
using Soracom.Sandbox.Emails;
using Soracom.Sandbox.Mail;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>What came of an action: see <see cref="EventRecord"/>.</summary>
internal readonly record struct EventOutcome(string Word, string Detail)
{
    public static EventOutcome Done(string detail) => new("done", detail);

    public static EventOutcome Unchanged(string detail) => new("unchanged", detail);

    public static EventOutcome Refused(string why) => new("refused", why);

    public static EventOutcome Noted(string request) => new("noted", request);
}

/// <summary>
/// What handlers do. Mails go to the sandbox's mailbox; requests to web servers and functions are noted and never sent. An action that
/// changes a SIM changes it as a call would, and one that is about a whole group or account does so with every SIM of it.
/// </summary>
internal static class EventActions
{
    private static readonly FrozenDictionary<string, Func<SimLife, PlannedAction, Sim, DateTimeOffset, EventOutcome>> Changes =
        new Dictionary<string, Func<SimLife, PlannedAction, Sim, DateTimeOffset, EventOutcome>>(StringComparer.Ordinal)
        {
            ["ChangeSpeedClassAction"] = ChangeSpeedClass,
            ["ActivationAction"] = (life, _, sim, at) => Become(life, sim, StatusMachine.Active, at),
            ["DeactivationAction"] = (life, _, sim, at) => Become(life, sim, StatusMachine.Inactive, at),
            ["StandbyAction"] = (life, _, sim, at) => Become(life, sim, StatusMachine.Standby, at),
            ["SuspendAction"] = (life, _, sim, at) => Become(life, sim, StatusMachine.Suspended, at),
            ["ImeiLockAction"] = (life, _, sim, at) => LockImei(life, sim, at),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<PartHome, PlannedAction, DateTimeOffset, EventOutcome>> Messages =
        new Dictionary<string, Func<PartHome, PlannedAction, DateTimeOffset, EventOutcome>>(StringComparer.Ordinal)
        {
            ["SendMailAction"] = (home, action, at) => action.Text("to") is { Length: > 0 } to ? Send(home, action, to, at) : EventOutcome.Refused("The mail has no address."),
            ["SendMailToOperatorAction"] = SendToOperator,
            ["ExecuteWebRequestAction"] = (_, action, _) => EventOutcome.Noted($"{action.Text("httpMethod")} {action.Text("url")} {action.Text("body")}".TrimEnd()),
            ["InvokeAWSLambdaAction"] = (_, action, _) => EventOutcome.Noted(
                $"{action.Text("endpoint")} {action.Text("functionName")} {string.Join(' ', Enumerable.Range(1, 5).Select(number => action.Text($"parameter{number}")))}".TrimEnd()),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Does an action.</summary>
    /// <param name="home">Whose it is.</param>
    /// <param name="life">What the SIMs are changed through.</param>
    /// <param name="handler">The handler as it is now.</param>
    /// <param name="planned">The action.</param>
    /// <param name="at">Now.</param>
    /// <returns>What came of it; for a change one outcome a SIM.</returns>
    public static IReadOnlyList<(string? SimId, EventOutcome Outcome)> Do(PartHome home, SimLife life, EventHandler handler, PlannedAction planned, DateTimeOffset at)
    {
        if (Messages.TryGetValue(planned.Action.Type, out var tell))
        {
            return [(planned.SimId, tell(home, planned, at))];
        }

        var change = Changes[planned.Action.Type];
        List<Sim> sims = planned.SimId is null ? life.Data.Sims(handler.Watches) : life.Data.FindSim(planned.SimId) is { } one ? [one] : [];
        return [.. sims.Select(sim => ((string?)sim.SimId, change(life, planned, sim, at)))];
    }

    private static EventOutcome ChangeSpeedClass(SimLife life, PlannedAction planned, Sim sim, DateTimeOffset at)
    {
        var wanted = planned.Text("speedClass");
        if (sim.PrimarySubscriber.Plan.SpeedClasses.FirstOrDefault(one => one == wanted) is not { } speedClass)
        {
            return EventOutcome.Refused($"{sim.PrimarySubscriber.Subscription} has no speed class '{wanted}'.");
        }

        if (sim.SpeedClass == speedClass)
        {
            return EventOutcome.Unchanged(speedClass);
        }

        life.Put(sim with { SpeedClass = speedClass }, at);
        return EventOutcome.Done(speedClass);
    }

    private static EventOutcome Become(SimLife life, Sim sim, string status, DateTimeOffset at)
    {
        if (sim.Status == status)
        {
            return EventOutcome.Unchanged(status);
        }

        if (!StatusMachine.Allows(sim, status))
        {
            return EventOutcome.Refused($"A SIM that is {sim.Status} does not become {status}.");
        }

        life.Become(sim, status, at);
        return EventOutcome.Done(status);
    }

    private static EventOutcome LockImei(SimLife life, Sim sim, DateTimeOffset at)
    {
        if (sim is not { Online: true, Session.Imei: { } imei })
        {
            return EventOutcome.Refused("There is no session with an IMEI.");
        }

        if (sim.LockedImei == imei)
        {
            return EventOutcome.Unchanged(imei);
        }

        life.Put(sim with { LockedImei = imei }, at);
        return EventOutcome.Done(imei);
    }

    private static EventOutcome SendToOperator(PartHome home, PlannedAction planned, DateTimeOffset at) => Send(home, planned, home.Account.Part<EmailPart>().All[0].Address, at);

    private static EventOutcome Send(PartHome home, PlannedAction planned, string to, DateTimeOffset at)
    {
        home.Account.World.Mail.Send(new SandboxMail(to, planned.Text("title"), Token: "", at) { Text = planned.Text("message") });
        return EventOutcome.Done($"Mailed to {to}.");
    }
}
