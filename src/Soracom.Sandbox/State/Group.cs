using System.Collections.Immutable;

namespace Soracom.Sandbox.State;

/// <summary>A group of SIMs. Immutable; times are Unix milliseconds.</summary>
internal sealed record Group
{
    public required string GroupId { get; init; }

    public required Tags Tags { get; init; }

    public required long CreatedTime { get; init; }

    public required long LastModifiedTime { get; init; }

    /// <summary>Namespace, key, and the key's value as JSON text: the inside of a value is nobody's business here.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Configuration { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal);
}
