using Soracom.Api.Errors;
using Soracom.Api.Tests.Support;
using Soracom.Sandbox.Faults;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>Faults that the sandbox makes on demand, and its real rate limit.</summary>
public sealed class TroubleTests
{
    private static CancellationToken Stop => Watchdog.Token;

    public static TheoryData<SandboxFaultKind, int?, bool> Passing => new()
    {
        { SandboxFaultKind.Status, 500, false },
        { SandboxFaultKind.Status, 503, false },
        { SandboxFaultKind.Html, 502, false },
        { SandboxFaultKind.Cut, null, false },
        { SandboxFaultKind.Cut, null, true },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task PassingFault_IsRiddenOut(SandboxFaultKind kind, int? status, bool afterwards)
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        sandbox.Server.Faults.Arm(new SandboxFault { Kind = kind, Path = "/v1/sims", Status = status, Count = 2, Afterwards = afterwards });

        var call = sandbox.For(sandbox.Aoba).Sims.ListSimsAsync(cancellationToken: Stop);
        await sandbox.Api.RideOutAsync(call, Stop);

        Assert.Equal(42, (await call).Items.Count);
        Assert.Empty(sandbox.Server.Faults.Armed);
    }

    [Theory]
    [InlineData(SandboxFaultKind.Html, 200)]
    [InlineData(SandboxFaultKind.Truncate, null)]
    public async Task AnswerThatIsNotTheVendors_IsAProtocolFailure(SandboxFaultKind kind, int? status)
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        sandbox.Server.Faults.Arm(new SandboxFault { Kind = kind, Path = "/v1/sims", Status = status });

        await Assert.ThrowsAsync<SoracomProtocolException>(() => sandbox.For(sandbox.Aoba).Sims.ListSimsAsync(cancellationToken: Stop));
    }

    [Fact]
    public async Task RateLimitFault_TellsWhenToComeAgain()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        sandbox.Server.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Status = 429 });

        var failure = await Assert.ThrowsAsync<SoracomRateLimitedException>(() => sandbox.For(sandbox.Aoba).Sims.ListSimsAsync(cancellationToken: Stop));

        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task RealRateLimit_IsNotRunInto_AndGoesOnAfterTheMinute()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop, rateLimitPerMinute: 10);
        var client = sandbox.For(sandbox.Aoba);
        for (var i = 0; i < 10; i++)
        {
            await client.Sims.ListSimsAsync(cancellationToken: Stop);
        }

        var failure = await Assert.ThrowsAsync<SoracomRateLimitedException>(() => client.Sims.ListSimsAsync(cancellationToken: Stop));
        sandbox.Clock.Advance(failure.RetryAfter!.Value);
        await client.Sims.ListSimsAsync(cancellationToken: Stop);

        Assert.Null(failure.Status);
        Assert.DoesNotContain(sandbox.Api.Logs.Lines, line => line.Message.Contains(" 429 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BackgroundCalls_OverTheRateLimit_WaitAndGetThrough()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop, rateLimitPerMinute: 10, configure: options =>
        {
            // Longer than the wait for a refresh, to tell the two apart.
            options.AttemptTimeout = options.InteractiveTimeout = options.BackgroundTimeout = TimeSpan.FromMinutes(5);
        });
        var client = sandbox.For(sandbox.Aoba, priority: CallPriority.Background);
        var waited = TimeSpan.Zero;

        for (var i = 0; i < 25; i++)
        {
            var call = client.Sims.ListSimsAsync(cancellationToken: Stop);
            waited += await sandbox.Api.RideOutAsync(call, TimeSpan.FromMinutes(1), Stop);
            await call;
        }

        Assert.Equal(TimeSpan.FromMinutes(2), waited);
        Assert.DoesNotContain(sandbox.Api.Logs.Lines, line => line.Message.Contains(" 429 ", StringComparison.Ordinal));
    }
}
