using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.History;

/// <summary>Who set what last.</summary>
internal static class SettingAuthors
{
    /// <summary>For each setting that changed after the oldest of some revisions, the last one that changed it.</summary>
    /// <param name="revisions">Revisions that follow each other, the newest first.</param>
    public static IReadOnlyDictionary<SettingKey, Revision> Of(IReadOnlyList<Revision> revisions)
    {
        var authors = new Dictionary<SettingKey, Revision>();
        foreach (var (later, earlier) in revisions.Zip(revisions.Skip(1)))
        {
            foreach (var change in SettingsDifference.Between(earlier.Settings, later.Settings))
            {
                authors.TryAdd(change.Setting, later);
            }
        }

        return authors;
    }
}
