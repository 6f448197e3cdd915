namespace Soracom.Portal.Data.Audit;

/// <summary>
/// One line of the audit trail. Lines are only ever added: the context refuses to change or remove one, and so do
/// triggers in both databases.
/// </summary>
public sealed class AuditEntry : IMayBeTenantOwned
{
    /// <summary>The longest action, in characters.</summary>
    public const int ActionLength = 64;

    /// <summary>The longest name of an actor or object, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>The actor's name, without a person, of what was done by a command of the program.</summary>
    public const string CommandLine = "command-line";

    /// <summary>Running number.</summary>
    public long Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The tenant concerned; null for what concerns the installation, such as a sign-in.</summary>
    public Guid? TenantId { get; init; }

    /// <summary>Who did it; null when nobody is known, such as a refused sign-in or a command of the program.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The actor's name at the time; <see cref="CommandLine"/> for a command of the program.</summary>
    public required string ActorName { get; init; }

    /// <summary>The sign-in session it was done in.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Network address it came from.</summary>
    public string? Address { get; init; }

    /// <summary>What was done: one of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: an id.</summary>
    public string? ObjectId { get; init; }

    /// <summary>What it was done to: a name for people.</summary>
    public string? ObjectName { get; init; }

    /// <summary>What came of it.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>The portal's id of the request or circuit operation; an intent and its outcome share one.</summary>
    public string? RequestId { get; init; }

    /// <summary>More, for people: never a secret.</summary>
    public string? Detail { get; init; }
}

/// <summary>What came of an audited act.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>It was not permitted.</summary>
    Denied,

    /// <summary>It failed; nothing was changed.</summary>
    Failed,
}

/// <summary>The acts that the audit trail knows.</summary>
public static class AuditActions
{
    /// <summary>Somebody signed in.</summary>
    public const string SignedIn = "sign-in";

    /// <summary>Somebody signed out.</summary>
    public const string SignedOut = "sign-out";

    /// <summary>Somebody opened a tenant.</summary>
    public const string TenantOpened = "tenant.open";

    /// <summary>Somebody tried what the permissions don't allow.</summary>
    public const string PermissionUsed = "permission.use";

    /// <summary>A credential was stored or replaced.</summary>
    public const string CredentialStored = "credential.store";

    /// <summary>A credential was tried against the vendor.</summary>
    public const string CredentialTested = "credential.test";

    /// <summary>A credential was deleted.</summary>
    public const string CredentialDeleted = "credential.delete";

    /// <summary>A tenant's data key was replaced and its secrets sealed anew.</summary>
    public const string DataKeyRotated = "data-key.rotate";

    /// <summary>A tenant was added.</summary>
    public const string TenantAdded = "tenant.add";

    /// <summary>Somebody was made a member.</summary>
    public const string MemberAdded = "member.add";

    /// <summary>A member's role was changed.</summary>
    public const string MemberRoleChanged = "member.role";

    /// <summary>A member was removed.</summary>
    public const string MemberRemoved = "member.remove";

    /// <summary>All of them, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SignedIn, SignedOut, TenantAdded, TenantOpened, PermissionUsed, CredentialStored, CredentialTested, CredentialDeleted, DataKeyRotated, MemberAdded, MemberRoleChanged,
        MemberRemoved,
    ];
}
