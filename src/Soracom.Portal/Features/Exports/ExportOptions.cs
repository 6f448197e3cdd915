namespace Soracom.Portal.Features.Exports;

/// <summary>How footage is exported and kept. Configuration section <c>Exports</c>.</summary>
public sealed class ExportOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Exports";

    /// <summary>Whether this instance works on exports; one of several instances is enough.</summary>
    public bool Run { get; set; } = true;

    /// <summary>How many exports are worked on at a time; those of one camera are worked on one after another whatever this is.</summary>
    public int AtOnce { get; set; } = 16;

    /// <summary>The folder that holds what was exported, on a share where there are several instances. App_Data/exports below the content root unless it is set.</summary>
    public string? Folder { get; set; }

    /// <summary>The most that a tenant's exports may take, in bytes.</summary>
    public long MostBytesOfTenant { get; set; } = 50L << 30;

    /// <summary>What is left free on the folder's disk, in bytes.</summary>
    public long LeastFreeBytes { get; set; } = 1L << 30;

    /// <summary>How long files are kept after an export has ended, where the tenant does not say.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);
}
