namespace Soracom.Portal.Data.Billing;

/// <summary>
/// What an account's month costs, as the vendor told it last. Months are UTC. The vendor forgets them after 18 months, the portal does not.
/// Amounts are in <see cref="Currency"/>, with six decimals at most.
/// </summary>
public sealed class BillMonth : ITenantOwned
{
    /// <summary>The longest of the vendor's words and ids, in characters.</summary>
    public const int WordLength = 64;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose bill it is; with the credential of another operator it is not to be seen.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The month as a number, such as 202604: in the order of time.</summary>
    public required int Month { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; set; }

    /// <summary>Taxes and discounts included, coupons taken off; null while the vendor has not told.</summary>
    public decimal? Amount { get; set; }

    /// <summary>What coupons took off.</summary>
    public decimal CouponAmount { get; set; }

    /// <summary>Whether it is final.</summary>
    public required BillStage Stage { get; set; }

    /// <summary>The vendor's word for how it is paid; empty before it is final.</summary>
    public required string PaymentStatus { get; set; }

    /// <summary>The vendor's id of the payment; empty when there is none.</summary>
    public required string PaymentTransactionId { get; set; }

    /// <summary>Up to when usage is counted, UTC; null where the vendor has not told.</summary>
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>When the vendor was asked for what stands here, UTC. What was asked for earlier does not replace it.</summary>
    public required DateTimeOffset ReadAt { get; set; }

    /// <summary>When it was first seen as final, UTC; null before.</summary>
    public DateTimeOffset? FinalAt { get; set; }

    /// <summary>How many amounts it has had since it became final: the number of its last <see cref="BillRevision"/>; 0 before.</summary>
    public int Revision { get; set; }

    /// <summary>When its days were read last, UTC; null when never, or not since its bill became what it is.</summary>
    public DateTimeOffset? DaysReadAt { get; set; }

    /// <summary>Up to when its <see cref="BillDay"/>s are counted, UTC; null when there are none. The day that this lies in was not over then.</summary>
    public DateTimeOffset? DaysAsOf { get; set; }

    /// <summary>The sum of its <see cref="BillDay"/>s; null when there are none.</summary>
    public decimal? DaysTotal { get; set; }

    /// <summary>When its <see cref="BillLine"/>s by bill item were read last, UTC; null when never.</summary>
    public DateTimeOffset? ItemsReadAt { get; set; }

    /// <summary>When its <see cref="BillLine"/>s by SIM were read last, UTC; null when never.</summary>
    public DateTimeOffset? SimsReadAt { get; set; }

    /// <summary>Up to when its <see cref="BillLine"/>s by bill item are counted, UTC; null when there are none. They may be older than the total, the days and the SIMs.</summary>
    public DateTimeOffset? ItemsAsOf { get; set; }

    /// <summary>Up to when the vendor says that its <see cref="BillLine"/>s by SIM are counted, UTC; null when there are none.</summary>
    public DateTimeOffset? SimsAsOf { get; set; }

    /// <summary>The net sum of its lines by bill item; null when there are none.</summary>
    public decimal? ItemsTotal { get; set; }

    /// <summary>What it will come to at its end, coupons not taken off; null for one that is over, or where too little is known.</summary>
    public decimal? Forecast { get; set; }

    /// <summary>The lower end of what it will come to.</summary>
    public decimal? ForecastLow { get; set; }

    /// <summary>The upper end of what it will come to.</summary>
    public decimal? ForecastHigh { get; set; }
}

/// <summary>How far a month's bill is.</summary>
public enum BillStage
{
    /// <summary>It may change: the month is under way, or over and not closed yet, or the vendor counts it anew.</summary>
    Preliminary,

    /// <summary>The vendor has closed it.</summary>
    Final,
}
