namespace Soracom.Portal.Features.Billing.Files;

/// <summary>Why a detailed file could not be had, beside the ways in which the vendor fails.</summary>
internal static class BillFileTrouble
{
    /// <summary>The vendor has no bill of the month that it could make a file of.</summary>
    public const string NoBill = "NoBill";

    /// <summary>The month ended before the vendor was asked for its running figures.</summary>
    public const string MonthEnded = "MonthEnded";

    /// <summary>The vendor failed to make it, several times.</summary>
    public const string NotMade = "NotMade";

    /// <summary>The vendor was at it for too long, several times.</summary>
    public const string TooLong = "TooLong";

    /// <summary>The address of what the vendor made led to nothing, several times.</summary>
    public const string AddressDied = "AddressDied";

    /// <summary>The tenant's credential is another account's by now.</summary>
    public const string OtherAccount = "OtherAccount";

    /// <summary>Whoever asked for it may not see bills any more.</summary>
    public const string RightLost = "RightLost";

    /// <summary>It is larger than files may be.</summary>
    public const string TooLarge = "TooLarge";

    /// <summary>There is no room in the store.</summary>
    public const string StoreFull = "StoreFull";

    /// <summary>The store is out of reach.</summary>
    public const string StoreGone = "StoreGone";

    /// <summary>The file in the store is missing, or not what was written.</summary>
    public const string FileBroken = "FileBroken";
}
