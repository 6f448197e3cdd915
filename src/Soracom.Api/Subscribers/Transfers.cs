using Soracom.Api.Http;

namespace Soracom.Api.Subscribers;

/// <summary>SIMs for another account (wire: IssueSubscriberTransferTokenRequest).</summary>
public sealed record TransferOffer
{
    /// <summary>Of the other account's root user.</summary>
    public required string TransferDestinationOperatorEmail { get; init; }

    public required string TransferDestinationOperatorId { get; init; }

    /// <summary>The IMSIs.</summary>
    public required IReadOnlyList<string> TransferImsi { get; init; }
}

/// <summary>What such an offer is accepted or taken back by (wire: IssueSubscriberTransferTokenResponse, VerifySubscriberTransferTokenRequest).</summary>
public sealed class TransferToken : IHoldsSecrets
{
    public required string Token { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Token];
}

/// <summary>The SIMs that have changed hands (wire: VerifySubscriberTransferTokenResponse).</summary>
public sealed record TransferredSubscribers
{
    public IReadOnlyList<string>? TransferredImsi { get; init; }
}
