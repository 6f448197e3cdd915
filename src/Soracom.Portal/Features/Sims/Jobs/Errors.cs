using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>The SIMs of the account are not all known yet; nothing was planned.</summary>
public sealed record InventoryMissingError() : PortalError("JobInventory");

/// <summary>None of the SIMs that were named is there; nothing was planned.</summary>
public sealed record NothingToPlanError() : PortalError("JobNothing");

/// <summary>The job stands elsewhere by now, such as cancelled by somebody else; nothing was changed.</summary>
public sealed record JobMovedError() : PortalError("JobMoved");
