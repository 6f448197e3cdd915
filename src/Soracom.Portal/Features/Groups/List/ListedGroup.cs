using Soracom.Api;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>A group as the list shows it.</summary>
public sealed class ListedGroup
{
    private const char FieldEnd = '\u001F';

    private string? text;

    /// <summary>The coverage.</summary>
    public required SoracomCoverage Coverage { get; init; }

    /// <summary>The group id.</summary>
    public required string GroupId { get; init; }

    /// <summary>The name; empty when it has none.</summary>
    public required string Name { get; init; }

    /// <summary>Its tags but for the name.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The namespaces in which something is set.</summary>
    public required IReadOnlyList<string> Namespaces { get; init; }

    /// <summary>When the vendor says that it was last changed.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>When its configuration was last changed here; null when it never was.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Who did that.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>How many SIMs of which status are in it; null when that is not known.</summary>
    public StatusCounts? Sims { get; init; }

    /// <summary>Whether one has a draft of it.</summary>
    public bool HasDraft { get; init; }

    /// <summary>What to call it: the name, or the id where there is none.</summary>
    public string Label => Names.IsBlank(Name) ? GroupId : Names.Plain(Name);

    /// <summary>What is searched in it, folded.</summary>
    internal string Text => text ??= Searched();

    /// <summary>Whether it has a tag, by its key or written as key=value.</summary>
    internal bool HasTag(string tag) => Tags.ContainsKey(tag) || Tags.Any(one => string.Equals(Written(one), tag, StringComparison.Ordinal));

    /// <summary>A tag as it is written in filters.</summary>
    internal static string Written(KeyValuePair<string, string> tag) => $"{tag.Key}={tag.Value}";

    private string Searched() => string.Join(FieldEnd, new[] { Name, GroupId }.Concat(Tags.Select(Written)).Concat(Namespaces).Select(Folding.Fold));
}
