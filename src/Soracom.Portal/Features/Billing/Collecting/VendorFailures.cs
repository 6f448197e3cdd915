using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>
/// What goes wrong with several operations of one reading, and whether to go on with the others: each failure decides. One operation may be broken while
/// the others are not; where the credential or the account's share of calls is at fault, or the vendor is down, the others would fail too.
/// </summary>
internal sealed class VendorFailures
{
    /// <summary>After so many calls in a row that the vendor did not serve, it is down.</summary>
    public const int Down = 3;

    private int inARow;

    /// <summary>What is told of all of it: what ended it, or what failed first; null where nothing did.</summary>
    public VendorError? Gravest { get; private set; }

    /// <summary>Whether another operation may go better.</summary>
    public bool GoesOn => inARow < Down && !(Gravest is { } failure && EndsAll(failure));

    /// <summary>Takes in what came of an operation.</summary>
    /// <param name="failure">Why it failed; null where it did not, or was answered all the same.</param>
    public void Note(VendorError? failure)
    {
        inARow = failure is { Kind: VendorErrorKind.Unavailable } ? inARow + 1 : 0;
        if (failure is not null && (Gravest is null || (!EndsAll(Gravest) && (EndsAll(failure) || inARow == Down))))
        {
            Gravest = failure;
        }
    }

    private static bool EndsAll(VendorError failure) => failure.IsAboutTheCredential || failure.Kind is VendorErrorKind.RateLimited or VendorErrorKind.KeyStoreAway;
}
