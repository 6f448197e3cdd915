using System.Collections.Frozen;
using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Security;

/// <summary>The one table that maps roles to permissions.</summary>
public static class RolePermissions
{
    private static readonly FrozenSet<Permission> Everything = Enum.GetValues<Permission>().ToFrozenSet();

    private static readonly FrozenDictionary<TenantRole, FrozenSet<Permission>> Table = new Dictionary<TenantRole, FrozenSet<Permission>>
    {
        [TenantRole.Owner] = Everything,
        [TenantRole.Operator] = Set(
            Permission.SimsRead,
            Permission.SimsEdit,
            Permission.SimsConnectivity,
            Permission.SimsCommand,
            Permission.SimsAdd,
            Permission.SimsDiagnose,
            Permission.SimsCapture,
            Permission.GroupsRead,
            Permission.GroupsEdit,
            Permission.CamerasRead,
            Permission.CamerasPlay,
            Permission.CamerasExport,
            Permission.CamerasManage,
            Permission.RemoteAccessRead,
            Permission.RemoteAccessOpen,
            Permission.RemoteAccessClose,
            Permission.ViewsShare,
            Permission.CredentialsRead,
            Permission.MembersRead),
        [TenantRole.Viewer] = Set(Permission.SimsRead, Permission.GroupsRead, Permission.CamerasRead, Permission.RemoteAccessRead),
        [TenantRole.Billing] = Set(Permission.BillingRead),
        [TenantRole.Guard] = Set(Permission.CamerasRead, Permission.CamerasPlay),
        [TenantRole.Custom] = Set(),
    }.ToFrozenDictionary();

    /// <summary>What a reseller's administrator may do in each of the reseller's tenants, unless the tenant holds its partner to less.</summary>
    public static IReadOnlySet<Permission> ResellerAdministrator { get; } = Everything.Except([Permission.DelegationManage, Permission.AuditKeep]).ToFrozenSet();

    /// <summary>The roles that every tenant has.</summary>
    public static IReadOnlyList<TenantRole> Presets { get; } = [.. Enum.GetValues<TenantRole>().Where(role => role != TenantRole.Custom)];

    /// <summary>What owners alone may do: whoever might do it could give themselves everything else, or have it forgotten.</summary>
    public static IReadOnlySet<Permission> OfOwnersAlone { get; } = Set(Permission.MembersManage, Permission.DelegationManage, Permission.AuditKeep);

    /// <summary>What a preset lets a member do.</summary>
    /// <param name="role">The preset; what one of the tenant's own roles permits, that role says.</param>
    /// <returns>The permissions.</returns>
    public static IReadOnlySet<Permission> Of(TenantRole role) => Table[role];

    private static FrozenSet<Permission> Set(params Permission[] permissions) => permissions.ToFrozenSet();
}
