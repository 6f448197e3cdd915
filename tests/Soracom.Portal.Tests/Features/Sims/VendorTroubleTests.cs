using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims;

/// <summary>What a page gets to show when the vendor does not give what was asked for.</summary>
public sealed class VendorTroubleTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    public static TheoryData<SandboxFaultKind, int?, VendorErrorKind, CredentialResult> Troubles => new()
    {
        { SandboxFaultKind.Status, 500, VendorErrorKind.Unavailable, CredentialResult.Unreachable },
        { SandboxFaultKind.Status, 503, VendorErrorKind.Unavailable, CredentialResult.Unreachable },
        { SandboxFaultKind.Status, 429, VendorErrorKind.RateLimited, CredentialResult.Accepted },
        { SandboxFaultKind.Status, 403, VendorErrorKind.Denied, CredentialResult.Accepted },
        { SandboxFaultKind.Status, 409, VendorErrorKind.Refused, CredentialResult.Accepted },
        { SandboxFaultKind.Status, 404, VendorErrorKind.NotFound, CredentialResult.Accepted },
        { SandboxFaultKind.Cut, null, VendorErrorKind.Unavailable, CredentialResult.Unreachable },
        { SandboxFaultKind.Html, 502, VendorErrorKind.Unavailable, CredentialResult.Unreachable },
        { SandboxFaultKind.Html, 200, VendorErrorKind.NotUnderstood, CredentialResult.Unreachable },
        { SandboxFaultKind.Truncate, null, VendorErrorKind.NotUnderstood, CredentialResult.Unreachable },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Search_VendorFails_SaysInWhichWay(SandboxFaultKind fault, int? status, VendorErrorKind kind, CredentialResult noted)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        Assert.Null((await SearchAsync(tenant)).Error);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = fault, Path = "/v1/query/sims", Status = status });

        var error = Assert.IsType<VendorError>((await SearchAsync(tenant)).Error);

        Assert.Equal((kind, SoracomCoverage.Japan), (error.Kind, error.Coverage));
        Assert.Equal(noted, await LastResultAsync(tenant));
        Assert.Equal(kind == VendorErrorKind.RateLimited, error.RetryAfter is not null);

        // A budget that is used up fills again.
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null((await SearchAsync(tenant)).Error);
    }

    [Fact]
    public async Task Search_VendorDoesNotAnswerInTime_IsUnavailable()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        Assert.Null((await SearchAsync(tenant)).Error);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/query/sims", Delay = TimeSpan.FromHours(1) });

        var searching = SearchAsync(tenant);
        await scene.StruckAsync();
        scene.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(VendorErrorKind.Unavailable, Assert.IsType<VendorError>((await searching).Error).Kind);
    }

    [Fact]
    public async Task Search_TenantIsClosedMeanwhile_EndsAtOnce()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/query/sims", Delay = TimeSpan.FromHours(1) });

        var searching = SearchAsync(tenant);
        await tenant.EndAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => searching);
        Assert.True(searching.IsCanceled || searching.Exception!.InnerException is PermissionDeniedException);
        scene.Sandbox.Faults.Clear();
    }

    [Fact]
    public async Task Search_NoCredential_SaysSoWithoutAskingTheVendor()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Komorebi, TenantRole.Viewer);
        Assert.Equal(new VendorError(VendorErrorKind.NoCredential, SoracomCoverage.Japan), (await SearchAsync(tenant)).Error);
        Assert.Equal(VendorErrorKind.NoCredential, Assert.IsType<VendorError>((await scene.Get<GroupNames>().ListAsync(tenant, SoracomCoverage.Global, Watchdog.Token)).Error).Kind);
    }

    [Fact]
    public async Task Search_VendorWordsItsRefusalInTheUsersLanguage()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        foreach (var (language, words) in new[] { ("en", "A fault that was asked for."), ("ja", "要求された疑似エラーです。") })
        {
            scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/query/sims", Status = 409 });
            using var speaking = new Speaking(language);
            Assert.Equal(words, Assert.IsType<VendorError>((await SearchAsync(tenant)).Error).VendorMessage);
        }
    }

    [Fact]
    public async Task Groups_VendorFails_IsNotRemembered()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/groups", Status = 503 });

        Assert.Equal(VendorErrorKind.Unavailable, Assert.IsType<VendorError>((await GroupsAsync(tenant)).Error).Kind);
        Assert.Equal(34, (await GroupsAsync(tenant)).Value.Count);

        // From now on they are remembered for a while.
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/groups", Status = 503 });
        Assert.Equal(34, (await GroupsAsync(tenant)).Value.Count);
        scene.Sandbox.Faults.Clear();
    }

    private Task<Result<SoracomPage<Sim>>> SearchAsync(TenantContext tenant) =>
        scene.Get<TenantSoracom>().ReadAsync(tenant, SoracomCoverage.Japan, (client, token) => client.Sims.SearchSimsAsync(cancellationToken: token), Watchdog.Token);

    private Task<Result<IReadOnlyList<GroupName>>> GroupsAsync(TenantContext tenant) => scene.Get<GroupNames>().ListAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);

    private async Task<CredentialResult?> LastResultAsync(TenantContext tenant) => (await scene.Get<Soracom.Portal.Features.Credentials.CredentialStore>().ListAsync(tenant, Watchdog.Token))
        .Single(credential => credential.Coverage == SoracomCoverage.Japan).LastResult;
}
