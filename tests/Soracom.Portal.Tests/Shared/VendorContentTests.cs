using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Shared;

public sealed class VendorContentTests
{
    [Fact]
    public async Task Read_NothingComesForAMinute_FailsInsteadOfWaiting()
    {
        var clock = new FakeTime();
        await using var content = new VendorContent(new Silent(), clock);

        var reading = content.ReadAsync(new byte[1], Watchdog.Token).AsTask();
        clock.Advance(VendorContent.Silence - TimeSpan.FromSeconds(1));
        Assert.False(reading.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<VendorContentException>(() => reading);
    }

    [Fact]
    public async Task Read_WhoeverReadsEndsIt_IsCancelledAndNoFailure()
    {
        using var ends = new CancellationTokenSource();
        await using var content = new VendorContent(new Silent(), new FakeTime());

        var reading = content.ReadAsync(new byte[1], ends.Token).AsTask();
        await ends.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>A connection on which nothing comes.</summary>
    private sealed class Silent : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
