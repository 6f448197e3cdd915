namespace Soracom.Portal.Security;

/// <summary>What can be permitted in a tenant. <see cref="RolePermissions"/> says to whom.</summary>
public enum Permission
{
    /// <summary>Find and read SIMs, with their sessions and profiles.</summary>
    SimsRead,

    /// <summary>Read groups.</summary>
    GroupsRead,

    /// <summary>See which credentials there are and how they fare; never the secrets.</summary>
    CredentialsRead,

    /// <summary>Store, replace, test and delete credentials, and rotate the key that seals them.</summary>
    CredentialsManage,

    /// <summary>See who the members are.</summary>
    MembersRead,

    /// <summary>Change members' roles and remove them.</summary>
    MembersManage,

    /// <summary>Read the audit trail.</summary>
    AuditRead,
}
