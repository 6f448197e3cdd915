using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Data.Views;

/// <summary>A view of a list that somebody has saved under a name.</summary>
public sealed class SavedView : ITenantOwned
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>The longest view, in characters.</summary>
    public const int QueryLength = 4_000;

    /// <summary>Identity; in the order of time.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Which list it is a view of: one of <see cref="SavedViewLists"/>.</summary>
    public required string List { get; init; }

    /// <summary>Who saved it.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>Who saved it.</summary>
    public Person? Owner { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; set; }

    /// <summary>What the list's address says of the view: its query string, to be read as any address is.</summary>
    public required string Query { get; set; }

    /// <summary>Whether everybody in the tenant who may see the list sees it; else its owner alone.</summary>
    public required bool IsShared { get; set; }

    /// <summary>When it was saved first, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was saved last, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Counts how often it was saved, from 1 on: nobody overwrites what they have not seen.</summary>
    public required int Version { get; set; }
}

/// <summary>The lists that have saved views.</summary>
public static class SavedViewLists
{
    /// <summary>A tenant's SIMs.</summary>
    public const string Sims = "sims";
}
