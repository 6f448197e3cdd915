namespace Soracom.Sandbox;

/// <summary>What cameras cost, in yen without tax. Made up, in the order of size of public price lists.</summary>
public sealed record CameraPrices
{
    /// <summary>A month of a licence that records all the time, for each day that recordings are kept.</summary>
    public decimal ContinuousMonthPerDay { get; init; } = 20;

    /// <summary>What comes on top of that for each licence.</summary>
    public decimal ContinuousMonth { get; init; } = 760;

    /// <summary>The same of a licence that records motion.</summary>
    public decimal MotionMonthPerDay { get; init; } = 10;

    /// <summary>The same of a licence that records motion.</summary>
    public decimal MotionMonth { get; init; } = 380;

    /// <summary>A second of exports and streams above a camera's free hours of the month.</summary>
    public decimal ExportSecond { get; init; } = 0.03m;
}
