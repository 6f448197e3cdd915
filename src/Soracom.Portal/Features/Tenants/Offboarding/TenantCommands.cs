using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Commands;
using Soracom.Portal.Shared.Mail;

namespace Soracom.Portal.Features.Tenants.Offboarding;

/// <summary>Suspends, resumes and removes tenants by commands of the program, where nobody could on a page.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="vault">Destroys the tenant's keys.</param>
/// <param name="remover">Removes what is left; made late, as it stands on options that other commands do without.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="notices">Tells the owners.</param>
/// <param name="outbox">Where mail is sent from.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class TenantCommands(
    PortalDatabase database,
    TenantVault vault,
    Lazy<TenantRemover> remover,
    AuditTrail audit,
    SuspensionNotices notices,
    Outbox outbox,
    TimeProvider clock,
    ILogger<TenantCommands> log) : ITenantCommands
{
    /// <inheritdoc />
    public Task<CommandAnswer> SuspendAsync(string slug, string reason, CancellationToken cancellationToken) => ChangeAsync(
        slug,
        reason,
        async (db, own, why, token) =>
        {
            if (own.RemovingAt is not null)
            {
                return CommandAnswer.Refused($"{slug} is being removed.");
            }

            if (own.SuspendedAt is not null)
            {
                return CommandAnswer.Refused($"{slug} is suspended already, since {At(own.SuspendedAt.Value)}.");
            }

            // By nobody who has a name: so only this program's command resumes it, and no partner or owner does.
            (own.SuspendedAt, own.SuspendedBy, own.SuspendedFor) = (clock.GetUtcNow(), null, why);
            audit.AddOfCommand(db, own.Id, Act(AuditActions.TenantSuspended, AuditOutcome.Succeeded, own, why));
            await notices.AddAsync(db, own, partner: null, token);
            return CommandAnswer.Done($"{slug} is suspended. Pages that are open there close within seconds.");
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<CommandAnswer> ResumeAsync(string slug, string reason, CancellationToken cancellationToken) => ChangeAsync(
        slug,
        reason,
        async (db, own, why, token) =>
        {
            if (own.RemovingAt is not null)
            {
                return CommandAnswer.Refused($"{slug} is being removed; its keys are destroyed, and there is no way back.");
            }

            if (own.SuspendedAt is null)
            {
                return CommandAnswer.Refused($"{slug} is not suspended.");
            }

            (own.SuspendedAt, own.SuspendedBy, own.SuspendedFor) = (null, null, null);
            audit.AddOfCommand(db, own.Id, Act(AuditActions.TenantResumed, AuditOutcome.Succeeded, own, why));
            await outbox.WithdrawAsync(db, own.Id, token);
            return CommandAnswer.Done($"{slug} is served again. Jobs and exports that were paused go on when somebody resumes them.");
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<CommandAnswer> RemoveAsync(string slug, string typed, string reason, CancellationToken cancellationToken)
    {
        (Guid TenantId, AuditAct Act)? begun = null;
        var answer = await ChangeAsync(
            slug,
            reason,
            async (db, own, why, token) =>
            {
                if (!string.Equals(typed, own.Slug, StringComparison.Ordinal))
                {
                    return CommandAnswer.Refused($"To remove {slug}, give its slug twice: \"{typed}\" is another.");
                }

                if (own.SuspendedAt is not { } since)
                {
                    return CommandAnswer.Refused($"{slug} is not suspended. Suspend it first; where it has an owner, it can be removed {Tenant.RemovalNotice.Days} days later.");
                }

                var now = clock.GetUtcNow();
                if (await CustomerRemoval.IsTooSoonAsync(db, own, now, token))
                {
                    return CommandAnswer.Refused($"{slug} has an owner, who can object until {At(since + Tenant.RemovalNotice)}. It can be removed from then on.");
                }

                var act = Act(AuditActions.TenantRemoved, AuditOutcome.Begun, own, why);
                own.RemovingAt ??= now;
                // What is left of it is removed on nobody's behalf.
                (own.ResellerId, own.ResellerCeiling) = (null, null);
                audit.AddOfCommand(db, own.Id, act);
                await vault.DestroyAsync(db, own.Id, token);
                begun = (own.Id, act);
                return CommandAnswer.Done($"{slug} is removed.");
            },
            cancellationToken);
        if (begun is not { } destroyed)
        {
            return answer;
        }

        try
        {
            // In the installation's trail, too: the tenant's own ends here.
            await using (var db = database.ForInstallation())
            {
                audit.AddOfCommand(db, tenantId: null, destroyed.Act);
                await db.SaveChangesAsync(CancellationToken.None);
            }

            await remover.Value.FinishAsync(destroyed.TenantId, actor: null, CancellationToken.None);
            return answer;
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            LogLeft(failed, destroyed.TenantId);
            return CommandAnswer.Done($"The keys of {slug} are destroyed. Something could not be deleted yet; the portal goes on by itself when it serves.");
        }
    }

    private async Task<CommandAnswer> ChangeAsync(string slug, string reason, Func<PortalDbContext, Tenant, string, CancellationToken, Task<CommandAnswer>> change, CancellationToken cancellationToken)
    {
        var why = reason.Trim();
        if (why.Length is 0 or > Tenant.ReasonLength)
        {
            return CommandAnswer.Refused($"A reason has 1 to {Tenant.ReasonLength} characters.");
        }

        Guid tenantId;
        await using (var look = database.ForInstallation())
        {
            tenantId = await look.Tenants.Where(row => row.Slug == slug).Select(row => row.Id).SingleOrDefaultAsync(cancellationToken);
        }

        var none = CommandAnswer.Refused($"There is no tenant {slug}.");
        return tenantId == Guid.Empty ? none : await database.InTurnAsync(
            tenantId,
            async (db, token) =>
            {
                if (await db.Tenants.Include(row => row.Reseller).SingleOrDefaultAsync(row => row.Id == tenantId, token) is not { } own)
                {
                    return none;
                }

                if (await OthersAsync(db, own, token) is { } others)
                {
                    return CommandAnswer.Refused(others);
                }

                var changed = await change(db, own, why, token);
                await db.SaveChangesAsync(token);
                return changed;
            },
            cancellationToken);
    }

    /// <summary>Who else can do it, and how; null where nobody can, or a command has suspended it before.</summary>
    private async Task<string?> OthersAsync(PortalDbContext db, Tenant own, CancellationToken cancellationToken) => own switch
    {
        { Reseller: null } or { SuspendedAt: not null, SuspendedBy: null } => null,
        { ResellerCeiling: null, Reseller: { } partner } => $"{own.Slug} is a customer of {partner.Slug}, whose administrators do that at {PortalUrls.Customer(own.Slug)}; grant-reseller makes somebody one.",
        _ when await db.TenantMembers.AnyAsync(Owners.Live(own.SuspendedAt ?? clock.GetUtcNow()), cancellationToken) => $"{own.Slug} has an owner, who can end what its partner {own.Reseller!.Slug} may do there.",
        _ => null,
    };

    private static AuditAct Act(string action, AuditOutcome outcome, Tenant own, string why) => new(action, outcome) { ObjectId = own.Slug, ObjectName = own.Name, Detail = own.Reseller?.Name, Reason = why };

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tenant {TenantId} is not removed whole; the portal tries again by itself. Its keys are destroyed.")]
    private partial void LogLeft(Exception error, Guid tenantId);
}
