using System.Globalization;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Fleets;

/// <summary>
/// Well-formed numbers that belong to nobody: IMSIs of the test country code 001, ICCIDs and telephone numbers under the
/// country code 999 that was never assigned, IMEIs of the range for test equipment. A fleet has a block of its own in each.
/// </summary>
/// <param name="coverage">Decides the prefixes.</param>
/// <param name="block">Two digits that no other fleet uses.</param>
internal sealed class Numbers(Coverage coverage, int block)
{
    private static readonly string[] TestDevices = ["00101700", "00101811", "00440123", "00865502"];

    /// <summary>19 digits; serial numbers below 1,000,000,000.</summary>
    public string SimId(int serial) => WithCheckDigit(coverage == Coverage.Japan
        ? string.Create(CultureInfo.InvariantCulture, $"899981{block:D2}{serial:D10}")
        : string.Create(CultureInfo.InvariantCulture, $"8999423{block:D2}{serial:D9}"));

    /// <summary>15 digits. The network code follows the plan's real one: 10 and 51 in Japan, 05 and 06 abroad, 99 for Arc.</summary>
    public string Imsi(string subscription, int serial)
    {
        var network = subscription switch
        {
            "plan-D" or "plan-DU" => "10",
            "plan-K" or "plan-K2" or "plan-KM1" => "51",
            "plan01s" or "plan01s-low_data_volume" => "05",
            "planArc01" => "99",
            _ => "06",
        };
        return string.Create(CultureInfo.InvariantCulture, $"001{network}{block:D2}{serial:D8}");
    }

    /// <summary>13 digits.</summary>
    public string Msisdn(int serial) =>
        string.Create(CultureInfo.InvariantCulture, $"999{(coverage == Coverage.Japan ? "81" : "42")}{block:D2}{serial:D6}");

    /// <summary>15 digits.</summary>
    public static string Imei(int serial) =>
        WithCheckDigit(string.Create(CultureInfo.InvariantCulture, $"{TestDevices[serial % TestDevices.Length]}{serial % 1_000_000:D6}"));

    /// <summary>The number on the card: the plans on docomo's and KDDI's older cards have one of their own, others repeat the ICCID.</summary>
    public string SerialNumber(string subscription, string simId, int serial) => subscription switch
    {
        "plan-D" or "plan-DU" or "plan-K" or "plan-K2" => string.Create(CultureInfo.InvariantCulture, $"DN{block:D2}{serial:D11}"),
        _ => simId,
    };

    /// <summary>Appends the Luhn check digit.</summary>
    private static string WithCheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var weighted = i % 2 == 0 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
