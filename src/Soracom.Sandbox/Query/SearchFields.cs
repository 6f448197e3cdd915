using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Query;

/// <summary>What of a SIM a parameter of searchSims looks at.</summary>
/// <param name="Number">Its place in <see cref="SearchFields.All"/>.</param>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Match">How values are compared; never by case.</param>
/// <param name="Values">The values of a SIM and the group that it is in.</param>
internal sealed record SearchField(int Number, string Parameter, SearchMatch Match, Func<Sim, Group?, IEnumerable<string?>> Values);

internal enum SearchMatch
{
    /// <summary>A part of the value is enough.</summary>
    Part,

    /// <summary>The whole value.</summary>
    Whole,

    /// <summary>The value is one of a closed set. Whether "active" finds "inactive" too is not documented.</summary>
    Enumeration,
}

internal static class SearchFields
{
    public const string Online = "online";
    public const string Offline = "offline";

    private static readonly (string Parameter, SearchMatch Match, Func<Sim, Group?, IEnumerable<string?>> Values)[] Table =
    [
        ("name", SearchMatch.Part, (sim, _) => [sim.Tags.Name]),
        ("group", SearchMatch.Part, (_, group) => [group?.Tags.Name]),
        ("group_id", SearchMatch.Whole, (sim, _) => [sim.GroupId]),
        ("sim_id", SearchMatch.Part, (sim, _) => [sim.SimId]),
        ("imsi", SearchMatch.Part, (sim, _) => Subscribers(sim).Select(subscriber => subscriber.Imsi)),
        ("msisdn", SearchMatch.Part, (sim, _) => Subscribers(sim).Select(subscriber => subscriber.Msisdn)),
        ("iccid", SearchMatch.Part, (sim, _) => sim.Profiles.Select(profile => profile.Iccid)),
        ("serial_number", SearchMatch.Part, (sim, _) => [sim.SerialNumber]),
        // Any tag's value: the name is one of them.
        ("tag", SearchMatch.Part, (sim, _) => sim.Tags.Values),
        ("bundles", SearchMatch.Part, (sim, _) => Subscribers(sim).SelectMany(subscriber => subscriber.Bundles)),
        ("status", SearchMatch.Enumeration, (sim, _) => [sim.Status]),
        ("subscription", SearchMatch.Whole, (sim, _) => Subscribers(sim).Select(subscriber => subscriber.Subscription)),
        ("module_type", SearchMatch.Enumeration, (sim, _) => [sim.ModuleType]),
        ("session_status", SearchMatch.Whole, (sim, _) => [sim.Online ? Online : Offline]),
    ];

    public static IReadOnlyList<SearchField> All { get; } =
        [.. Table.Select((row, number) => new SearchField(number, row.Parameter, row.Match, row.Values))];

    public static SearchField Session { get; } = All.Single(field => field.Parameter == "session_status");

    public static SearchField Group { get; } = All.Single(field => field.Parameter == "group");

    private static IEnumerable<Subscriber> Subscribers(Sim sim) => sim.Profiles.SelectMany(profile => profile.Subscribers);
}
