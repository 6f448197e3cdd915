namespace Soracom.Portal.Data.Billing;

/// <summary>What a day cost, net and without what is charged by the month. Days are UTC's.</summary>
public sealed class BillDay : ITenantOwned
{
    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose it is.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; set; }

    /// <summary>Net.</summary>
    public required decimal Amount { get; set; }

    /// <summary>Whether it was not over when it was told last: what is told is not the whole of it.</summary>
    public bool IsPart { get; set; }
}
