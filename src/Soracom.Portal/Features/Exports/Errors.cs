using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Exports;

/// <summary>The camera recorded nothing in the period that was asked for; nothing was begun.</summary>
public sealed record NothingRecordedError() : PortalError("NothingRecorded");

/// <summary>More was asked for than fits into one export; nothing was begun.</summary>
internal interface IExportLimit
{
    /// <summary>The latest end that fits, UTC; the beginning of what was asked for where none does.</summary>
    DateTimeOffset Until { get; }
}

/// <summary>The period is longer than anything is kept; nothing was begun.</summary>
public sealed record ExportTooLongError : InputError, IExportLimit
{
    /// <summary>Creates the error.</summary>
    /// <param name="days">The longest period, in days.</param>
    /// <param name="until">The latest end that fits, UTC.</param>
    public ExportTooLongError(int days, DateTimeOffset until)
        : base("ExportTooLong", days) => Until = until;

    /// <inheritdoc />
    public DateTimeOffset Until { get; }
}

/// <summary>It comes to more pieces than one export has; nothing was begun.</summary>
public sealed record ExportPiecesError : InputError, IExportLimit
{
    /// <summary>Creates the error.</summary>
    /// <param name="most">The most pieces.</param>
    /// <param name="until">The latest end that fits, UTC.</param>
    public ExportPiecesError(int most, DateTimeOffset until)
        : base("ExportPieces", most) => Until = until;

    /// <inheritdoc />
    public DateTimeOffset Until { get; }
}

/// <summary>The vendor's list of what was recorded in the period is too long to plan at once; nothing was begun.</summary>
public sealed record ExportTooManyRecordingsError : InputError, IExportLimit
{
    /// <summary>Creates the error.</summary>
    /// <param name="told">The latest end of a period that can be planned, by the tenant's clocks.</param>
    /// <param name="until">The same, UTC.</param>
    public ExportTooManyRecordingsError(string told, DateTimeOffset until)
        : base("ExportTooManyRecordings", told) => Until = until;

    /// <inheritdoc />
    public DateTimeOffset Until { get; }
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

/// <summary>Going on, or asking again, costs more by now than was shown; nothing was changed.</summary>
public sealed record FootageCostMovedError() : PortalError("FootageCostMoved");

/// <summary>The portal's store has lost a file, or can't be reached.</summary>
public sealed record FootageLostError() : PortalError("FootageLost");

/// <summary>The export's files were removed; nothing was changed.</summary>
public sealed record FootageRemovedError() : PortalError("FootageRemoved");

/// <summary>The export stands elsewhere by now, such as cancelled by somebody else; nothing was changed.</summary>
public sealed record ExportMovedError() : PortalError("ExportMoved");

/// <summary>The export is somebody else's, whose files only those remove who set the tenant's rules; nothing was changed.</summary>
public sealed record FootageOfOthersError() : PortalError("FootageOfOthers");
