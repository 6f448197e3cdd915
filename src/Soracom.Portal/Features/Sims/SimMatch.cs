using Microsoft.Extensions.Localization;
using Soracom.Api.Sims;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Features.Sims;

/// <summary>Why a SIM was found, where its row in the list does not show it anyway.</summary>
internal static class SimMatch
{
    /// <summary>The phone numbers and the serial number that hold what was searched for; none where a column of the row holds it too.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="sim">The SIM.</param>
    /// <param name="terms">What was searched for.</param>
    /// <returns>What each is, and its value.</returns>
    public static IEnumerable<(string Label, string Value)> Unseen(IStringLocalizer<Strings> words, Sim sim, IReadOnlyList<string> terms)
    {
        var subscribers = sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Values).ToList();
        return Shown(sim).Any(Holds) ? [] : subscribers
            .Select(subscriber => (Label: words["Sim.Msisdn"].Value, Value: subscriber.Msisdn))
            .Append((Label: words["Sim.SerialNumber"].Value, Value: sim.SerialNumber))
            .Where(candidate => Holds(candidate.Value))
            .Select(candidate => (candidate.Label, candidate.Value!));

        bool Holds(string? value) => value is not null && terms.Any(term => value.Contains(term, StringComparison.OrdinalIgnoreCase));

        IEnumerable<string?> Shown(Sim shown) => [shown.Name, shown.SimId, .. shown.Profiles.Keys, .. subscribers.Select(subscriber => subscriber.Imsi)];
    }
}
