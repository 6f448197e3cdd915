using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Stats;

/// <summary>The speed classes that a SIM had, by time.</summary>
internal sealed class SpeedClasses(SimLife life, Sim sim)
{
    private readonly List<(DateTimeOffset From, string SpeedClass)> history =
    [
        .. life.Statuses(sim).Select(entry => (DateTimeOffset.FromUnixTimeMilliseconds(entry.Time), entry.SpeedClass)),
    ];

    /// <summary>Before what is on record it was the first one.</summary>
    public string At(DateTimeOffset time)
    {
        for (var i = history.Count - 1; i >= 0; i--)
        {
            if (history[i].From <= time)
            {
                return history[i].SpeedClass;
            }
        }

        return history.Count > 0 ? history[0].SpeedClass : sim.SpeedClass;
    }
}
