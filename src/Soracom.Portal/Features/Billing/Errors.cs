using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Billing;

/// <summary>The month is over and the vendor has not closed its bill yet: until then there is no file of it.</summary>
public sealed record BillNotClosedError() : PortalError("BillNotClosed");

/// <summary>The portal's store of detailed files can't be reached.</summary>
public sealed record BillFileAwayError() : PortalError("BillFileAway");

/// <summary>The portal's store has lost a detailed file; it can be asked for again.</summary>
public sealed record BillFileLostError() : PortalError("BillFileLost");
