using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Policies;

/// <summary>What a policy says to a request.</summary>
/// <param name="Outcome">Whether the door may be opened.</param>
/// <param name="Reasons">Everything that stands against it; empty where nothing does.</param>
public sealed record RemoteAccessDecision(RemoteAccessOutcome Outcome, IReadOnlyList<PolicyReason> Reasons);

/// <summary>Whether a door may be opened.</summary>
public enum RemoteAccessOutcome
{
    /// <summary>It may.</summary>
    Allow,

    /// <summary>It may once somebody else has approved of it. No policy can say so yet, and nothing is opened by it.</summary>
    Ask,

    /// <summary>It may not.</summary>
    Deny,
}

/// <summary>Something that stands against a request.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Arguments">What its text speaks of.</param>
public sealed record PolicyReason(PolicyRule Rule, params IReadOnlyList<string> Arguments)
{
    /// <inheritdoc />
    public bool Equals(PolicyReason? other) => other is not null && Rule == other.Rule && Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Rule, Arguments.Count);
}

/// <summary>The rules that can stand against a request, in the order in which they are told.</summary>
public enum PolicyRule
{
    /// <summary>The requester may not open doors.</summary>
    MayNotOpen,

    /// <summary>No rule lets the requester open doors to this SIM.</summary>
    NotThisSim,

    /// <summary>The rules of who may open doors can't be read.</summary>
    Unreadable,

    /// <summary>The device port is none of those allowed.</summary>
    DevicePort,

    /// <summary>It is longer than allowed.</summary>
    TooLong,

    /// <summary>TLS is required.</summary>
    Tls,

    /// <summary>No source is named.</summary>
    NoSource,

    /// <summary>It would let everybody in, which the requester may not.</summary>
    AnywhereNotPermitted,

    /// <summary>It would let everybody in, which nobody may.</summary>
    AnywhereNever,

    /// <summary>It would let in others than the ranges that are fixed.</summary>
    OutsideFixed,

    /// <summary>A reason is required.</summary>
    NoReason,

    /// <summary>A ticket is required.</summary>
    NoTicket,

    /// <summary>The ticket is not as tickets are.</summary>
    TicketPattern,
}

/// <summary>Who asks for a door, as far as a policy goes.</summary>
/// <param name="Role">The role; the reseller's administrator counts as an owner.</param>
/// <param name="MayOpen">Whether doors may be opened at all.</param>
/// <param name="MayAnywhere">Whether doors may be opened that let everybody in.</param>
public sealed record Requester(TenantRole Role, bool MayOpen, bool MayAnywhere)
{
    /// <summary>The tenant's own role that the person has; null for a preset.</summary>
    public Guid? CustomRole { get; init; }

    /// <summary>The person; empty where nobody in particular asks.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Somebody in a tenant.</summary>
    /// <param name="tenant">The tenant, as it is open to somebody.</param>
    /// <returns>The requester.</returns>
    public static Requester Of(TenantContext tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return new Requester(tenant.Standing.Role ?? TenantRole.Owner, tenant.May(Permission.RemoteAccessOpen), tenant.May(Permission.RemoteAccessAnywhere)) { PersonId = tenant.Actor.PersonId, CustomRole = tenant.Standing.Custom?.RoleId };
    }
}
