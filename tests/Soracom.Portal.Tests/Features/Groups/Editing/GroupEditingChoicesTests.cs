using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Security;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Groups.Editing;

/// <summary>What the account offers to choose from.</summary>
public sealed class GroupEditingChoicesTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Choices_AreTheAccountsCredentialSetsAndGateways_WithoutSecrets()
    {
        using var tenant = await TenantAsync();

        var choices = await scene.Get<GroupEditingChoices>().ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);

        Assert.Contains(new CredentialChoice("kinesis-telemetry", "aws-credentials", "Kinesis への転送"), choices.Credentials!);
        Assert.Equal(["工場ネットワーク", "検証用"], choices.Gateways!.Select(gateway => gateway.Name).Order(StringComparer.Ordinal));
        Assert.All(typeof(CredentialChoice).GetProperties(), property => Assert.Equal(typeof(string), property.PropertyType));
    }

    [Theory]
    [InlineData("/v1/credentials")]
    [InlineData("/v1/virtual_private_gateways")]
    public async Task Choices_OneListThatCantBeRead_LeavesTheOther(string path)
    {
        using var tenant = await TenantAsync();
        // What another test has read is no longer remembered.
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = path, Status = 403 });

        var choices = await scene.Get<GroupEditingChoices>().ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);

        Assert.Equal(path != "/v1/credentials", choices.Credentials is not null);
        Assert.Equal(path != "/v1/virtual_private_gateways", choices.Gateways is not null);
    }

    private Task<TenantContext> TenantAsync() => scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
}
