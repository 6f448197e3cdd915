using System.Globalization;

namespace Soracom.Portal.Security;

/// <summary>Details that are too long for one entry of the trail.</summary>
internal static class AuditDetail
{
    /// <summary>The longest detail of an entry, in characters.</summary>
    public const int Length = 2000;

    private const int PartLength = Length - 20;

    /// <summary>A detail as the entries that it takes: nothing of it is left out.</summary>
    /// <param name="detail">The detail.</param>
    /// <returns>The detail itself, or its parts, numbered.</returns>
    public static IReadOnlyList<string> Parts(string detail)
    {
        if (detail.Length <= Length)
        {
            return [detail];
        }

        var count = (detail.Length + PartLength - 1) / PartLength;
        return [.. detail.Chunk(PartLength).Select((part, index) => string.Create(CultureInfo.InvariantCulture, $"({index + 1}/{count}) {new string(part)}"))];
    }
}
