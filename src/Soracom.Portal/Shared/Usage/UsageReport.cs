namespace Soracom.Portal.Shared.Usage;

/// <summary>How much a SIM, or several, sent and received.</summary>
/// <param name="Slots">The periods, in the order of time, those without traffic too.</param>
/// <param name="SpeedClasses">The speed classes that there was traffic in.</param>
public sealed record UsageReport(IReadOnlyList<UsageSlot> Slots, IReadOnlyList<string> SpeedClasses)
{
    /// <summary>All of it.</summary>
    public UsageAmount Total => Slots.Aggregate(UsageAmount.None, (sum, slot) => sum + slot.Total);
}

/// <summary>What was sent and received in a period.</summary>
/// <param name="Start">When it begins, UTC.</param>
/// <param name="Amounts">By speed class.</param>
public sealed record UsageSlot(DateTimeOffset Start, IReadOnlyDictionary<string, UsageAmount> Amounts)
{
    /// <summary>In all speed classes.</summary>
    public UsageAmount Total => Amounts.Values.Aggregate(UsageAmount.None, (sum, amount) => sum + amount);

    /// <summary>In one speed class.</summary>
    /// <param name="speedClass">The speed class.</param>
    /// <returns>What was sent and received in it.</returns>
    public UsageAmount Of(string speedClass) => Amounts.GetValueOrDefault(speedClass, UsageAmount.None);
}

/// <summary>An amount of traffic.</summary>
/// <param name="Up">Bytes that the device sent.</param>
/// <param name="Down">Bytes that it received.</param>
public readonly record struct UsageAmount(long Up, long Down)
{
    /// <summary>Nothing.</summary>
    public static readonly UsageAmount None;

    /// <summary>Bytes in both directions.</summary>
    public long Both => Up + Down;

    /// <summary>Adds two amounts.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    public static UsageAmount operator +(UsageAmount one, UsageAmount other) => new(one.Up + other.Up, one.Down + other.Down);
}
