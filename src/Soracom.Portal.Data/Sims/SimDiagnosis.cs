namespace Soracom.Portal.Data.Sims;

/// <summary>A look at a SIM that somebody asked the vendor for. The vendor lists none; what is not kept here nobody finds again.</summary>
public sealed class SimDiagnosis : ITenantOwned
{
    /// <summary>The longest id of the vendor's that is kept, in characters.</summary>
    public const int VendorIdLength = 64;

    /// <summary>Identity; in the order of time.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>The SIM id.</summary>
    public required string SimId { get; init; }

    /// <summary>The operator whose credential asked; with another one's it can't be followed.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The vendor's id.</summary>
    public required string DiagnosticId { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Who asked, by the name at the time.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>The beginning of the period that was looked at, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>How far it is.</summary>
    public SimDiagnosisState State { get; set; }

    /// <summary>What was found, as a JSON array in the vendor's terms; empty until it is done.</summary>
    public string Insights { get; set; } = string.Empty;
}

/// <summary>How far a diagnosis is.</summary>
public enum SimDiagnosisState
{
    /// <summary>The vendor is looking.</summary>
    Running,

    /// <summary>It has told what it found.</summary>
    Done,

    /// <summary>It came to nothing.</summary>
    Failed,
}
