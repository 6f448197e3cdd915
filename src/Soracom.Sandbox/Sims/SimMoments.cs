using Soracom.Sandbox.EventHandlers;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>What happens to SIMs by itself.</summary>
internal static class SimMoments
{
    /// <summary>How long a device takes to connect again.</summary>
    public static readonly TimeSpan Reconnection = TimeSpan.FromSeconds(15);

    /// <summary>How long each step of an over-the-air delivery takes.</summary>
    public static readonly TimeSpan DeliveryStep = TimeSpan.FromMinutes(1);

    /// <summary>What comes after a status of an added subscription; while shipped, the first minute is a wait that can be cancelled.</summary>
    private static readonly Dictionary<string, string> NextOfDelivery = new(StringComparer.Ordinal) { ["shipped"] = "delivered", ["delivered"] = StatusMachine.Ready };

    public static void Happen(SimLife life, SimMoment moment, DateTimeOffset at)
    {
        if (life.Data.FindSim(moment.SimId) is not { } sim)
        {
            return;
        }

        switch (moment.Kind)
        {
            case SimMomentKind.Expiry:
                Expire(life, sim, at);
                break;
            case SimMomentKind.Connect:
                Connect(life, sim, at);
                break;
            case SimMomentKind.Delivery:
                Deliver(life, sim, moment, at);
                break;
            case SimMomentKind.LocalInfo:
                SimLocalInfo.Arrive(life, sim, at);
                break;
            case SimMomentKind.TestEnd:
                life.Become(sim, sim.Details!.Test!.NextStatus, at);
                break;
            default:
                throw new InvalidOperationException($"{moment.Kind} is nothing that happens.");
        }
    }

    /// <summary>Lets one SIM of the coverage come, go or move, as some do all day.</summary>
    public static void Stir(SimLife life, DateTimeOffset at)
    {
        var chance = life.Chance();
        var sim = life.Data.SimAt(chance.Next(life.Data.SimCount));
        if (sim.CreatedTime > at.ToUnixTimeMilliseconds() || !StatusMachine.Connects(sim.Status))
        {
            return;
        }

        if (!sim.Online)
        {
            // New cards lie in a drawer for long, cards on standby too.
            if (chance.Chance(sim.Status is StatusMachine.Active or StatusMachine.Testing ? 12 : 2))
            {
                Connect(life, sim, at);
            }
        }
        else if (chance.Chance(60))
        {
            life.Put(SimSessions.Move(sim, at, chance), at, modifies: false);
        }
        else
        {
            life.Put(SimSessions.End(sim, at), at, modifies: false);
            if (chance.Chance(88))
            {
                life.Plan(new SimMoment(SimMomentKind.Connect, sim.SimId), at + TimeSpan.FromSeconds(chance.Next(5, 300)));
            }
        }
    }

    /// <summary>The SIM's device tries to connect; whether it can is up to the network.</summary>
    public static Sim Connect(SimLife life, Sim sim, DateTimeOffset at)
    {
        if (!SimSessions.MayBegin(sim, at))
        {
            if (SimSessions.IsLockedOut(sim, at))
            {
                life.Tell(new SimNews(SimNewsKind.ImeiMismatched, sim, sim), at);
            }

            return sim;
        }

        foreach (var waiting in sim.Profiles.SelectMany(profile => profile.Subscribers).Where(subscriber => subscriber.Status is { } status && NextOfDelivery.ContainsKey(status)))
        {
            life.Plan(new SimMoment(SimMomentKind.Delivery, sim.SimId, waiting.Imsi), at + DeliveryStep);
        }

        return life.Put(SimSessions.Begin(sim, life.Coverage, at, life.Chance()), at, modifies: false);
    }

    private static void Expire(SimLife life, Sim sim, DateTimeOffset at)
    {
        var to = sim.ExpiryAction switch
        {
            "deactivate" => StatusMachine.Inactive,
            "suspend" => StatusMachine.Suspended,
            "terminate" => StatusMachine.Terminated,
            _ => null,
        };
        life.Tell(new SimNews(SimNewsKind.Expired, sim, sim), at);
        if (sim.ExpiryAction == "deleteSession" && sim.Online)
        {
            life.Put(SimSessions.End(sim, at), at, modifies: false);
        }
        else if (to is not null && StatusMachine.Allows(sim, to))
        {
            life.Become(sim, to, at);
        }
    }

    private static void Deliver(SimLife life, Sim sim, SimMoment moment, DateTimeOffset at)
    {
        // Without a session the delivery waits for the next one.
        if (!sim.Online)
        {
            return;
        }

        var delivered = sim.WithSubscriber(moment.Imsi, subscriber => subscriber.Status is { } status
            ? subscriber with { Status = NextOfDelivery.GetValueOrDefault(status, status) }
            : subscriber);
        delivered = life.Put(delivered, at, modifies: false);
        if (delivered.FindSubscriber(moment.Imsi) is { Status: "delivered" })
        {
            life.Plan(moment, at + DeliveryStep);
        }
    }
}
