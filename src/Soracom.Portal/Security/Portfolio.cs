namespace Soracom.Portal.Security;

/// <summary>
/// The right to act in several tenants at once: each that a person may enter and where they hold a permission. Only
/// <see cref="TenantAccess"/> makes one.
/// </summary>
public sealed class Portfolio : IDisposable
{
    private readonly TenantAccess access;
    private IReadOnlyList<TenantContext> tenants;

    internal Portfolio(IReadOnlyList<TenantContext> tenants, TenantAccess access)
    {
        this.tenants = tenants;
        this.access = access;
    }

    /// <summary>The tenants that were opened and have not dropped out, whatever is permitted there: for those who watch over them, not for acts.</summary>
    internal IReadOnlyList<TenantContext> Tenants => tenants;

    /// <summary>
    /// The first line of every act over several tenants: those of them where the act is still permitted, by name. Session, memberships and
    /// roles are read anew, in one query; a tenant whose right has ended drops out, for good.
    /// </summary>
    /// <param name="permission">The permission that the act needs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The tenants; empty when none is left.</returns>
    public async Task<IReadOnlyList<TenantContext>> PermittingAsync(Permission permission, CancellationToken cancellationToken) =>
        [.. (await HoldingAsync(cancellationToken)).Where(tenant => tenant.May(permission))];

    /// <summary>The same for what asks each tenant for several permissions: those whose right is still what it was.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The tenants; ask <see cref="TenantContext.May"/> before anything of one is shown.</returns>
    public async Task<IReadOnlyList<TenantContext>> HoldingAsync(CancellationToken cancellationToken)
    {
        var holding = await access.HoldingAsync(tenants, cancellationToken);
        foreach (var ended in tenants.Except(holding))
        {
            await ended.EndAsync();
        }

        return tenants = holding;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var tenant in tenants)
        {
            tenant.Dispose();
        }
    }
}
