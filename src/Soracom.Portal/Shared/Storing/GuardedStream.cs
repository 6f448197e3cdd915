using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Storing;

/// <summary>A content that is handed out only as long as whoever gets it may have it: a download takes hours, and rights end meanwhile.</summary>
/// <param name="content">The content, which can seek; closed with this.</param>
/// <param name="require">Asks for the right; throws <see cref="PermissionDeniedException"/> where it has ended.</param>
/// <param name="clock">The clock.</param>
internal sealed class GuardedStream(Stream content, Func<CancellationToken, ValueTask> require, TimeProvider clock) : SeekableReadStream(content.Length)
{
    /// <summary>How often is asked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Asked for when it was opened.
    private long asked = clock.GetTimestamp();

    /// <inheritdoc />
    protected override async ValueTask<int> ReadAtAsync(long from, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(asked) >= Interval)
        {
            await require(cancellationToken);
            asked = clock.GetTimestamp();
        }

        content.Position = from;
        return await content.ReadAsync(buffer, cancellationToken);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
