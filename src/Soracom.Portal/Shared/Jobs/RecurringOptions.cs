namespace Soracom.Portal.Shared.Jobs;

/// <summary>What is done a few times a day. Configuration section <c>Recurring</c>.</summary>
public sealed class RecurringOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Recurring";

    /// <summary>Whether this instance does it; one of several instances is enough.</summary>
    public bool Run { get; set; } = true;
}
