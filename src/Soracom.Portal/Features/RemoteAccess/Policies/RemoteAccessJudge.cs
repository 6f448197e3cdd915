using System.Globalization;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Sources;

namespace Soracom.Portal.Features.RemoteAccess.Policies;

/// <summary>The one place that says whether a door may be opened: the page asks it before anything is sent, and the server asks it again.</summary>
public static class RemoteAccessJudge
{
    /// <summary>What a policy says to a request.</summary>
    /// <param name="policy">The tenant's policy; a new one where it has none.</param>
    /// <param name="request">The request.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="sim">The SIM as it is.</param>
    /// <returns>The decision, with everything that stands against the request.</returns>
    public static RemoteAccessDecision Decide(RemoteAccessPolicy policy, DoorRequest request, Requester requester, DoorSim sim)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(requester);
        ArgumentNullException.ThrowIfNull(sim);
        IReadOnlyList<PolicyReason> reasons =
        [
            .. Requester(policy, requester, sim),
            .. Device(policy, request),
            .. Sources(policy, request.Sources, requester),
            .. Words(policy, request),
        ];
        return new RemoteAccessDecision(reasons.Count == 0 ? RemoteAccessOutcome.Allow : RemoteAccessOutcome.Deny, reasons);
    }

    /// <summary>How long a door may be at the most, whatever a policy says.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>Never more than the vendor allows.</returns>
    public static TimeSpan LongestOf(RemoteAccessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return TimeSpan.FromMinutes(Math.Clamp(policy.LongestMinutes, 1, RemoteAccessPolicy.MostMinutes));
    }

    private static IEnumerable<PolicyReason> Requester(RemoteAccessPolicy policy, Requester requester, DoorSim sim)
    {
        if (!requester.MayOpen)
        {
            yield return new PolicyReason(PolicyRule.MayNotOpen);
        }

        if (OpenerRule.Read(policy.Openers) is not { } rules)
        {
            yield return new PolicyReason(PolicyRule.Unreadable);
        }
        else if (rules.Count > 0 && !rules.Any(rule => rule.Fits(requester, sim)))
        {
            yield return new PolicyReason(PolicyRule.NotThisSim);
        }
    }

    private static IEnumerable<PolicyReason> Device(RemoteAccessPolicy policy, DoorRequest request)
    {
        if (DevicePorts.Parse(policy.DevicePorts)?.Allow(request.DevicePort) != true)
        {
            yield return new PolicyReason(PolicyRule.DevicePort, policy.DevicePorts.Replace(" ", ", ", StringComparison.Ordinal));
        }

        if (request.Duration > LongestOf(policy))
        {
            yield return new PolicyReason(PolicyRule.TooLong, ((int)LongestOf(policy).TotalMinutes).ToString(CultureInfo.InvariantCulture));
        }

        if (policy.TlsRequired && !request.Tls)
        {
            yield return new PolicyReason(PolicyRule.Tls);
        }
    }

    private static IEnumerable<PolicyReason> Sources(RemoteAccessPolicy policy, SourceRanges sources, Requester requester)
    {
        if (sources.Networks.Count == 0)
        {
            yield return new PolicyReason(PolicyRule.NoSource);
        }
        else if (policy.SourceRule == RemoteSourceRule.Fixed)
        {
            if (!sources.AreWithin(SourceRanges.Known(policy.SourceRanges)))
            {
                yield return new PolicyReason(PolicyRule.OutsideFixed, policy.SourceRanges.Replace(" ", ", ", StringComparison.Ordinal));
            }
        }
        else if (sources.IsAnywhere && policy.SourceRule == RemoteSourceRule.NeverAnywhere)
        {
            yield return new PolicyReason(PolicyRule.AnywhereNever);
        }

        // A range that is fixed and lets everybody in is still for those alone who may.
        if (sources.IsAnywhere && policy.SourceRule != RemoteSourceRule.NeverAnywhere && !requester.MayAnywhere)
        {
            yield return new PolicyReason(PolicyRule.AnywhereNotPermitted);
        }
    }

    private static IEnumerable<PolicyReason> Words(RemoteAccessPolicy policy, DoorRequest request)
    {
        if (policy.ReasonRequired && string.IsNullOrWhiteSpace(request.Reason))
        {
            yield return new PolicyReason(PolicyRule.NoReason);
        }

        var ticket = request.Ticket.Trim();
        if (ticket.Length == 0)
        {
            if (policy.TicketRequired)
            {
                yield return new PolicyReason(PolicyRule.NoTicket);
            }
        }
        else if (policy.TicketPattern.Length > 0 && !Policies.TicketPattern.Fits(policy.TicketPattern, ticket))
        {
            yield return new PolicyReason(PolicyRule.TicketPattern, policy.TicketPattern);
        }
    }
}
