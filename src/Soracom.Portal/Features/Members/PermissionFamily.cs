using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Members;

/// <summary>Permissions that belong together, as people look for them.</summary>
/// <param name="NameKey">Names the family's text in the resources.</param>
/// <param name="Read">What each of the others needs beside it; null where they need nothing.</param>
/// <param name="Others">The others.</param>
internal sealed record PermissionFamily(string NameKey, Permission? Read, IReadOnlyList<Permission> Others)
{
    /// <summary>Every permission, each in one family.</summary>
    public static IReadOnlyList<PermissionFamily> All { get; } =
    [
        new("Nav.Sims", Permission.SimsRead, [Permission.SimsEdit, Permission.SimsConnectivity, Permission.SimsCommand, Permission.SimsDiagnose, Permission.SimsCapture, Permission.SimsAdd, Permission.SimsTerminate]),
        new("Nav.Groups", Permission.GroupsRead, [Permission.GroupsEdit, Permission.GroupsDelete]),
        new("Roles.Views", Read: null, [Permission.ViewsShare, Permission.ViewsManage]),
        new("Nav.RemoteAccess", Permission.RemoteAccessRead, [Permission.RemoteAccessOpen, Permission.RemoteAccessClose, Permission.RemoteAccessAnywhere, Permission.RemoteAccessRules]),
        new("Nav.Cameras", Permission.CamerasRead, [Permission.CamerasPlay, Permission.CamerasExport, Permission.CamerasManage, Permission.CamerasRules]),
        new("Nav.Billing", Permission.BillingRead, []),
        new("Nav.Credentials", Permission.CredentialsRead, [Permission.CredentialsManage]),
        new("Nav.Members", Permission.MembersRead, [Permission.MembersManage]),
        new("Roles.Account", Read: null, [Permission.AuditRead, Permission.TenantManage, Permission.DelegationManage, Permission.AuditKeep]),
    ];

    /// <summary>All of the family.</summary>
    public IEnumerable<Permission> Members => Read is { } read ? Others.Prepend(read) : Others;

    /// <summary>What a permission needs beside it: whoever changes something sees it.</summary>
    /// <param name="permission">The permission.</param>
    /// <returns>What it needs, which needs nothing further.</returns>
    public static IEnumerable<Permission> NeedsOf(Permission permission)
    {
        if (All.Single(family => family.Members.Contains(permission)).Read is { } read && read != permission)
        {
            yield return read;
        }

        // Doors are opened to SIMs that are looked for first, and views are of lists of SIMs.
        if (permission is Permission.RemoteAccessOpen or Permission.ViewsShare or Permission.ViewsManage)
        {
            yield return Permission.SimsRead;
        }
    }

    /// <summary>Permissions with what they need beside them.</summary>
    /// <param name="permissions">The permissions.</param>
    /// <returns>The same and what was missing.</returns>
    public static PermissionSet Completed(PermissionSet permissions) => new(permissions.Permissions.SelectMany(NeedsOf).Concat(permissions.Permissions));
}
