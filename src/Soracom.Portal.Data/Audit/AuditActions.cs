namespace Soracom.Portal.Data.Audit;

/// <summary>The acts that the audit trail knows.</summary>
public static class AuditActions
{
    /// <summary>Somebody signed in.</summary>
    public const string SignedIn = "sign-in";

    /// <summary>Somebody signed out.</summary>
    public const string SignedOut = "sign-out";

    /// <summary>Somebody who was signed in proved who they are once more.</summary>
    public const string SignedInAgain = "sign-in.again";

    /// <summary>Somebody ended sessions of their own elsewhere; the detail says how many.</summary>
    public const string SessionsEnded = "session.end";

    /// <summary>The acts of people's own sessions, which belong to no tenant.</summary>
    public static IReadOnlyList<string> OfSessions { get; } = [SignedIn, SignedOut, SignedInAgain, SessionsEnded];

    /// <summary>A member was signed out everywhere; the detail says of how many sessions.</summary>
    public const string MemberSignedOut = "member.sign-out";

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

    /// <summary>Half of the key to a tenant's archive is lost, and another archive was begun; what is in the former stays shut.</summary>
    public const string ArchiveBegun = "archive.begin";

    /// <summary>A tenant was added.</summary>
    public const string TenantAdded = "tenant.add";

    /// <summary>A tenant's name, time zone or language was changed.</summary>
    public const string TenantChanged = "tenant.change";

    /// <summary>How the portal looks to a tenant's people, or to those of a reseller's tenants, was changed.</summary>
    public const string BrandChanged = "brand.change";

    /// <summary>A tenant was suspended: nobody is let in until it is resumed.</summary>
    public const string TenantSuspended = "tenant.suspend";

    /// <summary>All that the portal holds of a tenant was taken out as a file.</summary>
    public const string TenantExported = "tenant.export";

    /// <summary>A tenant was removed, with all that the portal held of it. Of the installation's trail.</summary>
    public const string TenantRemoved = "tenant.remove";

    /// <summary>A suspended tenant was resumed.</summary>
    public const string TenantResumed = "tenant.resume";

    /// <summary>Somebody was made a member.</summary>
    public const string MemberAdded = "member.add";

    /// <summary>A member's role was changed.</summary>
    public const string MemberRoleChanged = "member.role";

    /// <summary>A member was removed.</summary>
    public const string MemberRemoved = "member.remove";

    /// <summary>A membership was given an end, another one, or none.</summary>
    public const string MemberLimited = "member.until";

    /// <summary>A role of the tenant's own was made.</summary>
    public const string RoleMade = "role.make";

    /// <summary>A role of the tenant's own was named or given other permissions.</summary>
    public const string RoleChanged = "role.change";

    /// <summary>A role of the tenant's own was removed.</summary>
    public const string RoleRemoved = "role.remove";

    /// <summary>Somebody was invited to become a member.</summary>
    public const string InvitationMade = "invitation.make";

    /// <summary>An invitation was given another link.</summary>
    public const string InvitationRenewed = "invitation.renew";

    /// <summary>An invitation was taken back.</summary>
    public const string InvitationRevoked = "invitation.revoke";

    /// <summary>Somebody became a member by an invitation.</summary>
    public const string InvitationAccepted = "invitation.accept";

    /// <summary>A tenant's owner accepted that a partner works there.</summary>
    public const string DelegationAccepted = "delegation.accept";

    /// <summary>What a partner may do in a tenant was changed.</summary>
    public const string DelegationChanged = "delegation.change";

    /// <summary>A partner may work in a tenant no more.</summary>
    public const string DelegationEnded = "delegation.end";

    /// <summary>Somebody began to work for a tenant's partner; the detail names the partner.</summary>
    public const string PartnerPersonAdded = "partner.person-add";

    /// <summary>Somebody works for a tenant's partner no more; the detail names the partner.</summary>
    public const string PartnerPersonRemoved = "partner.person-remove";

    /// <summary>SIMs were taken out as a file.</summary>
    public const string SimsExported = "sims.export";

    /// <summary>A SIM was given another name.</summary>
    public const string SimNamed = "sim.name";

    /// <summary>A tag of a SIM was set or taken away.</summary>
    public const string SimTagged = "sim.tag";

    /// <summary>A SIM was put into another group, or out of its own.</summary>
    public const string SimGrouped = "sim.group";

    /// <summary>A SIM was given another status.</summary>
    public const string SimStatusChanged = "sim.status";

    /// <summary>A SIM was terminated.</summary>
    public const string SimTerminated = "sim.terminate";

    /// <summary>A SIM's termination protection was turned on or off.</summary>
    public const string SimProtectionChanged = "sim.protection";

    /// <summary>A SIM was given another speed class.</summary>
    public const string SimSpeedChanged = "sim.speed-class";

    /// <summary>A SIM's time of expiry was set, moved or taken away.</summary>
    public const string SimExpiryChanged = "sim.expiry";

    /// <summary>A SIM was locked to a device, or unlocked.</summary>
    public const string SimImeiLocked = "sim.imei-lock";

    /// <summary>A SIM's session was ended.</summary>
    public const string SimSessionDeleted = "sim.session-delete";

    /// <summary>A device was pinged.</summary>
    public const string SimPinged = "sim.ping";

    /// <summary>A short message was sent to a SIM.</summary>
    public const string SimMessaged = "sim.sms";

    /// <summary>A command was sent to a device.</summary>
    public const string SimCommanded = "sim.command";

    /// <summary>A SIM was asked to report of its device.</summary>
    public const string SimInfoAsked = "sim.local-info";

    /// <summary>A subscription was added to a SIM.</summary>
    public const string SimSubscribed = "sim.subscription-add";

    /// <summary>A SIM's Arc credentials were renewed.</summary>
    public const string SimArcRenewed = "sim.arc-credentials";

    /// <summary>A SIM was taken into the account.</summary>
    public const string SimRegistered = "sim.register";

    /// <summary>A virtual SIM was made.</summary>
    public const string SimCreated = "sim.create";

    /// <summary>A job over many SIMs was started.</summary>
    public const string JobStarted = "job.start";

    /// <summary>A job was paused.</summary>
    public const string JobPaused = "job.pause";

    /// <summary>A paused job was resumed.</summary>
    public const string JobResumed = "job.resume";

    /// <summary>A job was cancelled.</summary>
    public const string JobCancelled = "job.cancel";

    /// <summary>What had failed of a job was tried again.</summary>
    public const string JobRetried = "job.retry";

    /// <summary>What came of a job, or what it would do, was taken out as a file.</summary>
    public const string JobExported = "job.export";

    /// <summary>A job that had ended long ago was removed, with its rows.</summary>
    public const string JobRemoved = "job.remove";

    /// <summary>A SIM was looked at by the vendor's diagnosis.</summary>
    public const string SimDiagnosed = "sim.diagnose";

    /// <summary>A recording of a SIM's traffic was asked for.</summary>
    public const string SimCaptureStarted = "sim.capture.start";

    /// <summary>A recording was ended before its time.</summary>
    public const string SimCaptureStopped = "sim.capture.stop";

    /// <summary>A recording was downloaded.</summary>
    public const string SimCaptureDownloaded = "sim.capture.download";

    /// <summary>A recording was deleted.</summary>
    public const string SimCaptureDeleted = "sim.capture.delete";

    /// <summary>A group was made.</summary>
    public const string GroupCreated = "group.create";

    /// <summary>A group was deleted.</summary>
    public const string GroupDeleted = "group.delete";

    /// <summary>A group's name or tags were changed.</summary>
    public const string GroupTagged = "group.tag";

    /// <summary>A group's configuration was changed.</summary>
    public const string GroupConfigured = "group.configure";

    /// <summary>A group's configuration was taken out as a file.</summary>
    public const string GroupExported = "group.export";

    /// <summary>A camera's name was changed.</summary>
    public const string CameraNamed = "camera.name";

    /// <summary>A camera was woken up or put to sleep.</summary>
    public const string CameraPowered = "camera.power";

    /// <summary>A camera was started anew.</summary>
    public const string CameraRebooted = "camera.reboot";

    /// <summary>A setting of a camera was changed.</summary>
    public const string CameraSettingChanged = "camera.setting";

    /// <summary>A camera's licence was assigned, replaced or taken away.</summary>
    public const string CameraLicensed = "camera.licence";

    /// <summary>A camera was told to install a firmware.</summary>
    public const string CameraFirmwareUpdated = "camera.firmware";

    /// <summary>The limit of what may be played and exported of a camera was changed.</summary>
    public const string CameraLimitChanged = "camera.limit";

    /// <summary>The paid access to a camera at the moment itself was switched on or off.</summary>
    public const string CameraRealTimeChanged = "camera.real-time";

    /// <summary>A picture was made of what a camera recorded, which uses its quota.</summary>
    public const string CameraStillTaken = "camera.still";

    /// <summary>Somebody looked at the picture of something that a camera noticed.</summary>
    public const string CameraPictureFetched = "camera.picture";

    /// <summary>Footage of a camera was asked for.</summary>
    public const string FootageRequested = "footage.request";

    /// <summary>An export of footage was paused.</summary>
    public const string FootagePaused = "footage.pause";

    /// <summary>An export of footage was gone on with.</summary>
    public const string FootageResumed = "footage.resume";

    /// <summary>An export of footage was cancelled.</summary>
    public const string FootageCancelled = "footage.cancel";

    /// <summary>An export of footage came to its end.</summary>
    public const string FootageExported = "footage.export";

    /// <summary>What could not be had of an export was tried anew.</summary>
    public const string FootageRetried = "footage.retry";

    /// <summary>Footage was downloaded from the portal's store.</summary>
    public const string FootageDownloaded = "footage.download";

    /// <summary>An export's files were removed from the portal's store.</summary>
    public const string FootageRemoved = "footage.remove";

    /// <summary>Files of an export were found missing from the store, by themselves.</summary>
    public const string FootageLost = "footage.lost";

    /// <summary>A tenant's rules for exports of footage were changed.</summary>
    public const string FootageRulesChanged = "footage.rules";

    /// <summary>Footage of a camera was played.</summary>
    public const string FootagePlayed = "footage.play";

    /// <summary>A door to a device was opened.</summary>
    public const string DoorOpened = "door.open";

    /// <summary>A door to a device was closed.</summary>
    public const string DoorClosed = "door.close";

    /// <summary>All doors to a tenant's devices were closed at once.</summary>
    public const string DoorsClosed = "door.close-all";

    /// <summary>A door to a device was found to have ended: its time was over, or it was closed elsewhere.</summary>
    public const string DoorEnded = "door.end";

    /// <summary>The way through a door was taken out as a file for a remote desktop.</summary>
    public const string DoorFileTaken = "door.file";

    /// <summary>A tenant's policy for doors to its devices was changed.</summary>
    public const string RemoteAccessPolicyChanged = "remote-access.policy";

    /// <summary>The log of remote access was taken out as a file.</summary>
    public const string RemoteLogExported = "remote-log.export";

    /// <summary>The audit trail was taken out as a file.</summary>
    public const string AuditExported = "audit.export";

    /// <summary>How long the audit trail is kept was changed.</summary>
    public const string AuditKeepChanged = "audit.keep";

    /// <summary>The oldest entries of the audit trail were removed, as the tenant's retention says.</summary>
    public const string AuditTrimmed = "audit.trim";

    /// <summary>Bills were taken out as a file.</summary>
    public const string BillsExported = "bills.export";

    /// <summary>The detailed file of a month was asked for.</summary>
    public const string BillFileRequested = "bills.file";

    /// <summary>The detailed file of a month was fetched from the vendor, or could not be.</summary>
    public const string BillFileFetched = "bills.file-fetch";

    /// <summary>The detailed file of a month was downloaded.</summary>
    public const string BillFileDownloaded = "bills.file-download";

    /// <summary>The statement of a payment was downloaded.</summary>
    public const string StatementDownloaded = "bills.statement";

    /// <summary>A view of a list was shared in the tenant.</summary>
    public const string ViewShared = "view.share";

    /// <summary>A shared view was made its owner's alone again.</summary>
    public const string ViewUnshared = "view.unshare";

    /// <summary>A shared view was changed.</summary>
    public const string ViewChanged = "view.change";

    /// <summary>A shared view was deleted.</summary>
    public const string ViewDeleted = "view.delete";

    /// <summary>A group of an identity provider was given a role.</summary>
    public const string GroupGrantMade = "group-role.make";

    /// <summary>The role that a group of an identity provider gives, or its place in the order, was changed.</summary>
    public const string GroupGrantChanged = "group-role.change";

    /// <summary>A group of an identity provider gives no role any more.</summary>
    public const string GroupGrantRemoved = "group-role.remove";

    /// <summary>Groups may let a person in again who was removed by hand.</summary>
    public const string MemberReadmitted = "member.readmit";

    /// <summary>All of them, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SignedIn, SignedOut, SignedInAgain, SessionsEnded, TenantAdded, TenantOpened, TenantChanged, BrandChanged, TenantSuspended, TenantResumed, TenantExported, TenantRemoved, PermissionUsed, AuditExported, AuditKeepChanged, AuditTrimmed, CredentialStored, CredentialTested, CredentialDeleted, DataKeyRotated, ArchiveBegun, MemberAdded, MemberRoleChanged,
        MemberRemoved, MemberLimited, MemberSignedOut, RoleMade, RoleChanged, RoleRemoved, GroupGrantMade, GroupGrantChanged, GroupGrantRemoved, MemberReadmitted, InvitationMade, InvitationRenewed, InvitationRevoked, InvitationAccepted, DelegationAccepted, DelegationChanged, DelegationEnded, PartnerPersonAdded, PartnerPersonRemoved,
        SimsExported, SimNamed, SimTagged, SimGrouped, SimStatusChanged, SimTerminated, SimProtectionChanged, SimSpeedChanged, SimExpiryChanged, SimImeiLocked, SimSessionDeleted, SimPinged,
        SimMessaged, SimCommanded, SimInfoAsked, SimSubscribed, SimArcRenewed, SimRegistered, SimCreated,
        JobStarted, JobPaused, JobResumed, JobCancelled, JobRetried, JobExported, JobRemoved,
        SimDiagnosed, SimCaptureStarted, SimCaptureStopped, SimCaptureDownloaded, SimCaptureDeleted,
        GroupCreated, GroupTagged, GroupConfigured, GroupExported, GroupDeleted,
        CameraNamed, CameraPowered, CameraRebooted, CameraSettingChanged, CameraLicensed, CameraFirmwareUpdated, CameraLimitChanged, CameraRealTimeChanged, CameraStillTaken, CameraPictureFetched,
        FootageRequested, FootagePaused, FootageResumed, FootageCancelled, FootageExported, FootageRetried, FootageDownloaded, FootageRemoved, FootageLost, FootageRulesChanged, FootagePlayed,
        DoorOpened, DoorClosed, DoorsClosed, DoorEnded, DoorFileTaken, RemoteAccessPolicyChanged,
        RemoteLogExported,
        BillsExported, BillFileRequested, BillFileFetched, BillFileDownloaded, StatementDownloaded,
        ViewShared, ViewChanged, ViewUnshared, ViewDeleted,
    ];
}
