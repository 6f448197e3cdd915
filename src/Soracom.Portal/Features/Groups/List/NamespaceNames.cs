using System.Text.RegularExpressions;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>What the namespaces of a configuration are called where there is little room: as the services are.</summary>
internal static partial class NamespaceNames
{
    private const string Prefix = "Soracom";

    /// <summary>Harvest Files for SoracomHarvestFiles, say.</summary>
    public static string Short(string name)
    {
        var bare = name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length ? name[Prefix.Length..] : name;
        return WordStart().Replace(bare, " ");
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.None, 1000)]
    private static partial Regex WordStart();
}
