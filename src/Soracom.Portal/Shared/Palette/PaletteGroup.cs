using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Palette;

/// <summary>What the palette shows of one kind.</summary>
/// <param name="Title">The kind, in words.</param>
/// <param name="Entries">What to go to.</param>
/// <param name="Failure">Why there may be more.</param>
internal sealed record PaletteGroup(string Title, IReadOnlyList<PaletteEntry> Entries, PortalError? Failure = null);
