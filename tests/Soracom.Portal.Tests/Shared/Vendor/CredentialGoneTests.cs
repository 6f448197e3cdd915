using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Shared.Vendor;

public sealed class CredentialGoneTests(ClassScene fixture) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = fixture.Scene;

    [Fact]
    public async Task Read_CredentialDeletedBeforeTheSignIn_SaysThatThereIsNone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var read = await scene.Get<TenantSoracom>().ReadAsync(
            tenant,
            SoracomCoverage.Japan,
            async (client, cancellationToken) =>
            {
                await using var db = scene.Database.ForTenant(tenant.TenantId);
                await db.VendorCredentials.ExecuteDeleteAsync(cancellationToken);
                return await client.Sims.ListSimsAsync(cancellationToken: cancellationToken);
            },
            Watchdog.Token);

        Assert.Equal(VendorErrorKind.NoCredential, Assert.IsType<VendorError>(read.Error).Kind);
    }
}
