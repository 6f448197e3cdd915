using System.Collections.Concurrent;
using Soracom.Portal.Data.Credentials;

namespace Soracom.Portal.Tests.Support;

/// <summary>The halves of keys, for a vault without a portal around it.</summary>
internal sealed class KeySharesInMemory : IKeyShares
{
    private readonly ConcurrentDictionary<(Guid Tenant, Guid Share), byte[]> kept = new();

    public Task KeepAsync(Guid tenantId, Guid shareId, byte[] share, CancellationToken cancellationToken)
    {
        kept[(tenantId, shareId)] = [.. share];
        return Task.CompletedTask;
    }

    public Task<byte[]?> FindAsync(Guid tenantId, Guid shareId, CancellationToken cancellationToken) => Task.FromResult(kept.GetValueOrDefault((tenantId, shareId)));

    public void Drop(Guid tenantId, Guid shareId) => kept.TryRemove((tenantId, shareId), out _);
}
