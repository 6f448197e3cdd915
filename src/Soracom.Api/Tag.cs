namespace Soracom.Api;

/// <summary>A tag of a SIM, a group or another thing, as it is set (wire: TagUpdateRequest). The tag <c>name</c> is the display name.</summary>
public sealed record Tag
{
    public required string TagName { get; init; }

    /// <summary>May be empty.</summary>
    public required string TagValue { get; init; }
}
