using System.Globalization;
using Soracom.Portal.Data.Audit;

namespace Soracom.Portal.Security;

/// <summary>What is too long for one entry of the trail.</summary>
internal static class AuditDetail
{
    /// <summary>The longest detail of an entry, in characters.</summary>
    public const int Length = 2000;

    private const int PartLength = AuditEntry.ValueLength - 20;

    /// <summary>An act as the entries that it takes: nothing of what was before it and after it is left out.</summary>
    /// <param name="act">The act.</param>
    /// <returns>The act itself, or its parts, numbered.</returns>
    public static IReadOnlyList<AuditAct> Parts(AuditAct act)
    {
        var (before, after) = (act.Before ?? string.Empty, act.After ?? string.Empty);
        var longest = Math.Max(before.Length, after.Length);
        if (longest <= AuditEntry.ValueLength)
        {
            return [act];
        }

        var count = (longest + PartLength - 1) / PartLength;
        return [.. Enumerable.Range(0, count).Select(index => act with { Before = Part(before, index), After = Part(after, index) })];

        string? Part(string text, int index) => index * PartLength >= text.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"({index + 1}/{count}) {text.AsSpan(index * PartLength, Math.Min(PartLength, text.Length - (index * PartLength)))}");
    }
}
