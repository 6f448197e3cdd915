using System.Collections.Frozen;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Fleets;

namespace Soracom.Sandbox.CellLocations;

/// <param name="Mcc">Mobile Country Code.</param>
/// <param name="Mnc">Mobile Network Code.</param>
/// <param name="Area">LAC or TAC; null when it was not given.</param>
/// <param name="Cell">CID or ECID; null when it was not given.</param>
internal readonly record struct CellNumbers(int Mcc, int Mnc, int? Area, int? Cell);

/// <summary>Where a station is.</summary>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Range">Metres.</param>
/// <param name="Samples">Observations.</param>
/// <param name="Strength">dBm</param>
/// <param name="Created">When it was first seen.</param>
internal sealed record Mast(double Latitude, double Longitude, int Range, int Samples, int Strength, DateTimeOffset Created);

/// <summary>
/// Made-up stations, always at the same place: each area lies around a town of its country, each station somewhere in its area. The
/// numbers are no real network's, so that no real database is needed, or copied.
/// </summary>
internal static class Masts
{
    public static readonly VendorError Unknown = new(404, "CLO9001",
        "The position of the base station is not known.", "指定された基地局の位置情報は見つかりませんでした。");

    private const int LargestArea = 0xFFFF;
    private const int LargestCell = 0xFFFFFFF;
    private const int AreaRange = 12_000;

    private static readonly FrozenDictionary<int, (double Latitude, double Longitude)[]> Towns = new Dictionary<int, (double Latitude, double Longitude)[]>
    {
        [440] = [(35.681, 139.767), (35.444, 139.638), (34.694, 135.502), (35.170, 136.882), (43.068, 141.351), (33.590, 130.421), (38.260, 140.882), (26.212, 127.679)],
        [441] = [(35.681, 139.767), (34.694, 135.502)],
        [208] = [(48.857, 2.352), (45.764, 4.836)],
        [222] = [(41.903, 12.496), (45.464, 9.190)],
        [234] = [(51.507, -0.128), (53.480, -2.242)],
        [262] = [(52.520, 13.405), (50.938, 6.960), (48.137, 11.575)],
        [310] = [(40.713, -74.006), (34.052, -118.244), (33.770, -118.194), (41.878, -87.630)],
        [311] = [(37.775, -122.419), (29.760, -95.370)],
    }.ToFrozenDictionary();

    public static Mast? Find(CellNumbers cell)
    {
        if (!Towns.TryGetValue(cell.Mcc, out var towns) || cell.Mnc < 0 || cell.Area is not (> 0 and <= LargestArea) || cell.Cell is < 0 or > LargestCell)
        {
            return null;
        }

        var area = new SeededRandom(cell.Area.Value, $"area {cell.Mcc}-{cell.Mnc}");
        var town = area.Pick(towns);
        var (latitude, longitude) = (town.Latitude + Offset(area, 0.18), town.Longitude + Offset(area, 0.22));
        if (cell.Cell is not { } number)
        {
            return new Mast(Round(latitude), Round(longitude), AreaRange, area.Next(200, 900), area.Next(-105, -80), SeenFirst(area));
        }

        var mast = new SeededRandom(number, $"mast {cell.Mcc}-{cell.Mnc}-{cell.Area}");
        return new Mast(
            Round(latitude + Offset(mast, 0.04)), Round(longitude + Offset(mast, 0.05)), mast.Next(300, 3_000), mast.Next(3, 400), mast.Next(-110, -70), SeenFirst(mast));
    }

    private static double Offset(SeededRandom random, double largest) => ((random.Next(20_001) / 10_000.0) - 1) * largest;

    private static double Round(double degrees) => Math.Round(degrees, 6);

    private static DateTimeOffset SeenFirst(SeededRandom random) => new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(random.Next(0, 30_000));
}
