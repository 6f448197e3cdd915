using Soracom.Api;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>The groups of one account.</summary>
/// <param name="Coverage">The coverage.</param>
/// <param name="Groups">The groups, in no order.</param>
/// <param name="ReadAt">No group is older than this; null when there is none.</param>
public sealed record GroupListing(SoracomCoverage Coverage, IReadOnlyList<ListedGroup> Groups, DateTimeOffset? ReadAt)
{
    /// <summary>How old the numbers of SIMs are; null when they are not known, or not for who asks.</summary>
    public DateTimeOffset? SimsAsOf { get; init; }

    /// <summary>Why the vendor could not be read; null when it could, or did not have to be.</summary>
    public PortalError? Failure { get; init; }
}
