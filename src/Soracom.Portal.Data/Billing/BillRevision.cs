namespace Soracom.Portal.Data.Billing;

/// <summary>An amount that a final bill has, or had: the vendor may change it after closing. Kept for ever.</summary>
public sealed class BillRevision : ITenantOwned
{
    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose bill it is.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The month, such as 202604.</summary>
    public required int Month { get; init; }

    /// <summary>From 1 on.</summary>
    public required int Number { get; init; }

    /// <summary>When it was first seen, UTC.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Taxes and discounts included, coupons taken off.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What coupons took off.</summary>
    public required decimal CouponAmount { get; init; }
}
