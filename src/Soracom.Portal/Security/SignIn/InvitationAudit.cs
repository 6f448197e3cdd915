using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Security.SignIn;

/// <summary>How invitations stand in the trail.</summary>
internal static class InvitationAudit
{
    /// <summary>What is done with an invitation.</summary>
    public static AuditAct Act(string action, Invitation invitation, string? detail) =>
        new(action, AuditOutcome.Succeeded) { ObjectId = invitation.Id.ToString(), ObjectName = invitation.Email, Detail = detail };

    /// <summary>As what an invitation makes somebody a member.</summary>
    public static string Terms(Invitation invitation, string? customRole)
    {
        var role = GivenRole.InTrail(invitation.Role, customRole);
        return invitation.MemberUntil is { } until ? $"{role} until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}" : role;
    }
}
