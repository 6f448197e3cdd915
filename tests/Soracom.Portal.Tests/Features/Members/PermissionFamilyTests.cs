using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Members;

public sealed class PermissionFamilyTests
{
    [Fact]
    public void Families_HoldEveryPermissionOnce() =>
        Assert.Equal(Enum.GetValues<Permission>(), PermissionFamily.All.SelectMany(family => family.Members).Order());

    [Fact]
    public void Presets_HoldWhatTheirPermissionsNeed() =>
        Assert.All(RolePermissions.Presets, preset => Assert.Equal(RolePermissions.Of(preset).Order(), PermissionFamily.Completed(new PermissionSet(RolePermissions.Of(preset))).Permissions.Order()));
}
