using Soracom.Portal.Data.Members;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Security;

/// <summary>
/// The right to act in one tenant. Only <see cref="TenantAccess"/> makes one, after checking that the person belongs
/// there; whoever holds it may call the feature services, which ask it for the permission that each act needs.
/// </summary>
public sealed class TenantContext : IDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly TenantAccess access;
    private readonly AuditTrail audit;

    internal TenantContext(TenantIdentity tenant, SignedIn actor, TenantStanding standing, TenantAccess access, AuditTrail audit)
    {
        Tenant = tenant;
        Actor = actor;
        Standing = standing;
        this.access = access;
        this.audit = audit;
        Ended = ended.Token;
    }

    /// <summary>The tenant.</summary>
    public TenantIdentity Tenant { get; }

    /// <summary>The tenant's id.</summary>
    public Guid TenantId => Tenant.Id;

    /// <summary>The tenant's name in addresses.</summary>
    public string Slug => Tenant.Slug;

    /// <summary>Who acts.</summary>
    public SignedIn Actor { get; }

    /// <summary>As what: a member's role or the reseller's administrator.</summary>
    public TenantStanding Standing { get; }

    /// <summary>Cancelled when the right ends: the membership was removed or changed, or the session ended.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether an act is permitted; for showing or hiding what would call for it.</summary>
    /// <param name="permission">The permission that the act needs.</param>
    /// <returns>True when it is permitted.</returns>
    public bool May(Permission permission) => !Ended.IsCancellationRequested && Standing.May(permission);

    /// <summary>
    /// The first line of every feature service's method: goes on when the act is permitted, and otherwise records the
    /// attempt in the audit trail and throws. Session, membership and role are read anew each time, so that a right that
    /// was taken away is gone with the next act, however long the context is held.
    /// </summary>
    /// <param name="permission">The permission that the act needs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the act may go on.</returns>
    /// <exception cref="PermissionDeniedException">The act is not permitted, or the right has ended.</exception>
    public async ValueTask RequireAsync(Permission permission, CancellationToken cancellationToken)
    {
        if (May(permission))
        {
            if (await access.HoldsAsync(this, cancellationToken))
            {
                return;
            }

            await EndAsync();
        }

        await audit.DeniedAsync(this, permission, cancellationToken);
        throw new PermissionDeniedException(permission);
    }

    /// <summary>
    /// The same for a sensitive act, which whoever sits at somebody else's open browser is not to do: it also needs that the person has proved
    /// lately who they are.
    /// </summary>
    /// <param name="permission">The permission that the act needs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when the act may go on; otherwise what the person is told, and then nothing may be done.</returns>
    /// <exception cref="PermissionDeniedException">The act is not permitted, or the right has ended.</exception>
    public async ValueTask<FreshSignInError?> RequireFreshAsync(Permission permission, CancellationToken cancellationToken)
    {
        await RequireAsync(permission, cancellationToken);
        return await access.IsFreshAsync(Actor, cancellationToken) ? null : new FreshSignInError();
    }

    /// <inheritdoc />
    public void Dispose() => ended.Dispose();

    /// <summary>Refuses every further act from now on, and cancels what is under way.</summary>
    /// <returns>A task that ends when those who wait for <see cref="Ended"/> know.</returns>
    internal async Task EndAsync()
    {
        try
        {
            await ended.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Whoever held the context gave it back at the same moment: there is nothing left to end.
        }
    }
}

/// <summary>What a tenant is, for whoever may enter it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Name">Name for people.</param>
/// <param name="TimeZone">IANA time zone in which the person who opened it reads and writes times: their own where they chose one, otherwise the tenant's.</param>
/// <param name="ResellerName">The reseller that runs it, if any.</param>
/// <param name="Language">The language in which it is written to; null where nobody said.</param>
/// <param name="OwnTimeZone">IANA time zone of the tenant: for days that are the same for everybody, such as a guest's last one.</param>
public sealed record TenantIdentity(Guid Id, string Slug, string Name, string TimeZone, string? ResellerName, string? Language, string OwnTimeZone);

/// <summary>As what a person acts in a tenant.</summary>
/// <param name="Role">The member's role; null for the reseller's administrator.</param>
/// <param name="Ceiling">At most what this role may, the reseller's administrator may here; null for everything that a partner can be given.</param>
/// <param name="Custom">The tenant's own role, where the member has one; null otherwise.</param>
public sealed record TenantStanding(TenantRole? Role, TenantRole? Ceiling = null, CustomRights? Custom = null)
{
    /// <summary>Whether the person acts as the reseller's administrator.</summary>
    public bool AsReseller => Role is null;

    /// <summary>Whether whoever stands so may do an act: the one answer, for enforcing it and for explaining it.</summary>
    /// <param name="permission">The permission that the act needs.</param>
    /// <returns>True when it is permitted.</returns>
    public bool May(Permission permission) => Permissions.Contains(permission);

    private IReadOnlySet<Permission> Permissions => Custom?.Permissions.Permissions ?? ((Role ?? Ceiling) is { } role ? RolePermissions.Of(role) : RolePermissions.ResellerAdministrator);
}

/// <summary>The act is a sensitive one and the last sign-in lies too far back; nothing was done.</summary>
public sealed record FreshSignInError() : PortalError("FreshSignIn");

/// <summary>An act was not permitted.</summary>
public sealed class PermissionDeniedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PermissionDeniedException()
        : this("The act is not permitted.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What was tried.</param>
    public PermissionDeniedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">What was tried.</param>
    /// <param name="innerException">The cause.</param>
    public PermissionDeniedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for a permission that was missing.</summary>
    /// <param name="permission">The permission.</param>
    public PermissionDeniedException(Permission permission)
        : base($"{permission} is not permitted.") => Permission = permission;

    /// <summary>The permission that was missing.</summary>
    public Permission? Permission { get; }
}
