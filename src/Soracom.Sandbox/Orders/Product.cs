using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Orders;

/// <summary>Something that can be bought. Codes, names and prices are made up.</summary>
/// <param name="Code">What it is ordered by.</param>
/// <param name="Name">In English.</param>
/// <param name="Type">sim, network_module or misc</param>
/// <param name="Price">Of one, in the coverage's currency without tax.</param>
internal sealed record Product(string Code, string Name, string Type, decimal Price)
{
    public const int MostOfOne = 1_000;

    /// <summary>From so many on a piece costs a tenth less.</summary>
    public const int Many = 100;

    /// <summary>Null for what is not a SIM.</summary>
    public string? Subscription { get; init; }

    public string? Bundle { get; init; }

    /// <summary>The form of the SIM.</summary>
    public string ModuleType { get; init; } = "nano";

    /// <summary>SIMs in one.</summary>
    public int Count { get; init; } = 1;

    private static IReadOnlyList<Product> Japan { get; } =
    [
        Sim("SIM-D-NANO", "IoT SIM plan-D nano", 900, "plan-D"),
        Sim("SIM-D-TRIO", "IoT SIM plan-D multi-cut", 900, "plan-D") with { ModuleType = "trio" },
        Sim("SIM-D-NANO-500MB", "IoT SIM plan-D nano, D-500MB", 900, "plan-D") with { Bundle = "D-500MB" },
        Sim("SIM-D-NANO-10", "IoT SIM plan-D nano, pack of 10", 8_500, "plan-D") with { Count = 10 },
        Sim("SIM-K2-NANO", "IoT SIM plan-K2 nano", 900, "plan-K2"),
        Sim("SIM-KM1-EMB", "IoT SIM plan-KM1 embedded", 900, "plan-KM1") with { ModuleType = "embedded" },
        Sim("SIM-DU-NANO", "IoT SIM plan-DU nano, DU-10GB", 900, "plan-DU") with { Bundle = "DU-10GB" },
        Sim("SIM-01S-NANO-JP", "IoT SIM plan01s nano", 550, "plan01s"),
        new("USB-LTE-1", "USB LTE modem", "network_module", 9_800),
        new("BUTTON-1", "LTE-M button", "misc", 7_000),
    ];

    private static IReadOnlyList<Product> Global { get; } =
    [
        Sim("SIM-01S-NANO", "IoT SIM plan01s nano", 5, "plan01s"),
        Sim("SIM-01S-TRIO", "IoT SIM plan01s multi-cut", 5, "plan01s") with { ModuleType = "trio" },
        Sim("SIM-01S-LDV-EMB", "IoT SIM plan01s low data volume embedded", 5, "plan01s-low_data_volume") with { ModuleType = "embedded" },
        Sim("SIM-01S-NANO-10", "IoT SIM plan01s nano, pack of 10", 45, "plan01s") with { Count = 10 },
        Sim("SIM-P1-NANO", "IoT SIM planP1 nano", 5, "planP1"),
        Sim("SIM-X3-NANO", "IoT SIM planX3 nano, X3-5MB", 5, "planX3") with { Bundle = "X3-5MB" },
        new("USB-LTE-2", "USB LTE modem", "network_module", 89),
    ];

    public static IReadOnlyList<Product> Of(Coverage coverage) => coverage == Coverage.Japan ? Japan : Global;

    public decimal PriceOf(int quantity) => quantity >= Many ? Price * 9 / 10 : Price;

    private static Product Sim(string code, string name, decimal price, string subscription) => new(code, name, "sim", price) { Subscription = subscription };
}
