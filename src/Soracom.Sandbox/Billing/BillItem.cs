namespace Soracom.Sandbox.Billing;

/// <summary>What is charged for. The vendor's own names are not public; these follow those that are.</summary>
/// <param name="Name">As in summaries and in detailed CSV files.</param>
/// <param name="Category">The service.</param>
internal sealed record BillItem(string Name, string Category)
{
    public static readonly BillItem DailyBasic = new("dailyBasicCharge", "Air");
    public static readonly BillItem MonthlyBasic = new("monthlyBasicCharge", "Air");
    public static readonly BillItem DataTraffic = new("dailyDataTrafficCharge", "Air");
    public static readonly BillItem Beam = new("dailySoracomBeamRequestCharge", "Beam");
    public static readonly BillItem Harvest = new("dailySoracomHarvestDataCharge", "Harvest");
    public static readonly BillItem Napter = new("monthlySoracomNapterCharge", "Napter");
    public static readonly BillItem CameraLicence = new("monthlySoraCamLicenseCharge", "SoraCam");
    public static readonly BillItem CameraExport = new("monthlySoraCamExportCharge", "SoraCam");

    /// <summary>A discount: a line of its own in detailed CSV files, and off the total; no summary has it.</summary>
    public static readonly BillItem LongTermDiscount = new("longTermDiscount", "Discount");
}
