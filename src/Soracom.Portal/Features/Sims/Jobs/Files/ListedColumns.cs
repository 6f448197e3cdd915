using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Resources;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Features.Sims.Jobs.Files;

/// <summary>The columns of the files that the SIM list gives out, by what they are called in any of the portal's languages.</summary>
internal static class ListedColumns
{
    private const string CoverageKey = "Coverage.Label";

    private static readonly ResourceManager Texts = new(typeof(Strings).FullName!, typeof(Strings).Assembly);

    private static readonly FrozenDictionary<string, FileColumn> ByHeader = Headers().DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The list's columns that say what is to change, and those that are not read.</summary>
    public static ILookup<bool, SimListColumn> ByUse { get; } = SimListColumn.All.Where(column => column.Column != SimColumn.SimId).ToLookup(column => FieldOf(column.Column) != FileField.Unread);

    /// <summary>Whether the list gave a file out: the column that it always writes first is called otherwise in files of changes.</summary>
    public static bool IsListed(IReadOnlyList<string> headers) => headers.Any(header => Of(header) is { Field: FileField.SimId });

    /// <summary>A column by its header; null when the list has none of that name.</summary>
    public static FileColumn? Of(string header) => ByHeader.GetValueOrDefault(header.Trim());

    private static IEnumerable<KeyValuePair<string, FileColumn>> Headers()
    {
        foreach (var culture in Preferences.Languages.Select(CultureInfo.GetCultureInfo))
        {
            var coverage = Texts.GetString(CoverageKey, culture)!;
            yield return new(coverage, new FileColumn(FileField.Coverage, coverage));
            foreach (var column in SimListColumn.All)
            {
                var header = Texts.GetString(column.LabelKey, culture)!;
                yield return new(header, new FileColumn(FieldOf(column.Column), header) { Listed = column.Column });
            }
        }
    }

    private static FileField FieldOf(SimColumn column) => column switch
    {
        SimColumn.SimId => FileField.SimId,
        SimColumn.Name => FileField.Name,
        SimColumn.Group => FileField.Group,
        SimColumn.Tags => FileField.Tags,
        SimColumn.Status => FileField.Status,
        SimColumn.SpeedClass => FileField.SpeedClass,
        SimColumn.Expiry => FileField.Expiry,
        _ => FileField.Unread,
    };
}
