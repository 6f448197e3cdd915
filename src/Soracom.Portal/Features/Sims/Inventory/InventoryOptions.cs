namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>How the inventory of SIMs is kept fresh. Configuration section <c>Inventory</c>.</summary>
public sealed class InventoryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Inventory";

    /// <summary>Whether this instance walks through accounts; one of several instances is enough.</summary>
    public bool Walk { get; set; } = true;

    /// <summary>How old an inventory may become before it is refreshed without anybody asking.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How old it may be when somebody opens a list, before a refresh is begun.</summary>
    public TimeSpan RefreshOnSight { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many accounts are walked through at a time.</summary>
    public int AtOnce { get; set; } = 2;

    internal static bool IsSensible(TimeSpan age) => age >= TimeSpan.FromMinutes(1) && age <= TimeSpan.FromDays(7);

    internal static string Complaint(string key) => $"{Section}:{key} must be between 00:01:00 and 7.00:00:00.";
}
