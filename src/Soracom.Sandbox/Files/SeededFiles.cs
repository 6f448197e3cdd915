using System.Globalization;
using System.Text;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Files;

/// <summary>What the devices of a demo account have uploaded.</summary>
internal static class SeededFiles
{
    /// <summary>More than a page of a listing holds.</summary>
    private const int DaysOfReports = 30;

    public static IEnumerable<(string Path, string ContentType, string Text, int DaysAgo)> Of(Coverage coverage, DateTimeOffset start, SeededRandom random)
    {
        for (var day = DaysOfReports; day > 0; day--)
        {
            var date = start.AddDays(-day).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            yield return ($"/reports/temperature/{date}.csv", "text/csv", Readings(random), day);
        }

        yield return ("/firmware/2.1.0/notes.txt", "text/plain", "2.1.0\nReconnects sooner after a loss of signal.\n", 120);
        yield return ("/firmware/2.2.0/notes.txt", "text/plain", "2.2.0\nReports battery voltage.\n", 40);
        yield return ("/config/devices.json", "application/json", """{"interval":60,"retries":5,"endpoint":"unified.soracom.io"}""", 65);
        if (coverage == Coverage.Japan)
        {
            yield return ("/現場/点検表 第一工場.csv", "text/csv", "日付,担当,結果\n2026-04-01,佐藤,良\n2026-05-01,鈴木,良\n", 30);
            yield return ("/現場/写真/説明.txt", "text/plain", "東側の扉から撮影\n", 29);
        }
    }

    private static string Readings(SeededRandom random)
    {
        var text = new StringBuilder("time,celsius\n");
        for (var hour = 0; hour < 24; hour++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hour:D2}:00,{random.Next(-210, -170) / 10m:0.0}\n");
        }

        return text.ToString();
    }
}
