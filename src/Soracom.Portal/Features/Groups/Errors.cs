using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups;

/// <summary>What the portal keeps of the tenant's groups can't be opened: altered, or its key is gone.</summary>
public sealed record UnreadableArchiveError() : PortalError("UnreadableArchive");

/// <summary>The group's configuration was changed at the vendor since the draft was begun; nothing was written.</summary>
/// <param name="Number">The revision that is there now.</param>
public sealed record GroupChangedError(int Number) : PortalError("GroupChanged");

/// <summary>There are SIMs in the group that was to be deleted; nothing was changed.</summary>
public sealed record GroupInUseError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="sims">How many SIMs there are at least.</param>
    public GroupInUseError(int sims)
        : base("GroupInUse") => Arguments = [sims];
}
