using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Security;

public sealed class RolePermissionTests
{
    /// <summary>What each role may do, written down a second time: a change of the table has to be meant.</summary>
    public static TheoryData<TenantRole, string> Expected => new()
    {
        { TenantRole.Owner, "SimsRead SimsEdit SimsConnectivity SimsTerminate SimsCommand SimsAdd SimsDiagnose SimsCapture GroupsRead GroupsEdit GroupsDelete CamerasRead CamerasPlay CamerasExport CamerasManage CamerasRules RemoteAccessRead RemoteAccessOpen RemoteAccessAnywhere RemoteAccessClose RemoteAccessRules BillingRead ViewsShare ViewsManage CredentialsRead CredentialsManage MembersRead MembersManage TenantManage DelegationManage AuditRead AuditKeep" },
        { TenantRole.Operator, "SimsRead SimsEdit SimsConnectivity SimsCommand SimsAdd SimsDiagnose SimsCapture GroupsRead GroupsEdit CamerasRead CamerasPlay CamerasExport CamerasManage RemoteAccessRead RemoteAccessOpen RemoteAccessClose ViewsShare CredentialsRead MembersRead" },
        { TenantRole.Viewer, "SimsRead GroupsRead CamerasRead RemoteAccessRead" },
        { TenantRole.Billing, "BillingRead" },
        { TenantRole.Guard, "CamerasRead CamerasPlay" },
        { TenantRole.Custom, "" },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Of_Role_AllowsThisAndNothingElse(TenantRole role, string permissions) =>
        Assert.Equal(permissions, string.Join(' ', Enum.GetValues<Permission>().Where(RolePermissions.Of(role).Contains)));

    [Fact]
    public void Expected_NamesEveryRole() => Assert.Equal(Enum.GetValues<TenantRole>(), Expected.Select(row => row.Data.Item1));

    [Fact]
    public void ResellerAdministrator_MayDoEverything_ButSayWhatThePartnerMayDo() =>
        Assert.Equal(Enum.GetValues<Permission>().Except([Permission.DelegationManage, Permission.AuditKeep]), RolePermissions.ResellerAdministrator.Order());

    /// <summary>Seeing costs nothing, playing uses quota, exporting takes footage out, and managing changes cameras: no preset goes further than the next needs.</summary>
    [Theory]
    [InlineData(TenantRole.Billing, "")]
    [InlineData(TenantRole.Viewer, "CamerasRead")]
    [InlineData(TenantRole.Guard, "CamerasRead CamerasPlay")]
    [InlineData(TenantRole.Operator, "CamerasRead CamerasPlay CamerasExport CamerasManage")]
    [InlineData(TenantRole.Owner, "CamerasRead CamerasPlay CamerasExport CamerasManage CamerasRules")]
    public void Of_Role_KeepsSeeingPlayingExportingAndManagingCamerasApart(TenantRole role, string permissions) =>
        Assert.Equal(permissions, string.Join(' ', Enum.GetValues<Permission>().Where(one => one.ToString().StartsWith("Cameras", StringComparison.Ordinal)).Where(RolePermissions.Of(role).Contains)));

    /// <summary>What is done to a SIM tells of it; the services of single acts ask for the act's own permission alone.</summary>
    [Fact]
    public void Of_ARoleThatMayActOnSims_MayReadThem()
    {
        var acts = Enum.GetValues<Permission>().Where(permission => permission.ToString().StartsWith("Sims", StringComparison.Ordinal)).ToList();

        Assert.All(Enum.GetValues<TenantRole>().Select(RolePermissions.Of).Where(role => acts.Exists(role.Contains)), role => Assert.Contains(Permission.SimsRead, role));
    }
}
