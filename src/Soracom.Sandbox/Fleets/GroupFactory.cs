using System.Collections.Immutable;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Fleets;

/// <summary>Makes the groups of one fleet and coverage.</summary>
internal sealed class GroupFactory(SeededRandom random, DateTimeOffset start)
{
    /// <param name="name">The display name.</param>
    /// <param name="tags">Besides the name.</param>
    /// <param name="configuration">Namespace, key, value as JSON text.</param>
    public Group Make(string name, IEnumerable<(string Name, string Value)> tags, params IEnumerable<(string Namespace, string Key, string Json)> configuration)
    {
        var created = start.AddDays(-random.Next(100, 900)).AddMinutes(-random.Next(1440));
        return new Group
        {
            GroupId = random.Uuid(),
            Tags = tags.Aggregate(Tags.Named(name), (all, tag) => all.With(tag.Name, tag.Value)),
            CreatedTime = created.ToUnixTimeMilliseconds(),
            LastModifiedTime = created.AddDays(random.Next(90)).ToUnixTimeMilliseconds(),
            Configuration = configuration
                .GroupBy(entry => entry.Namespace, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(
                    entries => entries.Key,
                    entries => entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Json, StringComparer.Ordinal),
                    StringComparer.Ordinal),
        };
    }
}
