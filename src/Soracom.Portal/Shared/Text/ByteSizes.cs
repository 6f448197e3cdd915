using System.Globalization;

namespace Soracom.Portal.Shared.Text;

/// <summary>Amounts of data in figures, in binary units: 1 KiB is 1,024 bytes, 1 MiB 1,024 KiB and so on.</summary>
public static class ByteSizes
{
    /// <summary>Bytes in a KiB, KiB in a MiB.</summary>
    public const int Step = 1024;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>An amount with three figures, in the unit that makes it readable.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <returns>Such as 1.21 GiB.</returns>
    public static string Text(double bytes)
    {
        var unit = 0;
        // What would be rounded up to 1,024 of a unit is 1 of the next.
        while (Math.Abs(bytes) >= Step - 0.5 && unit < Units.Length - 1)
        {
            bytes /= Step;
            unit++;
        }

        var figures = unit == 0 || Math.Abs(bytes) >= 99.95 ? "N0" : Math.Abs(bytes) >= 9.995 ? "0.#" : "0.##";
        return $"{bytes.ToString(figures, CultureInfo.CurrentCulture)} {Units[unit]}";
    }
}
