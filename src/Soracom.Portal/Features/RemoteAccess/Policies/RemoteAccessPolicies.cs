using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.RemoteAccess.Policies;

/// <summary>A tenant's policy for doors to its devices.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class RemoteAccessPolicies(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The policy as it stands.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The policy; a new one, of version 0, where the tenant has none.</returns>
    public async Task<RemoteAccessPolicy> GetAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.RemoteAccessPolicies.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new RemoteAccessPolicy { TenantId = tenant.TenantId };
    }

    /// <summary>Changes the policy. Doors that are open stay as they are.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="wanted">The policy; its version is the one that was looked at.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The policy as it is then; an <see cref="InputError"/> or a <see cref="ConflictError"/>.</returns>
    public async Task<Result<RemoteAccessPolicy>> PutAsync(TenantContext tenant, RemoteAccessPolicy wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(wanted);
        await tenant.RequireAsync(Permission.RemoteAccessRules, cancellationToken);
        if (Wrong(wanted, out var ports, out var ranges) is { } wrong)
        {
            return wrong;
        }

        return await database.InTurnAsync<Result<RemoteAccessPolicy>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var policy = await db.RemoteAccessPolicies.SingleOrDefaultAsync(token);
                if ((policy?.Version ?? 0) != wanted.Version)
                {
                    return new ConflictError();
                }

                var before = Described(policy ?? new RemoteAccessPolicy { TenantId = tenant.TenantId });
                if (policy is null)
                {
                    policy = new RemoteAccessPolicy { TenantId = tenant.TenantId };
                    db.RemoteAccessPolicies.Add(policy);
                }

                (policy.DevicePorts, policy.LongestMinutes, policy.TlsRequired) = (ports.ToString(), wanted.LongestMinutes, wanted.TlsRequired);
                (policy.SourceRule, policy.SourceRanges) = (wanted.SourceRule, ranges.ToString());
                (policy.ReasonRequired, policy.TicketRequired, policy.TicketPattern) = (wanted.ReasonRequired, wanted.TicketRequired, wanted.TicketPattern);
                (policy.Openers, policy.ChangedAt, policy.ChangedBy) = (wanted.Openers, clock.GetUtcNow(), tenant.Actor.Name);
                policy.Version++;
                foreach (var act in AuditDetail.Parts(new AuditAct(AuditActions.RemoteAccessPolicyChanged, AuditOutcome.Succeeded) { Before = before, After = Described(policy) }))
                {
                    audit.Add(db, tenant, act);
                }

                await db.SaveChangesAsync(token);
                return policy;
            },
            cancellationToken);
    }

    private static InputError? Wrong(RemoteAccessPolicy policy, out DevicePorts ports, out SourceRanges ranges)
    {
        var given = SourceRanges.Parse(policy.SourceRanges, out var problems);
        ranges = given ?? SourceRanges.Known(string.Empty);
        ports = DevicePorts.Parse(policy.DevicePorts) ?? DevicePorts.Parse(string.Empty)!;
        var rules = OpenerRule.Read(policy.Openers);
        return DevicePorts.Parse(policy.DevicePorts) is null || ports.ToString().Length > RemoteAccessPolicy.PortsLength ? new InputError("PolicyPorts")
            : policy.LongestMinutes is < 1 or > RemoteAccessPolicy.MostMinutes ? new InputError("PolicyLongest", RemoteAccessPolicy.MostMinutes)
            : given is null ? new InputError("PolicyRanges", problems[0].Text)
            : policy.SourceRule == RemoteSourceRule.Fixed && given.Networks.Count == 0 ? new InputError("PolicyNoRanges")
            : policy.TicketPattern.Length > RemoteAccessPolicy.PatternLength || !TicketPattern.IsUsable(policy.TicketPattern) ? new InputError("PolicyPattern", RemoteAccessPolicy.PatternLength)
            : rules is null || rules.Count > OpenerRule.Most || rules.Any(rule => rule.Tag.Length > OpenerRule.TagLength || rule.Value.Length > OpenerRule.TagLength || (rule.Tag.Length == 0 && rule.Value.Length > 0))
                ? new InputError("PolicyOpeners", OpenerRule.Most)
            : rules.Any(rule => rule.IsBlank) ? new InputError("PolicyBlankRule", rules.TakeWhile(rule => !rule.IsBlank).Count() + 1)
            : null;
    }

    private static string Described(RemoteAccessPolicy policy) => string.Create(
        CultureInfo.InvariantCulture,
        $"ports {(policy.DevicePorts.Length == 0 ? "any" : policy.DevicePorts)}; {policy.LongestMinutes} min; TLS {policy.TlsRequired}; sources {policy.SourceRule} {policy.SourceRanges}; reason {policy.ReasonRequired}; ticket {policy.TicketRequired} {policy.TicketPattern}; openers {policy.Openers}");
}
