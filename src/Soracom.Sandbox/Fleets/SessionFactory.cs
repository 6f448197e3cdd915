using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Fleets;

/// <summary>Makes the sessions of a fleet's SIMs. They share a number of base stations, as SIMs in the field do.</summary>
internal sealed class SessionFactory(Coverage coverage, SeededRandom random)
{
    private const int Stations = 96;
    private const long Hour = 3_600_000;

    private static readonly (string Radio, int Mcc, int Mnc)[] JapaneseNetworks =
        [("LTE", 440, 10), ("LTE", 440, 51), ("LTE", 440, 20), ("LTE-M", 440, 10), ("LTE-M", 440, 51)];

    private static readonly (string Radio, int Mcc, int Mnc)[] ForeignNetworks =
        [("LTE", 262, 1), ("LTE", 310, 410), ("LTE-M", 310, 260), ("NB-IoT", 262, 2), ("3G", 208, 1), ("GSM", 222, 10), ("LTE", 234, 15)];

    private readonly Cell[] cells = MakeCells(coverage == Coverage.Japan ? JapaneseNetworks : ForeignNetworks, random);
    private readonly string[] regions = coverage == Coverage.Japan ? ["ap-northeast-1"] : ["eu-central-1", "eu-central-1", "us-west-2"];
    private readonly string arcServerKey = random.WireGuardKey();

    public SimSession? Current(SimPlan plan, int serial, string? imei, long connected) => plan.Connection switch
    {
        Connection.None => null,
        var connection => new SimSession(connection == Connection.Online, connected, Ulid.Create(connected, random.Next()), imei, Address(serial), random.Pick(regions), CellFor(plan)),
    };

    /// <summary>Ended some time before the last connection; about half of the SIMs have had none.</summary>
    public PreviousSession? Previous(SimPlan plan, int serial, string? imei, long connected)
    {
        if (random.Chance(50))
        {
            return null;
        }

        var deleted = connected - (random.Next(60_000) + 1_000);
        var created = deleted - (random.Next(1, 200) * Hour);
        return new PreviousSession(Ulid.Create(created, random.Next()), imei, Address(serial), CellFor(plan), created, deleted);
    }

    public ArcSession Arc(int serial, long connected) =>
        new(arcServerKey, $"{(coverage == Coverage.Japan ? "ap" : "eu")}.arc.sandbox.invalid:11010", Address(serial), random.WireGuardKey(), connected, regions[0]);

    private static Cell[] MakeCells((string Radio, int Mcc, int Mnc)[] networks, SeededRandom random) =>
    [
        .. Enumerable.Range(0, Stations).Select(_ =>
        {
            var (radio, mcc, mnc) = random.Pick(networks);
            return radio is "GSM" or "3G"
                ? new Cell(radio, mcc, mnc) { Lac = random.Next(1, 0xFFFE), Ci = random.Next(1, 0xFFFE) }
                : new Cell(radio, mcc, mnc) { Tac = random.Next(1, 0xFFFE), Eci = random.Next(1, 0xFFFFFFF) };
        }),
    ];

    private Cell? CellFor(SimPlan plan) => plan.ModuleType == "virtual" ? null : random.Pick(cells);

    /// <summary>In 10.128.0.0/9, where the service puts its devices.</summary>
    private static uint Address(int serial) => (10u << 24) | (1u << 23) | ((uint)serial & 0x7FFFFF);
}
