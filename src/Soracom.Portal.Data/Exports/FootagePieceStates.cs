namespace Soracom.Portal.Data.Exports;

/// <summary>States of pieces that belong together; arrays, so that queries can ask for them.</summary>
public static class FootagePieceStates
{
    /// <summary>The vendor was asked for it, and what came of that is not settled.</summary>
    public static readonly FootagePieceState[] Out = [FootagePieceState.Asked, FootagePieceState.Exporting];

    /// <summary>It is yet to come.</summary>
    public static readonly FootagePieceState[] ToCome = [FootagePieceState.Waiting, .. Out];

    /// <summary>It could not be had, or nobody knows about it.</summary>
    public static readonly FootagePieceState[] Lost = [FootagePieceState.Failed, FootagePieceState.Unknown];

    /// <summary>It was had.</summary>
    public static readonly FootagePieceState[] Got = [FootagePieceState.Fetched, FootagePieceState.Delivered];
}
