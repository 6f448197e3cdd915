namespace Soracom.Portal.Shared.Text;

/// <summary>A tag as it is put in on a page.</summary>
public sealed class TagField
{
    /// <summary>The key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The value.</summary>
    public string Value { get; set; } = "";

    /// <summary>Whether it was added just now: the key of one that was there before can't be changed.</summary>
    public bool IsNew { get; init; }
}
