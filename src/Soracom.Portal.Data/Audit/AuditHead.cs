namespace Soracom.Portal.Data.Audit;

/// <summary>The end of a chain of audit entries: what takes entries from the end, or adds some, does not fit it any more.</summary>
[InstallationWide]
public sealed class AuditHead
{
    /// <summary>The tenant; <see cref="Guid.Empty"/> for the installation's own chain.</summary>
    public required Guid Id { get; init; }

    /// <summary>How many entries the chain has.</summary>
    public required long Number { get; init; }

    /// <summary>The last entry's hash.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>How many entries there were before the chain began.</summary>
    public required long Unchained { get; init; }
}
