using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>Reads what a page wants to know of a camera's past, part by part, and tells of each part. Asked for something else, it gives up what it was at.</summary>
/// <param name="past">Reads.</param>
/// <param name="clock">The clock.</param>
/// <param name="changed">Called whenever there is more to show.</param>
internal sealed class PastReading(CameraPast past, TimeProvider clock, Action changed) : IDisposable
{
    /// <summary>So many parts are read without anybody asking for more.</summary>
    public const int MostParts = 10;

    /// <summary>What was read so lately is not asked for again when somebody looks elsewhere.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private CancellationTokenSource current = new();
    private bool disposed;

    /// <summary>What was read.</summary>
    public PastBook Book { get; } = new();

    /// <summary>The time as of which all is shown.</summary>
    public DateTimeOffset AsOf { get; private set; } = clock.GetUtcNow();

    /// <summary>Whether more is on its way.</summary>
    public bool Busy { get; private set; }

    /// <summary>Why what is wanted could not be read; null when it could, or is on its way.</summary>
    public PortalError? Error { get; private set; }

    /// <summary>Whether there is more of it than was read: it is read on when the same is asked for again.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Forgets everything, so that it is read anew.</summary>
    public void Forget()
    {
        Book.Clear();
        AsOf = clock.GetUtcNow();
    }

    /// <summary>Reads what is missing.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="wanted">What is wanted; of what has not come yet there is nothing to read.</param>
    /// <returns>A task that ends when it is there, could not be read, or something else was asked for. True for the first two.</returns>
    public async Task<bool> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, params IReadOnlyList<Period> wanted)
    {
        if (disposed)
        {
            return false;
        }

        var before = current;
        var mine = current = new CancellationTokenSource();
        await before.CancelAsync();
        if (mine != current || disposed)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        AsOf = now - AsOf > Fresh ? now : AsOf;
        (Busy, Error, IsCutOff) = (true, null, false);
        try
        {
            await ReadPartsAsync(tenant, coverage, deviceId, wanted, mine);
        }
        catch (OperationCanceledException) when (mine != current || disposed)
        {
            return false;
        }
        finally
        {
            Busy = Busy && mine != current;
        }

        return mine == current && !disposed;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            current.Cancel();
            current.Dispose();
        }
    }

    private async Task ReadPartsAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, IReadOnlyList<Period> wanted, CancellationTokenSource mine)
    {
        var parts = 0;
        foreach (var period in wanted.SelectMany(one => Book.Missing(one with { To = one.To < AsOf ? one.To : AsOf }).Reverse()))
        {
            string? key = null;
            do
            {
                if (parts++ == MostParts)
                {
                    IsCutOff = true;
                    return;
                }

                var part = await past.ReadAsync(tenant, coverage, deviceId, period, key, mine.Token);
                if (mine != current || disposed)
                {
                    return;
                }

                if (part.Error is { } error)
                {
                    Error = error;
                    return;
                }

                Book.Add(period, part.Value);
                key = part.Value.NextKey;
                changed();
            }
            while (key is not null);
        }
    }
}
