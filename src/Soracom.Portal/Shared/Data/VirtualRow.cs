namespace Soracom.Portal.Shared.Data;

/// <summary>A row that <see cref="VirtualRows"/> draws.</summary>
/// <param name="Index">Which, counted from 0.</param>
/// <param name="Id">The id that its element has to have.</param>
/// <param name="Active">Whether the keyboard stands on it.</param>
public readonly record struct VirtualRow(int Index, string Id, bool Active)
{
    /// <summary>The row's place for those who hear the list: the head is the first.</summary>
    public int AriaIndex => Index + 2;
}
