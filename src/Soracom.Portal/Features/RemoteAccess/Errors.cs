using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.RemoteAccess;

/// <summary>The tenant's policy does not allow the door; nothing was opened.</summary>
/// <param name="Reasons">Everything that stands against it.</param>
public sealed record DoorRefusedError(IReadOnlyList<PolicyReason> Reasons) : PortalError("DoorRefused");

/// <summary>The same person is having a door to the same port of the same SIM opened at this moment; no second one was opened.</summary>
public sealed record DoorUnderWayError() : PortalError("DoorUnderWay");

/// <summary>The right of whoever closed doors ended meanwhile. Doors that were opened here are closed by the portal all the same.</summary>
public sealed record ClosingRightEndedError() : PortalError("ClosingRightEnded");

/// <summary>The tenant's credential is another account's than that in which the door was opened; it can't be reached any more.</summary>
public sealed record DoorOfOtherAccountError() : PortalError("DoorOfOtherAccount");

/// <summary>The vendor did not close a door that it was told to close: it is listed still. It is tried again.</summary>
public sealed record DoorStillOpenError() : PortalError("DoorStillOpen");

/// <summary>Something of the portal's own failed while doors were being closed; it is in the log. Doors that were opened here are tried again.</summary>
public sealed record ClosingFailedError() : PortalError("ClosingFailed");
