using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Security;

/// <summary>Decides who may act for which reseller. The only maker of <see cref="ResellerContext"/>.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="sessions">The sign-in sessions.</param>
/// <param name="audit">The audit trail.</param>
public sealed class ResellerAccess(PortalDatabase database, SignInSessions sessions, AuditTrail audit)
{
    /// <summary>The resellers that a person may act for, by name.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The right to act for each; empty where there is none.</returns>
    public async Task<IReadOnlyList<ResellerContext>> OpenAllAsync(SignedIn person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!await sessions.IsLiveAsync(person.SessionId, cancellationToken))
        {
            return [];
        }

        await using var db = database.ForInstallation();
        var resellers = await db.ResellerAdministrators
            .Where(administrator => administrator.PersonId == person.PersonId)
            .OrderBy(administrator => administrator.Reseller!.Name)
            .Select(administrator => new { administrator.ResellerId, administrator.Reseller!.Name, administrator.Reseller.Slug })
            .ToListAsync(cancellationToken);
        return [.. resellers.Select(reseller => new ResellerContext(reseller.ResellerId, reseller.Slug, reseller.Name, person, this))];
    }

    /// <summary>Whether somebody works for a tenant's partner, and so is let in by it alone.</summary>
    internal static Task<bool> IsOfPartnerAsync(PortalDbContext db, Guid tenantId, Guid personId, CancellationToken cancellationToken) =>
        db.Tenants.AnyAsync(tenant => tenant.Id == tenantId && db.ResellerAdministrators.Any(administrator => administrator.ResellerId == tenant.ResellerId && administrator.PersonId == personId), cancellationToken);

    /// <summary>Whether somebody has proved who they are so lately that a sensitive act needs no more.</summary>
    internal Task<bool> IsFreshAsync(SignedIn person, CancellationToken cancellationToken) => sessions.IsFreshAsync(person.SessionId, cancellationToken);

    /// <summary>Goes on where somebody may still act for a reseller; otherwise records the attempt, once a minute, and throws.</summary>
    internal async ValueTask RequireAsync(ResellerContext context, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (await sessions.IsLiveAsync(context.Actor.SessionId, cancellationToken)
            && await db.ResellerAdministrators.AnyAsync(administrator => administrator.ResellerId == context.ResellerId && administrator.PersonId == context.Actor.PersonId, cancellationToken))
        {
            return;
        }

        await audit.RecordOnceAsync(
            context.Actor,
            new AuditAct(AuditActions.PermissionUsed, AuditOutcome.Denied) { ObjectId = context.ResellerId.ToString(), ObjectName = context.Name, OnBehalfOf = context.Name },
            AuditTrail.RefusedAgain,
            cancellationToken);
        throw new PermissionDeniedException("To act for this reseller is not permitted.");
    }
}

/// <summary>The right to act for a reseller, outside its tenants. Only <see cref="ResellerAccess"/> makes one.</summary>
public sealed class ResellerContext
{
    private readonly ResellerAccess access;

    internal ResellerContext(Guid resellerId, string slug, string name, SignedIn actor, ResellerAccess access) =>
        (ResellerId, Slug, Name, Actor, this.access) = (resellerId, slug, name, actor, access);

    /// <summary>The reseller.</summary>
    public Guid ResellerId { get; }

    /// <summary>The reseller's short name, by which a customer's owner finds it.</summary>
    public string Slug { get; }

    /// <summary>The reseller's name.</summary>
    public string Name { get; }

    /// <summary>Who acts.</summary>
    public SignedIn Actor { get; }

    /// <summary>The first line of every act for a reseller: session and right are read anew each time.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the act may go on.</returns>
    /// <exception cref="PermissionDeniedException">The right has ended.</exception>
    public ValueTask RequireAsync(CancellationToken cancellationToken) => access.RequireAsync(this, cancellationToken);

    /// <summary>The same for a sensitive act: it also needs that the person has proved lately who they are.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when the act may go on; otherwise what the person is told, and then nothing may be done.</returns>
    /// <exception cref="PermissionDeniedException">The right has ended.</exception>
    public async ValueTask<FreshSignInError?> RequireFreshAsync(CancellationToken cancellationToken)
    {
        await RequireAsync(cancellationToken);
        return await access.IsFreshAsync(Actor, cancellationToken) ? null : new FreshSignInError();
    }
}
