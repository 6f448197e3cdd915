using System.Text.Json;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>What somebody wants of one setting. The value may hold what was typed as a password: not for logs.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Value">Its whole new value; null removes the key.</param>
public sealed record SettingEdit(SettingKey Setting, JsonElement? Value)
{
    /// <inheritdoc />
    public override string ToString() => $"{nameof(SettingEdit)} {Setting}";
}
