using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>The SIMs of the account are not all known yet; nothing was planned.</summary>
public sealed record InventoryMissingError() : PortalError("JobInventory");

/// <summary>None of the SIMs that were chosen is there; nothing was planned.</summary>
public sealed record NothingToPlanError() : PortalError("JobNothing");

/// <summary>A file whose every cell of a change is blank; nothing was planned.</summary>
public sealed record FileAsksNothingError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="columns">Its columns that ask for changes.</param>
    public FileAsksNothingError(string columns)
        : base("FileAsksNothing") => Arguments = [columns];
}

/// <summary>A file of the SIM list that differs nowhere from the list as it is now; nothing was planned.</summary>
public sealed record FileIsAsListedError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="columns">Its columns that are read.</param>
    public FileIsAsListedError(string columns)
        : base("FileIsAsListed") => Arguments = [columns];
}

/// <summary>The job stands elsewhere by now, such as cancelled by somebody else; nothing was changed.</summary>
public sealed record JobMovedError() : PortalError("JobMoved");
