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
    public static string Terms(Invitation invitation) => invitation.MemberUntil is { } until ? $"{invitation.Role} until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}" : $"{invitation.Role}";
}
