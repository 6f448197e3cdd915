using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests;

public sealed class OptionsTests
{
    private static CancellationToken Stop => Watchdog.Token;

    public static TheoryData<string, Action<SoracomApiOptions>> Mistakes => new()
    {
        { "JapanEndpoint", options => options.JapanEndpoint = null! },
        { "JapanEndpoint", options => options.JapanEndpoint = new Uri("/v1", UriKind.Relative) },
        { "JapanEndpoint", options => options.JapanEndpoint = new Uri("http://api.soracom.io") },
        { "JapanEndpoint", options => options.JapanEndpoint = new Uri("file:///tmp") },
        { "GlobalEndpoint", options => options.GlobalEndpoint = new Uri("https://user:canary@g.api.soracom.io") },
        { "GlobalEndpoint", options => options.GlobalEndpoint = new Uri("https://g.api.soracom.io/?a=canary") },
        { "GlobalEndpoint", options => options.GlobalEndpoint = new Uri("https://g.api.soracom.io/#a") },
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.Zero },
        { "AttemptTimeout", options => options.AttemptTimeout = TimeSpan.FromDays(2) },
        { "InteractiveTimeout", options => options.InteractiveTimeout = TimeSpan.FromSeconds(14) },
        { "BackgroundTimeout", options => options.BackgroundTimeout = TimeSpan.FromSeconds(14) },
        { "MaxRetries", options => options.MaxRetries = -1 },
        { "MaxRetries", options => options.MaxRetries = 11 },
        { "RetryDelay", options => options.RetryDelay = TimeSpan.Zero },
        { "MaxRetryDelay", options => options.MaxRetryDelay = TimeSpan.FromMilliseconds(1) },
        { "InteractiveRateWait", options => options.InteractiveRateWait = TimeSpan.FromSeconds(-1) },
        { "InteractiveReserve", options => options.InteractiveReserve = 0.95 },
        { "InteractiveReserve", options => options.InteractiveReserve = double.NaN },
        { "TokenLife", options => options.TokenLife = TimeSpan.FromHours(49) },
        { "TokenLife", options => options.TokenLife = TimeSpan.FromMinutes(2) },
        { "TokenRenewalMargin", options => options.TokenRenewalMargin = TimeSpan.FromHours(13) },
        { "RefusedSignInPause", options => options.RefusedSignInPause = TimeSpan.Zero },
        { "FailedSignInPause", options => options.FailedSignInPause = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public async Task Mistake_StopsTheHostAtItsStart_WithAMessageThatNamesTheMemberAndNotTheValue(string member, Action<SoracomApiOptions> mistake)
    {
        using var host = Build(mistake);

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Stop));

        Assert.Contains($"SoracomApiOptions.{member} ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_AreTheVendorsOwnEndpoints_AndValid()
    {
        using var host = Build(_ => { });

        await host.StartAsync(Stop);

        var options = host.Services.GetRequiredService<IOptions<SoracomApiOptions>>().Value;
        Assert.Equal("https://api.soracom.io/", options.JapanEndpoint.AbsoluteUri);
        Assert.Equal("https://g.api.soracom.io/", options.GlobalEndpoint.AbsoluteUri);
        Assert.NotNull(host.Services.GetRequiredService<ISoracomClientFactory>());
    }

    [Fact]
    public async Task LoopbackEndpoint_MayGoWithoutEncryption()
    {
        using var host = Build(options => options.JapanEndpoint = new Uri("http://127.0.0.1:5090"));

        await host.StartAsync(Stop);
    }

    private static IHost Build(Action<SoracomApiOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSoracomApi(configure);
        return builder.Build();
    }
}
