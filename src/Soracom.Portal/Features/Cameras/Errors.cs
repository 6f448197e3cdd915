using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras;

/// <summary>Nothing was recorded at that time; nothing was charged.</summary>
public sealed record CameraNothingRecordedError() : PortalError("CameraNothingRecorded");

/// <summary>The camera's quota of the month is used up; nothing was charged.</summary>
public sealed record CameraQuotaUsedError() : PortalError("CameraQuotaUsed");

/// <summary>The vendor could not make the picture; nothing was charged.</summary>
public sealed record CameraStillFailedError() : PortalError("CameraStillFailed");

/// <summary>The picture was made, which is charged for, and could not be fetched.</summary>
public sealed record CameraStillLostError() : PortalError("CameraStillLost");
