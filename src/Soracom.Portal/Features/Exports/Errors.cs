using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Exports;

/// <summary>The camera recorded nothing in the period that was asked for; nothing was begun.</summary>
public sealed record NothingRecordedError() : PortalError("NothingRecorded");

/// <summary>The vendor's list of what was recorded in the period is too long to plan at once; nothing was begun.</summary>
public sealed record ExportTooManyRecordingsError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="until">The latest end of a period that can be planned, by the tenant's clocks.</param>
    public ExportTooManyRecordingsError(string until)
        : base("ExportTooManyRecordings") => Arguments = [until];
}

/// <summary>More of the camera's monthly quota was asked for than is left; nothing was begun.</summary>
public sealed record QuotaError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="cost">What was asked for, in seconds.</param>
    /// <param name="left">What is left, in seconds, without what other exports have set aside.</param>
    public QuotaError(long cost, long left)
        : base("Quota") => Arguments = [cost, left];
}

/// <summary>Other exports hold all that was asked for; nothing was begun.</summary>
public sealed record FootageThereError() : PortalError("FootageThere");

/// <summary>The plan was overtaken: it comes to more than was shown, or others have begun some of it; nothing was begun.</summary>
public sealed record ExportPlanMovedError() : PortalError("ExportPlanMoved");

/// <summary>The portal's store has lost a file, or can't be reached.</summary>
public sealed record FootageLostError() : PortalError("FootageLost");

/// <summary>The export's files were removed; nothing was changed.</summary>
public sealed record FootageRemovedError() : PortalError("FootageRemoved");

/// <summary>The export stands elsewhere by now, such as cancelled by somebody else; nothing was changed.</summary>
public sealed record ExportMovedError() : PortalError("ExportMoved");
