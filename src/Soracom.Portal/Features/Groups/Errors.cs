using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups;

/// <summary>What the portal keeps of the tenant's groups can't be opened: altered, or its key is gone.</summary>
public sealed record UnreadableArchiveError() : PortalError("UnreadableArchive")
{
    internal static PortalError Of(VaultException error) => error.Failure == VaultFailure.KeyShare ? new KeyStoreAwayError() : new UnreadableArchiveError();
}

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

/// <summary>The vendor knows no group of this id in this account.</summary>
public sealed record GroupMissingError() : PortalError("GroupMissing");

/// <summary>What a draft was to be filled with is what the group has; there is nothing to write.</summary>
public sealed record GroupSameError() : PortalError("GroupSame");
