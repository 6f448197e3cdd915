using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>One setting before and after; null where it is not set.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Before">Its value before.</param>
/// <param name="After">Its value after.</param>
public sealed record SettingChange(SettingKey Setting, JsonElement? Before, JsonElement? After)
{
    /// <summary>What takes it back.</summary>
    public SettingChange Reversed => new(Setting, After, Before);

    /// <summary>Where inside the value something changed; one entry with an empty path where it changed as a whole.</summary>
    public IReadOnlyList<ValueChange> Inside => ValueDifference.Between(Before, After);
}

/// <summary>One place inside a setting's value before and after; null where it is not there.</summary>
/// <param name="Path">The way to it: names of members, places in lists.</param>
/// <param name="Before">What was there.</param>
/// <param name="After">What is there then.</param>
public sealed record ValueChange(ValuePath Path, JsonElement? Before, JsonElement? After);
