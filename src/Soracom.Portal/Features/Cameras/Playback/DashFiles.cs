using System.Globalization;
using System.Text.RegularExpressions;

namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>
/// The addresses that a manifest named, each under a number. An address may be a template: what the player puts in for its variables comes
/// back as a query, which holds nothing but figures and the letters of a representation's id.
/// </summary>
internal sealed partial class DashFiles
{
    // More than a manifest of fifteen minutes names, and less than would fill memory.
    private const int Most = 20_000;

    private readonly Lock gate = new();
    private readonly List<(Uri Base, string Template)> files = [];
    private readonly Dictionary<(Uri Base, string Template), int> numbers = [];

    /// <summary>Names an address.</summary>
    /// <param name="place">What the address is relative to.</param>
    /// <param name="template">The address as the manifest has it.</param>
    /// <returns>The portal's own, relative to that of the manifest; null where there are too many.</returns>
    public string? Name(Uri place, string template)
    {
        int number;
        lock (gate)
        {
            if (!numbers.TryGetValue((place, template), out number))
            {
                if (files.Count == Most)
                {
                    return null;
                }

                number = files.Count;
                files.Add((place, template));
                numbers.Add((place, template), number);
            }
        }

        var variables = Variable().Matches(template).Where(one => one.Groups["name"].Success).Select(one => $"{one.Groups["name"].Value}={one.Value}").Distinct(StringComparer.Ordinal).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{number}.mp4{(variables.Count == 0 ? "" : "?")}{string.Join('&', variables)}");
    }

    /// <summary>The vendor's address behind one of the portal's.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="valueOf">What the player put in for a variable; null for nothing.</param>
    /// <returns>The address; null where it was not named, or a variable has no sensible value.</returns>
    public string? Find(int number, Func<string, string?> valueOf)
    {
        (Uri Base, string Template) file;
        lock (gate)
        {
            if (number < 0 || number >= files.Count)
            {
                return null;
            }

            file = files[number];
        }

        var isWhole = true;
        var filled = Variable().Replace(file.Template, one =>
        {
            if (!one.Groups["name"].Success)
            {
                return "$";
            }

            var value = valueOf(one.Groups["name"].Value);
            isWhole &= value is not null && Value().IsMatch(value);
            return value ?? "";
        });
        return isWhole && Uri.TryCreate(file.Base, filled, out var address) ? address.AbsoluteUri : null;
    }

    [GeneratedRegex(@"\$(?:(?<name>RepresentationID|Number|Time|Bandwidth|SubNumber)(?:%0[0-9]+d)?)?\$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    // No dot: a value is never a way to another folder.
    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();
}
