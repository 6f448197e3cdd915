using System.Collections.Frozen;

namespace Soracom.Sandbox.Sims;

/// <summary>What the plans differ in, as far as the sandbox cares.</summary>
internal static class Subscriptions
{
    public const string Arc = "planArc01";

    private static readonly FrozenSet<string> WithoutSms = FrozenSet.Create(StringComparer.Ordinal, "plan-D", "plan-K", "plan-DU", Arc);

    public static bool HasSms(string subscription) => !WithoutSms.Contains(subscription);
}
