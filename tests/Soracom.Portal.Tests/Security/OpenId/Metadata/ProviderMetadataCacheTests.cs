using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Metadata;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Tests.Security.OpenId.Support;
using static Soracom.Portal.Tests.Security.OpenId.Support.Refusals;

namespace Soracom.Portal.Tests.Security.OpenId.Metadata;

public sealed class ProviderMetadataCacheTests
{
    private static readonly SigningKeySet Keys =
        SigningKeySet.Parse(JsonSerializer.SerializeToUtf8Bytes(new { keys = new[] { TestKey.EcKey.ToJwk() } }));

    private readonly ManualTime clock = new();
    private readonly ProviderMetadataCache cache;
    private Func<Task<ProviderMetadata>> load = () => Task.FromResult(Metadata());
    private int loads;

    public ProviderMetadataCacheTests() => cache = new ProviderMetadataCache(
        "AzureAd",
        _ =>
        {
            Interlocked.Increment(ref loads);
            return load();
        },
        clock,
        NullLogger.Instance);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_WithinADay_LoadsOnce()
    {
        var first = await cache.GetAsync(Cancelled);
        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));

        Assert.Same(first, await cache.GetAsync(Cancelled));
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task GetAsync_AfterADay_LoadsAgain()
    {
        var first = await cache.GetAsync(Cancelled);
        clock.Advance(TimeSpan.FromHours(24));

        Assert.NotSame(first, await cache.GetAsync(Cancelled));
        Assert.Equal(2, loads);
    }

    [Fact]
    public async Task GetAsync_ManyAtOnce_LoadOnce()
    {
        var gate = new TaskCompletionSource<ProviderMetadata>(TaskCreationOptions.RunContinuationsAsynchronously);
        load = () => gate.Task;

        var waiting = Enumerable.Range(0, 50).Select(_ => cache.GetAsync(Cancelled)).ToArray();
        gate.SetResult(Metadata());

        Assert.Single((await Task.WhenAll(waiting)).Distinct());
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task GetAsync_TheOneWhoBeganGivesUp_TheOthersAreServed()
    {
        var gate = new TaskCompletionSource<ProviderMetadata>(TaskCreationOptions.RunContinuationsAsynchronously);
        load = () => gate.Task;
        using var impatience = new CancellationTokenSource();

        var impatient = cache.GetAsync(impatience.Token);
        var patient = cache.GetAsync(Cancelled);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult(Metadata());
        Assert.NotNull(await patient);
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task GetAsync_FirstLoadFails_TheNextTriesAgain()
    {
        load = Unavailable;
        await RefusedAsync(SignInFailure.Unavailable, () => cache.GetAsync(Cancelled));

        load = () => Task.FromResult(Metadata());
        Assert.NotNull(await cache.GetAsync(Cancelled));
    }

    [Fact]
    public async Task GetAsync_LaterLoadFails_KeepsTheOldAndTriesEachMinute()
    {
        var old = await cache.GetAsync(Cancelled);
        clock.Advance(TimeSpan.FromDays(2));
        load = Unavailable;

        Assert.Same(old, await cache.GetAsync(Cancelled));
        Assert.Same(old, await cache.GetAsync(Cancelled));
        Assert.Equal(2, loads);

        clock.Advance(TimeSpan.FromMinutes(1));
        load = () => Task.FromResult(Metadata());
        Assert.NotSame(old, await cache.GetAsync(Cancelled));
        Assert.Equal(3, loads);
    }

    [Fact]
    public async Task GetAsync_LoadFailsUnexpectedly_TheFailureIsSeen()
    {
        await cache.GetAsync(Cancelled);
        clock.Advance(TimeSpan.FromDays(2));
        load = () => Task.FromException<ProviderMetadata>(new InvalidOperationException("a defect"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync(Cancelled));
    }

    [Fact]
    public async Task RefreshAsync_RightAfterTheFirstLoad_LoadsAtOnceButOnceAMinute()
    {
        var first = await cache.GetAsync(Cancelled);
        var second = await cache.RefreshAsync(first, Cancelled);
        var third = await cache.RefreshAsync(second, Cancelled);

        Assert.NotSame(first, second);
        Assert.Same(second, third);
        Assert.Equal(2, loads);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotSame(second, await cache.RefreshAsync(second, Cancelled));
        Assert.Equal(3, loads);
    }

    [Fact]
    public async Task RefreshAsync_SomebodyElseHasRefreshed_GivesTheirs()
    {
        var first = await cache.GetAsync(Cancelled);
        var second = await cache.RefreshAsync(first, Cancelled);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Same(second, await cache.RefreshAsync(first, Cancelled));
        Assert.Equal(2, loads);
    }

    [Fact]
    public async Task RefreshAsync_ProviderFails_KeepsTheOld()
    {
        var old = await cache.GetAsync(Cancelled);
        load = Unavailable;

        Assert.Same(old, await cache.RefreshAsync(old, Cancelled));
        Assert.Same(old, await cache.RefreshAsync(old, Cancelled));
        Assert.Equal(2, loads);
    }

    private static Task<ProviderMetadata> Unavailable() =>
        Task.FromException<ProviderMetadata>(new OpenIdSignInException(SignInFailure.Unavailable, "gone"));

    private static ProviderMetadata Metadata() => new()
    {
        Issuer = new ExactIssuer(TestToken.Issuer),
        AuthorizationEndpoint = new Uri("https://id.example.test/authorize"),
        TokenEndpoint = new Uri("https://id.example.test/token"),
        EndSessionEndpoint = null,
        ClientAuthentication = ClientAuthentication.Post,
        NamesIssuerInResponse = false,
        Keys = Keys,
    };
}
