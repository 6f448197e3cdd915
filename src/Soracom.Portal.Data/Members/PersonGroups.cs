using System.Text.Json;

namespace Soracom.Portal.Data.Members;

/// <summary>The groups that somebody is in, as the identity provider said at the last sign-in. There is none of people whose provider is not asked.</summary>
[InstallationWide]
public sealed class PersonGroups
{
    /// <summary>The person.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The person.</summary>
    public Person? Person { get; init; }

    /// <summary>The groups' names, a JSON array; null where they are not known.</summary>
    public string? Names { get; set; }

    /// <summary>Why they are not known; null where they are.</summary>
    public GroupsUnknown? Unknown { get; set; }

    /// <summary>When that was, UTC.</summary>
    public required DateTimeOffset ReadAt { get; set; }

    /// <summary>Groups' names as they are stored.</summary>
    /// <param name="names">The names.</param>
    /// <returns>A JSON array.</returns>
    public static string Write(IEnumerable<string> names) => JsonSerializer.Serialize(names.Order(StringComparer.Ordinal));

    /// <summary>The groups.</summary>
    /// <returns>Their names; null where they are not known.</returns>
    public IReadOnlySet<string>? Read() => Names is null ? null : JsonSerializer.Deserialize<string[]>(Names)!.ToHashSet(StringComparer.Ordinal);
}

/// <summary>Why somebody's groups are not known: then no group gives anything.</summary>
public enum GroupsUnknown
{
    /// <summary>The ID token says that they are to be asked for elsewhere, as Microsoft Entra does of people in more than 200 groups.</summary>
    Elsewhere,

    /// <summary>There are more than the portal reads.</summary>
    TooMany,

    /// <summary>They are not names, or names too long.</summary>
    Odd,

    /// <summary>The ID token has no such claim: its provider leaves it out where there are none, or does not put it in any more. An empty list is not that.</summary>
    Absent,
}
