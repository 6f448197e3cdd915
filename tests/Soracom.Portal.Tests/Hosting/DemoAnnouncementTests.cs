using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Development;

namespace Soracom.Portal.Tests.Hosting;

public sealed class DemoAnnouncementTests
{
    [Fact]
    public async Task Demo_SaysWhereItAndItsSandboxAre()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await PortalStart.StartAsync(Environments.Development, database);
        await using var output = new StringWriter();

        await DemoAnnouncement.WriteAsync(portal, output);

        var vendor = portal.Services.GetRequiredService<IOptions<SoracomApiOptions>>().Value;
        Assert.All(
            [portal.Urls.Single(), $"{vendor.JapanEndpoint}v1", $"{vendor.GlobalEndpoint}v1", "Haruto Sato"],
            part => Assert.Contains(part, output.ToString(), StringComparison.Ordinal));
        Assert.True(vendor.JapanEndpoint.IsLoopback);
    }
}
