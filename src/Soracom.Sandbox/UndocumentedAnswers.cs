namespace Soracom.Sandbox;

/// <summary>
/// What public sources do not tell about the service, or tell in two ways: the sandbox's choice for each, to be changed
/// when somebody knows better, and by tests of clients that must live with either. Numbers are HTTP statuses, where nothing else is said.
/// </summary>
public sealed record UndocumentedAnswers
{
    /// <summary>No API key or no token. Seen as 400 in the service's early days.</summary>
    public int MissingPair { get; init; } = 400;

    /// <summary>An API key or token that is wrong, revoked, or belongs to another key.</summary>
    public int InvalidPair { get; init; } = 401;

    /// <summary>A token past its end, where the definition does not say otherwise for the operation.</summary>
    public int ExpiredToken { get; init; } = 401;

    /// <summary>A SAM user without permission for the operation.</summary>
    public int Forbidden { get; init; } = 403;

    /// <summary>A sign-in with none of the three sets of credentials complete.</summary>
    public int IncompleteLogin { get; init; } = 400;

    /// <summary>A path that the API does not have.</summary>
    public int UnknownPath { get; init; } = 404;

    /// <summary>A path that the API has, with a method that it has not.</summary>
    public int WrongMethod { get; init; } = 405;

    /// <summary>
    /// An operation that the service has and the sandbox has not. The vendor's command line tries again on any 5xx, for two
    /// minutes; whoever works with it may prefer 404.
    /// </summary>
    public int NotServed { get; init; } = 501;

    /// <summary>A request body above <see cref="SandboxOptions.MaxBodyBytes"/>.</summary>
    public int BodyTooLarge { get; init; } = 413;

    /// <summary>A setting of a camera that has neither a licence nor real-time access.</summary>
    public int CameraWithoutLicence { get; init; } = 404;

    /// <summary>The export of a still of a moment at which nothing was recorded. The definition knows 400 for bad times; 404 was seen.</summary>
    public int NoRecordingForStill { get; init; } = 404;

    /// <summary>Whether a camera's usage tells figures: nothing in the definition is required.</summary>
    public bool TellsQuota { get; init; } = true;

    /// <summary>A stream that would cost more than is left of the camera's quota.</summary>
    public int StreamAboveQuota { get; init; } = 400;

    /// <summary>A status that a SIM can't take from the one that it has.</summary>
    public int ForbiddenStatusMove { get; init; } = 400;

    /// <summary>Termination of a SIM that is protected from it.</summary>
    public int TerminationProtected { get; init; } = 400;

    /// <summary>The end of a session that there is none of. Its code is public, its status is not.</summary>
    public int SessionOffline { get; init; } = 400;

    /// <summary>A SIM that is to join a group that does not exist.</summary>
    public int UnknownGroup { get; init; } = 404;

    /// <summary>Whether a SIM can go from inactive or standby to statuses that no page speaks of, and from suspended to standby.</summary>
    public bool AllowsUndocumentedStatusMoves { get; init; } = true;

    /// <summary>Whether it is an error to give a SIM the status that it has; otherwise nothing happens.</summary>
    public bool RefusesRepeatedStatus { get; init; }

    /// <summary>Whether searchSims finds parts of status and module type too, so that "active" also finds "inactive".</summary>
    public bool SearchMatchesPartsOfEnumerations { get; init; }

    /// <summary>Whether the secrets of credential sets can be read again, or are masked.</summary>
    public bool CredentialSecretsAreShown { get; init; }

    /// <summary>How long the address of an exported file is good for.</summary>
    public TimeSpan ExportedFileLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a group that SIMs belong to can't be deleted; otherwise they leave it.</summary>
    public bool RefusesDeletionOfGroupsInUse { get; init; }

    /// <summary>
    /// Whether setting keys of a group's configuration drops the namespace's other keys. Definitions of some years said so; those before and
    /// since, and the documentation, do not.
    /// </summary>
    public bool ResetsOmittedGroupSettings { get; init; }

    /// <summary>
    /// Whether SIMs that are on offer to another account have the status "transferring". The documentation speaks of such a status, the
    /// definition's list of statuses does not have it; without it they stay ready.
    /// </summary>
    public bool ShowsTransferringStatus { get; init; }

    /// <summary>Remote access to a SIM that is offline.</summary>
    public int NapterTargetOffline { get; init; } = 400;

    /// <summary>How many seconds remote access lasts when nobody says.</summary>
    public int NapterSeconds { get; init; } = 1800;

    /// <summary>How far back accounts see their audit logs that have no contract for more; null for all that there is.</summary>
    public TimeSpan? AuditLogsKept { get; init; }

    /// <summary>What cameras cost. The definition names no prices.</summary>
    public CameraPrices CameraPrices { get; init; } = new();

    /// <summary>How long lists still have remote access that has run out, as expired; zero lets it vanish at once. Whole seconds.</summary>
    public TimeSpan ExpiredNapterStays { get; init; } = TimeSpan.FromSeconds(30);
}
