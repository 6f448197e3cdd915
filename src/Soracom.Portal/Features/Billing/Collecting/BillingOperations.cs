namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>The vendor's operations that tell more of a bill than its total: a credential may be refused them, and the bill is read all the same.</summary>
public static class BillingOperations
{
    /// <summary>Costs by bill item.</summary>
    public const string Items = "getBillingSummaryOfBillItems";

    /// <summary>Costs by SIM.</summary>
    public const string Sims = "getBillingSummaryOfSims";

    /// <summary>Costs by day.</summary>
    public const string Days = "getBillingPerDay";

    /// <summary>Those that are named in a list with spaces between.</summary>
    internal static IReadOnlyList<string> Of(string? list) => list?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Those that a credential is refused after a reading that came to half of it: those of before that were not served since, and those of now.</summary>
    internal static string StillDenied(string? before, IReadOnlyCollection<string> denied, IReadOnlyCollection<string> served) =>
        string.Join(' ', Of(before).Except(served, StringComparer.Ordinal).Union(denied, StringComparer.Ordinal));
}
