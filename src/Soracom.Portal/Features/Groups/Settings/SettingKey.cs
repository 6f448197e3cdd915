namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>One setting of a group: a key in a namespace. Beam's keys are the addresses of its entry points.</summary>
/// <param name="Namespace">The namespace, as SoracomAir.</param>
/// <param name="Key">The key.</param>
public readonly record struct SettingKey(string Namespace, string Key)
{
    /// <summary>By the namespace, then by the key.</summary>
    public static IComparer<SettingKey> Order { get; } = Comparer<SettingKey>.Create((one, other) =>
        string.CompareOrdinal(one.Namespace, other.Namespace) is var order and not 0 ? order : string.CompareOrdinal(one.Key, other.Key));

    /// <inheritdoc />
    public override string ToString() => $"{Namespace}/{Key}";
}
