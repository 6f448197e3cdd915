using Microsoft.Extensions.Localization;
using Soracom.Api.Sims;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Features.Sims;

/// <summary>Why a SIM was found, where its row in the list does not show it anyway.</summary>
internal static class SimMatch
{
    /// <summary>The phone numbers and the serial number that hold what was searched for.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="sim">The SIM.</param>
    /// <param name="terms">What was searched for.</param>
    /// <returns>What each is, and its value.</returns>
    public static IEnumerable<(string Label, string Value)> Unseen(IStringLocalizer<Strings> words, Sim sim, IReadOnlyList<string> terms) =>
        sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Values)
            .Select(subscriber => (Label: words["Sim.Msisdn"].Value, Value: subscriber.Msisdn))
            .Append((Label: words["Sim.SerialNumber"].Value, Value: sim.SerialNumber))
            // On many a card the serial number is the ICCID, which the row does show.
            .Where(candidate => candidate.Value is { } value && value != sim.SimId && !sim.Profiles.ContainsKey(value) && terms.Any(term => value.Contains(term, StringComparison.OrdinalIgnoreCase)))
            .Select(candidate => (candidate.Label, candidate.Value!));
}
