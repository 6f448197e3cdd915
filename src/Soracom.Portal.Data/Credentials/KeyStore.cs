namespace Soracom.Portal.Data.Credentials;

/// <summary>Which store holds the halves of this database's keys. There is one row, from when the store was begun.</summary>
[InstallationWide]
public sealed class KeyStore
{
    /// <summary>The id of the only row.</summary>
    public const int TheOne = 1;

    /// <summary>Identity of the row: a second one can't be written.</summary>
    public int Id { get; init; } = TheOne;

    /// <summary>What the store's mark says: a folder with another mark, or none, is another one.</summary>
    public required Guid StoreId { get; init; }

    /// <summary>When it was begun, UTC.</summary>
    public required DateTimeOffset BegunAt { get; init; }
}
