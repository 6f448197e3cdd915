using System.Collections.Frozen;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Billing;

/// <summary>What a plan costs, in billionths of the coverage's currency. Made up, in the order of size of public price lists.</summary>
/// <param name="Daily">Basic charge of a day in service.</param>
/// <param name="Monthly">Basic charge of a month, for plans that have one.</param>
/// <param name="PerByte">Data traffic.</param>
/// <param name="TypicalBytes">What a SIM of the plan transfers in a day; the single SIM may do with a tenth or take ten times as much.</param>
internal sealed record Tariff(long Daily, long Monthly, long PerByte, long TypicalBytes)
{
    private const long Mega = 1_000_000;

    private static readonly FrozenDictionary<string, Tariff> Japan = new Dictionary<string, Tariff>(StringComparer.Ordinal)
    {
        ["plan-D"] = new(Yen(10), 0, 200, 12 * Mega),
        ["plan-K"] = new(Yen(10), 0, 200, 2 * Mega),
        ["plan-K2"] = new(Yen(6), 0, 200, 8 * Mega),
        ["plan-KM1"] = new(0, Yen(121), 500, Mega / 2),
        ["plan-DU"] = new(0, Yen(3_300), 0, 900 * Mega),
        ["planArc01"] = new(0, Yen(80), 30, 20 * Mega),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Tariff> Global = new Dictionary<string, Tariff>(StringComparer.Ordinal)
    {
        ["plan01s"] = new(Cents(6), 0, 20, 2 * Mega),
        ["plan01s-low_data_volume"] = new(0, Cents(40), 500, Mega / 20),
        ["planX1"] = new(0, Cents(200), 15, 6 * Mega),
        ["planX3"] = new(0, Cents(200), 12, 10 * Mega),
        ["planP1"] = new(Cents(4), 0, 20, 2 * Mega),
        ["plan-US"] = new(0, Cents(150), 10, 25 * Mega),
        ["planArc01"] = new(0, Cents(60), 1, 20 * Mega),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Tariff OtherJapan = new(Yen(8), 0, 200, 4 * Mega);
    private static readonly Tariff OtherGlobal = new(0, Cents(180), 15, 4 * Mega);

    public static Tariff Of(Coverage coverage, string subscription) => coverage == Coverage.Japan
        ? Japan.GetValueOrDefault(subscription, OtherJapan)
        : Global.GetValueOrDefault(subscription, OtherGlobal);

    private static long Yen(long amount) => amount * Money.One;

    private static long Cents(long amount) => amount * Money.One / 100;
}

/// <summary>What the services beside the connection cost.</summary>
/// <param name="BeamRequest">A request.</param>
/// <param name="HarvestDay">A day on which a SIM stores data.</param>
/// <param name="NapterMonth">A month in which a SIM is reached remotely.</param>
internal sealed record ServicePrices(long BeamRequest, long HarvestDay, long NapterMonth)
{
    private static readonly ServicePrices Japan = new(900_000, 5 * Money.One, 220 * Money.One);
    private static readonly ServicePrices Global = new(9_000, 5 * Money.One / 100, 2 * Money.One);

    public static ServicePrices Of(Coverage coverage) => coverage == Coverage.Japan ? Japan : Global;
}
