namespace Soracom.Portal.Data.Members;

/// <summary>
/// That somebody may become a member: whoever brings its code first, signed in, does, and from then on that identity is the member, whatever
/// becomes of the address. The code itself is kept nowhere.
/// </summary>
public sealed class Invitation : ITenantOwned
{
    /// <summary>The longest e-mail address, in characters (RFC 3696, erratum 1690, allows 254).</summary>
    public const int EmailLength = 254;

    /// <summary>Identity, in the trail.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Whom it is for, as the inviter wrote it: shown, and where the mail goes.</summary>
    public required string Email { get; init; }

    /// <summary>What the member may do.</summary>
    public required TenantRole Role { get; init; }

    /// <summary>The tenant's own role, where <see cref="Role"/> is <see cref="TenantRole.Custom"/>; null otherwise. Kept after the invitation has ended, when that role may be gone.</summary>
    public Guid? CustomRoleId { get; init; }

    /// <summary>Until when the membership is to last, UTC; null for those who stay.</summary>
    public DateTimeOffset? MemberUntil { get; init; }

    /// <summary>SHA-256 of the code that the link holds. A new link makes the former worthless.</summary>
    public required byte[] CodeHash { get; set; }

    /// <summary>Who invites. An invitation of somebody who may no longer invite is worth nothing.</summary>
    public required Guid InviterId { get; set; }

    /// <summary>That person's name at the time.</summary>
    public required string InviterName { get; set; }

    /// <summary>Language of its mail, en or ja.</summary>
    public string? Language { get; init; }

    /// <summary>When the present link was made, UTC.</summary>
    public required DateTimeOffset InvitedAt { get; set; }

    /// <summary>From when on the link is worth nothing, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was accepted or taken back, UTC; null before.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who accepted it; null while nobody has, or when it was taken back.</summary>
    public Guid? AcceptedById { get; set; }
}
