using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Views;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Views;

/// <summary>
/// Views of the SIM list that people have saved: for themselves, which needs no more than to see the list, or for everybody in the tenant.
/// Of a private view of somebody else nobody learns, not even that it is there.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail: of what is shared, not of what is private.</param>
/// <param name="clock">The clock.</param>
internal sealed class SavedViews(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The most private views that somebody has in a tenant.</summary>
    public const int MostPrivate = 100;

    /// <summary>The most shared views in a tenant.</summary>
    public const int MostShared = 200;

    /// <summary>Stands in the audit trail for a view without words, filters or order.</summary>
    private const string Everything = "-";

    /// <summary>One's own views and the shared ones, by name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The views.</returns>
    public async Task<IReadOnlyList<ViewSummary>> ListAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var views = await Seen(db, tenant).AsNoTracking().Include(view => view.Owner).ToListAsync(cancellationToken);
        return [.. views.Select(view => Summary(view, tenant)).OrderBy(view => view.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(view => view.Id)];
    }

    /// <summary>Saves a view under a name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="name">The name.</param>
    /// <param name="query">The view.</param>
    /// <param name="shared">Whether everybody in the tenant is to see it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The saved view; or an <see cref="InputError"/>.</returns>
    public async Task<Result<ViewSummary>> AddAsync(TenantContext tenant, string name, SimQuery query, bool shared, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        if (shared)
        {
            await tenant.RequireAsync(Permission.ViewsShare, cancellationToken);
        }

        var (plain, text) = (Plain(name), query.ToQueryString());
        if ((Complaint(plain) ?? ComplaintOf(text)) is { } complaint)
        {
            return complaint;
        }

        var now = clock.GetUtcNow();
        return await database.InTurnAsync<Result<ViewSummary>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var view = new SavedView
                {
                    TenantId = tenant.TenantId,
                    List = SavedViewLists.Sims,
                    OwnerId = tenant.Actor.PersonId,
                    Owner = await db.People.SingleAsync(person => person.Id == tenant.Actor.PersonId, token),
                    Name = plain,
                    Query = text,
                    IsShared = shared,
                    CreatedAt = now,
                    ChangedAt = now,
                    Version = 1,
                };
                if (await ObstacleAsync(db, view, token) is { } obstacle)
                {
                    return obstacle;
                }

                db.SavedViews.Add(view);
                if (shared)
                {
                    audit.Add(db, tenant, Act(AuditActions.ViewShared, view, Told(text)));
                }

                await db.SaveChangesAsync(token);
                return Summary(view, tenant);
            },
            cancellationToken);
    }

    /// <summary>Gives a view another name, shares it, or makes it private again, which only its owner does.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="viewId">The view.</param>
    /// <param name="version">The version that was seen.</param>
    /// <param name="name">The name.</param>
    /// <param name="shared">Whether everybody in the tenant is to see it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The view; a <see cref="GoneError"/>; a <see cref="ConflictError"/> when somebody has saved it meanwhile; or an <see cref="InputError"/>.</returns>
    public async Task<Result<ViewSummary>> RenameAsync(TenantContext tenant, Guid viewId, int version, string name, bool shared, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var plain = Plain(name);
        return Complaint(plain) is { } complaint ? complaint : await ChangeAsync(
            tenant,
            viewId,
            version,
            shared,
            async (db, view, token) =>
            {
                var (wasName, wasShared) = (view.Name, view.IsShared);
                (view.Name, view.IsShared) = (plain, shared);
                if (await ObstacleAsync(db, view, token) is { } obstacle)
                {
                    return obstacle;
                }

                if (wasShared != shared)
                {
                    audit.Add(db, tenant, Act(shared ? AuditActions.ViewShared : AuditActions.ViewUnshared, view, Told(view.Query)));
                }

                if (wasShared && shared && !string.Equals(wasName, plain, StringComparison.Ordinal))
                {
                    audit.Add(db, tenant, Act(AuditActions.ViewChanged, view, detail: null) with { Before = wasName, After = plain });
                }

                return null;
            },
            cancellationToken);
    }

    /// <summary>Puts another view in place of the one that was saved; name and who sees it stay.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="viewId">The view.</param>
    /// <param name="version">The version that was seen.</param>
    /// <param name="query">The view to save.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The view; a <see cref="GoneError"/>; a <see cref="ConflictError"/> when somebody has saved it meanwhile; or an <see cref="InputError"/>.</returns>
    public async Task<Result<ViewSummary>> ReplaceAsync(TenantContext tenant, Guid viewId, int version, SimQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var text = query.ToQueryString();
        return ComplaintOf(text) is { } complaint ? complaint : await ChangeAsync(
            tenant,
            viewId,
            version,
            shared: null,
            (db, view, _) =>
            {
                if (view.IsShared)
                {
                    audit.Add(db, tenant, Act(AuditActions.ViewChanged, view, detail: null) with { Before = Told(view.Query), After = Told(text) });
                }

                view.Query = text;
                return Task.FromResult<PortalError?>(null);
            },
            cancellationToken);
    }

    /// <summary>Deletes a view.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="viewId">The view.</param>
    /// <param name="version">The version that was seen.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The view as it was; a <see cref="GoneError"/>; or a <see cref="ConflictError"/> when somebody has saved it meanwhile.</returns>
    public async Task<Result<ViewSummary>> DeleteAsync(TenantContext tenant, Guid viewId, int version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        return await ChangeAsync(
            tenant,
            viewId,
            version,
            shared: null,
            (db, view, _) =>
            {
                db.SavedViews.Remove(view);
                if (view.IsShared)
                {
                    audit.Add(db, tenant, Act(AuditActions.ViewDeleted, view, Told(view.Query)));
                }

                return Task.FromResult<PortalError?>(null);
            },
            cancellationToken);
    }

    /// <summary>Whether somebody may change a view that they see, and delete it.</summary>
    internal static bool MayChange(TenantContext tenant, ViewSummary view) => Needed(view.IsMine, view.IsShared, view.IsShared) is not { } needed || tenant.May(needed);

    private static Permission? Needed(bool isMine, bool wasShared, bool shared) =>
        !isMine ? Permission.ViewsManage : wasShared || shared ? Permission.ViewsShare : null;

    private async Task<Result<ViewSummary>> ChangeAsync(
        TenantContext tenant, Guid viewId, int version, bool? shared, Func<PortalDbContext, SavedView, CancellationToken, Task<PortalError?>> change, CancellationToken cancellationToken)
    {
        // Asked for outside the turn, since a refusal is written by a connection of its own. What was read is of a version, which the turn asks for again.
        await using (var before = database.ForTenant(tenant.TenantId))
        {
            if (await Seen(before, tenant).AsNoTracking().SingleOrDefaultAsync(view => view.Id == viewId, cancellationToken) is not { } seen)
            {
                return new GoneError();
            }

            var isMine = seen.OwnerId == tenant.Actor.PersonId;
            if (Needed(isMine, seen.IsShared, shared ?? seen.IsShared) is { } needed)
            {
                await tenant.RequireAsync(needed, cancellationToken);
            }

            if (seen.Version != version)
            {
                return new ConflictError();
            }

            if (!isMine && shared is false)
            {
                return new InputError("ViewNotYours");
            }
        }

        return await database.InTurnAsync<Result<ViewSummary>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await Seen(db, tenant).Include(view => view.Owner).SingleOrDefaultAsync(view => view.Id == viewId, token) is not { } view)
                {
                    return new GoneError();
                }

                if (view.Version != version)
                {
                    return new ConflictError();
                }

                if (await change(db, view, token) is { } error)
                {
                    return error;
                }

                (view.Version, view.ChangedAt) = (version + 1, clock.GetUtcNow());
                await db.SaveChangesAsync(token);
                return Summary(view, tenant);
            },
            cancellationToken);
    }

    /// <summary>What somebody may know of.</summary>
    private static IQueryable<SavedView> Seen(PortalDbContext db, TenantContext tenant)
    {
        var person = tenant.Actor.PersonId;
        return db.SavedViews.Where(view => view.List == SavedViewLists.Sims && (view.IsShared || view.OwnerId == person));
    }

    /// <summary>Why a view can't stand where it is to stand: among its owner's private ones, or among the shared.</summary>
    private static async Task<PortalError?> ObstacleAsync(PortalDbContext db, SavedView view, CancellationToken cancellationToken)
    {
        var others = await db.SavedViews
            .Where(other => other.List == view.List && other.Id != view.Id && other.IsShared == view.IsShared && (view.IsShared || other.OwnerId == view.OwnerId))
            .Select(other => other.Name)
            .ToListAsync(cancellationToken);
        var folded = Folding.Fold(view.Name);
        return others.Exists(other => string.Equals(Folding.Fold(other), folded, StringComparison.Ordinal)) ? new InputError("ViewName", Names.InText(view.Name))
            : view.IsShared && others.Count >= MostShared ? new InputError("ViewsShared", MostShared)
            : !view.IsShared && others.Count >= MostPrivate ? new InputError("ViewsPrivate", MostPrivate)
            : null;
    }

    private static string Plain(string? name) => Names.Plain(name ?? "").Trim();

    private static InputError? Complaint(string name) =>
        Names.IsBlank(name) ? new InputError("ViewNameMissing")
        : name.Length > SavedView.NameLength ? new InputError("ViewNameLong", SavedView.NameLength)
        : null;

    private static InputError? ComplaintOf(string query) => query.Length > SavedView.QueryLength ? new InputError("ViewLong") : null;

    private static ViewSummary Summary(SavedView view, TenantContext tenant) =>
        new(view.Id, view.Name, SimQuery.Parse(view.Query).OfOneTenant, view.IsShared, view.Owner?.Name ?? "", view.OwnerId == tenant.Actor.PersonId, view.Version);

    private static AuditAct Act(string action, SavedView view, string? detail) =>
        new(action, AuditOutcome.Succeeded) { ObjectId = view.Id.ToString(), ObjectName = view.Name, Detail = detail };

    private static string Told(string query) => query.Length == 0 ? Everything : query;
}
