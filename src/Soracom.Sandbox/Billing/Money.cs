using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Billing;

/// <summary>
/// What a coverage bills in. Charges are counted in billionths of the currency, exactly, and rounded only where they are told: upwards, to
/// a whole yen or a cent.
/// </summary>
/// <param name="Code">ISO 4217.</param>
/// <param name="Smallest">The smallest amount, in billionths.</param>
/// <param name="TaxPercent">Of the month's total; bills of the Global coverage name no tax.</param>
/// <param name="Minimum">Less than this is carried over to the next month.</param>
internal sealed record Money(string Code, long Smallest, int TaxPercent, decimal Minimum)
{
    /// <summary>Billionths of one.</summary>
    public const long One = 1_000_000_000;

    private static readonly Money Yen = new("JPY", One, TaxPercent: 10, Minimum: 300);
    private static readonly Money Dollar = new("USD", One / 100, TaxPercent: 0, Minimum: 5);

    private static readonly Money Euro = Dollar with { Code = "EUR" };

    /// <param name="coverage">Japan bills in yen.</param>
    /// <param name="fleet">Of the Global coverage's accounts, one is billed in euros.</param>
    public static Money Of(Coverage coverage, string? fleet = null) => coverage == Coverage.Japan ? Yen : fleet == DemoFleets.Hansa ? Euro : Dollar;

    /// <summary>An amount as it is told.</summary>
    public decimal Told(long billionths) => Up(billionths);

    /// <summary>The same with tax.</summary>
    public decimal WithTax(long billionths) => Up(billionths * (100m + TaxPercent) / 100);

    private decimal Up(decimal billionths) => decimal.Ceiling(billionths / Smallest) * Smallest / One;
}
