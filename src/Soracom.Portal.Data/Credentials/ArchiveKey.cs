namespace Soracom.Portal.Data.Credentials;

/// <summary>
/// A tenant's key for what <see cref="TenantArchive"/> keeps: much of it, and for ever. The vault seals this key alone, so that replacing the
/// tenant's data key takes one row, and destroying it takes the archive along. There is another one only where half of the data key that seals
/// it is lost: what was put into the archive by then stays shut.
/// </summary>
public sealed class ArchiveKey : ISealed
{
    /// <summary>The number of a tenant's first archive key.</summary>
    public const int First = 1;

    /// <inheritdoc />
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Counts the tenant's archive keys from 1; what is in the archive names the one that it was sealed with.</summary>
    public int Version { get; init; } = First;

    /// <inheritdoc />
    public byte[] Sealed { get; set; } = [];

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
