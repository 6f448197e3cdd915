namespace Soracom.Portal.Features.Billing;

/// <summary>How bills are collected. Configuration section <c>Billing</c>.</summary>
public sealed class BillingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Billing";

    /// <summary>Whether this instance collects bills of itself; one of several instances is enough.</summary>
    public bool Run { get; set; } = true;

    /// <summary>How often figures are collected that nobody looks at.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How old figures may be for those who look at them.</summary>
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often pages look, while they are open, whether figures have become old.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    /// <summary>What age has figures read anew that somebody looks at: at the next look they would be too old.</summary>
    internal TimeSpan ReadAfter => FreshFor > 2 * LookEvery ? FreshFor - LookEvery : FreshFor;

    /// <summary>The folder that holds detailed files, on a share where there are several instances. App_Data/bills below the content root unless it is set.</summary>
    public string? Folder { get; set; }

    /// <summary>The most that a detailed file may have, in bytes.</summary>
    public long MostFileBytes { get; set; } = 2L << 30;

    /// <summary>What is left free on the folder's disk, in bytes.</summary>
    public long LeastFreeBytes { get; set; } = 1L << 30;
}
