namespace Soracom.Portal.Data.Credentials;

/// <summary>
/// A tenant's key for what <see cref="TenantArchive"/> keeps: much of it, and for ever. The vault seals this key alone, so that replacing the
/// tenant's data key takes one row, and destroying it takes the archive along.
/// </summary>
public sealed class ArchiveKey : ISealed
{
    /// <inheritdoc />
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <inheritdoc />
    public int Version { get; init; } = 1;

    /// <inheritdoc />
    public byte[] Sealed { get; set; } = [];

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
