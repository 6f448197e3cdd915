namespace Soracom.Portal.Shared.Storing;

/// <summary>What an area keeps of a tenant that is not to be read in the tables as it is: files beside the database, and what lies sealed in it.</summary>
internal interface ITenantHoldings
{
    /// <summary>All of it, opened. Whoever asks has made sure that all of it may be taken out.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Files, each with a path of its own.</returns>
    IAsyncEnumerable<HeldFile> OfAsync(Guid tenantId, CancellationToken cancellationToken);

    /// <summary>Deletes what lies beside the database. Done twice, it is the same.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <exception cref="IOException">The store is away, or somebody has a file open.</exception>
    void Delete(Guid tenantId);
}

/// <summary>A file that is held for a tenant.</summary>
/// <param name="Path">What it is called, with folders.</param>
/// <param name="At">When it came about.</param>
/// <param name="OpenAsync">Opens it, so that it can be read from any place; null where it is lost.</param>
internal sealed record HeldFile(string Path, DateTimeOffset At, Func<CancellationToken, Task<Stream?>> OpenAsync)
{
    /// <summary>Whether it would not become smaller by compressing it, as of pictures and videos.</summary>
    public bool IsDense { get; init; }
}
