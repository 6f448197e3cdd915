using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Palette;

/// <summary>Finds things of one kind for the palette, in the tenant that is open. Each feature that has something to find brings one.</summary>
internal interface IPaletteSource
{
    /// <summary>What it finds; the kinds stand in this order.</summary>
    PaletteKind Kind { get; }

    /// <summary>The permission without which it is not asked.</summary>
    Permission Needs { get; }

    /// <summary>Finds the first few.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="text">What is looked for; never empty.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Cancels: something else is looked for.</param>
    /// <returns>What was found, how many there are in all, and why there may be more.</returns>
    Task<PaletteFinds> FindAsync(TenantContext tenant, string text, int most, CancellationToken cancellationToken);
}

/// <summary>The same where no tenant is open, in all that somebody may enter: out of what the portal remembers, or by leading to where it is looked for.</summary>
internal interface IPortfolioPaletteSource
{
    /// <summary>What it finds; the kinds stand in this order.</summary>
    PaletteKind Kind { get; }

    /// <summary>Finds the first few.</summary>
    /// <param name="portfolio">The tenants.</param>
    /// <param name="text">What is looked for; never empty.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Cancels: something else is looked for.</param>
    /// <returns>What was found; no page shows all of it.</returns>
    Task<IReadOnlyList<PaletteEntry>> FindAsync(Portfolio portfolio, string text, int most, CancellationToken cancellationToken);
}

/// <summary>Kinds of things that the palette finds in a tenant, in their order.</summary>
public enum PaletteKind
{
    /// <summary>SIMs.</summary>
    Sims,

    /// <summary>Groups.</summary>
    Groups,

    /// <summary>Cameras.</summary>
    Cameras,
}

/// <summary>What was found of one kind.</summary>
/// <param name="Entries">The first few.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="All">The address that shows all of them.</param>
public sealed record PaletteFinds(IReadOnlyList<PaletteEntry> Entries, int Total, string All)
{
    /// <summary>Why there may be more; null where there is not.</summary>
    public PortalError? Failure { get; init; }
}

/// <summary>Something to go to.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Text">What it is called, as it was given.</param>
/// <param name="Second">What tells it from others of that name; null where nothing does.</param>
public sealed record PaletteEntry(string Address, string Icon, string Text, string? Second);
