namespace Soracom.Portal.Security;

/// <summary>What can be permitted in a tenant. <see cref="RolePermissions"/> says to whom.</summary>
public enum Permission
{
    /// <summary>Find and read SIMs, with their sessions and profiles.</summary>
    SimsRead,

    /// <summary>Name SIMs, tag them and put them into groups.</summary>
    SimsEdit,

    /// <summary>Change what SIMs connect with: status, speed class, expiry, IMEI lock, protection on; end sessions.</summary>
    SimsConnectivity,

    /// <summary>Terminate SIMs, and take their protection against that away.</summary>
    SimsTerminate,

    /// <summary>Send something to devices: pings, short messages, commands.</summary>
    SimsCommand,

    /// <summary>Bring SIMs and subscriptions into the account, which cost money, and renew Arc credentials.</summary>
    SimsAdd,

    /// <summary>Have a SIM looked at by the vendor's diagnosis.</summary>
    SimsDiagnose,

    /// <summary>Record a SIM's traffic, and download and delete the recordings.</summary>
    SimsCapture,

    /// <summary>Read groups.</summary>
    GroupsRead,

    /// <summary>Create groups, name and tag them, and change what is set for the SIMs in them.</summary>
    GroupsEdit,

    /// <summary>Delete groups.</summary>
    GroupsDelete,

    /// <summary>See cameras, and when they recorded something and what happened.</summary>
    CamerasRead,

    /// <summary>Play recordings and look at stills, which use a camera's monthly quota.</summary>
    CamerasPlay,

    /// <summary>Export recordings, which uses quota and may cost money, and download what was exported.</summary>
    CamerasExport,

    /// <summary>Name, switch, set up and update cameras, and give them licences and limits, which may cost money.</summary>
    CamerasManage,

    /// <summary>Set the tenant's rules for exports of footage, such as how long it is kept.</summary>
    CamerasRules,

    /// <summary>See which doors to devices are open, or were, and who opened them.</summary>
    RemoteAccessRead,

    /// <summary>Open doors to devices, as far as the tenant's policy goes, and close one's own.</summary>
    RemoteAccessOpen,

    /// <summary>Open doors that let everybody in, wherever they are.</summary>
    RemoteAccessAnywhere,

    /// <summary>Close doors that others have opened, here or elsewhere, and all at once.</summary>
    RemoteAccessClose,

    /// <summary>Set the tenant's policy for doors to devices.</summary>
    RemoteAccessRules,

    /// <summary>See what the tenant's accounts cost, and take bills as files.</summary>
    BillingRead,

    /// <summary>Share views of lists with everybody in the tenant, and change one's own that are shared. Views of one's own need no permission but that to see the list.</summary>
    ViewsShare,

    /// <summary>Change and delete views that others have shared.</summary>
    ViewsManage,

    /// <summary>See which credentials there are and how they fare; never the secrets.</summary>
    CredentialsRead,

    /// <summary>Store, replace, test and delete credentials, and rotate the key that seals them.</summary>
    CredentialsManage,

    /// <summary>See who the members are.</summary>
    MembersRead,

    /// <summary>Change members' roles and remove them.</summary>
    MembersManage,

    /// <summary>Change the tenant's name, time zone and language.</summary>
    TenantManage,

    /// <summary>Say what the partner's people may do in the tenant, and end that. The partner's people never may.</summary>
    DelegationManage,

    /// <summary>Read the audit trail.</summary>
    AuditRead,

    /// <summary>Say how long the audit trail is kept. The partner's people never may: it tells of what they do.</summary>
    AuditKeep,
}
