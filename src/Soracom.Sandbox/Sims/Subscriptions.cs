using System.Collections.Frozen;

namespace Soracom.Sandbox.Sims;

/// <summary>What a plan offers.</summary>
/// <param name="Name">As in a SIM's <c>subscription</c>.</param>
/// <param name="SpeedClasses">Those that can be chosen; none where there is only one.</param>
internal sealed record Plan(string Name, IReadOnlyList<string> SpeedClasses)
{
    /// <summary>Whether it carries short messages.</summary>
    public bool HasSms { get; init; } = true;

    public bool HasStandby { get; init; } = true;

    /// <summary>The bundles that can be chosen.</summary>
    public IReadOnlyList<string> Bundles { get; init; } = [];

    /// <summary>A bundle that a SIM is made with, or not, for good.</summary>
    public string? FixedBundle { get; init; }

    /// <summary>What can be added to a SIM whose primary subscription is this one, besides Arc.</summary>
    public IReadOnlyList<string> Additions { get; init; } = [];
}

/// <summary>All plans of both coverages, as a table.</summary>
internal static class Subscriptions
{
    public const string Arc = "planArc01";

    private static readonly string[] Standard = ["s1.minimum", "s1.slow", "s1.standard", "s1.fast", "s1.4xfast"];
    private static readonly string[] American = [.. Standard, "s1.8xfast"];
    private static readonly string[] AmericanBundles =
        ["US-1MB", "US-3MB", "US-10MB", "US-20MB", "US-50MB", "US-100MB", "US-300MB", "US-500MB", "US-1GB", "US-3GB", "US-5GB", "US-10GB"];

    private static readonly FrozenDictionary<string, Plan> Plans = new Plan[]
    {
        new("plan-D", Standard) { HasSms = false, HasStandby = false, FixedBundle = "D-500MB" },
        new("plan-DU", ["u1.standard", "u1.slow"]) { HasSms = false, Bundles = ["DU-10GB", "DU-50GB", "DU-100GB"] },
        new("plan-K", Standard) { HasSms = false, HasStandby = false },
        new("plan-K2", Standard) { FixedBundle = "K2-500MB" },
        new("plan-KM1", []),
        new("plan01s", Standard) { Additions = ["planP1", "planX1", "planX2", "planX3", "plan-US-max"] },
        new("plan01s-low_data_volume", Standard),
        new("planP1", Standard),
        new("planX1", Standard),
        new("planX2", Standard),
        new("planX3", Standard) { FixedBundle = "X3-5MB" },
        new("planX3-EU", Standard) { FixedBundle = "X3-5MB" },
        new("planXM1", Standard),
        new("plan-US", American) { Bundles = AmericanBundles },
        new("plan-US-max", American),
        new("plan-US-NA", American),
        new(Arc, []) { HasSms = false, HasStandby = false },
    }.ToFrozenDictionary(plan => plan.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Plans.Keys;

    public static Plan Of(string subscription) => Plans[subscription];

    public static bool HasSms(string subscription) => Of(subscription).HasSms;
}
