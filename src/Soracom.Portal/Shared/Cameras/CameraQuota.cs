using Soracom.Api.SoraCam;

namespace Soracom.Portal.Shared.Cameras;

/// <summary>What may be played and exported of a camera in a month.</summary>
/// <param name="Limit">In all.</param>
/// <param name="Used">Of that, as the vendor has counted.</param>
/// <param name="Billed">What is charged for: the part of <paramref name="Used"/> above <see cref="Free"/>.</param>
public sealed record CameraQuota(TimeSpan Limit, TimeSpan Used, TimeSpan Billed)
{
    /// <summary>What every camera has each month without a charge.</summary>
    public static readonly TimeSpan Free = TimeSpan.FromHours(72);

    /// <summary>What the portal's exports under way have set aside.</summary>
    public TimeSpan Reserved { get; init; }

    /// <summary>What is left; nothing where more was used than the limit is by now.</summary>
    public TimeSpan Left => Limit > Used + Reserved ? Limit - Used - Reserved : TimeSpan.Zero;

    /// <summary>How much of it was used or set aside, from 0 to 1.</summary>
    public double Share => Limit <= TimeSpan.Zero ? 1 : Math.Clamp((Used + Reserved) / Limit, 0, 1);

    /// <summary>What the vendor tells of it.</summary>
    /// <param name="usage">The vendor's answer.</param>
    /// <returns>The quota; null where the answer tells none.</returns>
    public static CameraQuota? Of(ExportUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return usage.Video is { LimitSeconds: { } limit, UsedSeconds: { } used } video
            ? new(TimeSpan.FromSeconds(limit), TimeSpan.FromSeconds(used), TimeSpan.FromSeconds(video.BilledSeconds ?? 0))
            : null;
    }

    /// <summary>The same; what every camera has where the answer tells none.</summary>
    /// <param name="usage">The vendor's answer.</param>
    public static CameraQuota OfOrFree(ExportUsage usage) => Of(usage) ?? new(Free, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>How much of what is still to be used is beyond what is free, and charged for.</summary>
    /// <param name="cost">What it uses.</param>
    /// <returns>The part that is charged for.</returns>
    public TimeSpan BilledOf(TimeSpan cost) => Above(Used + Reserved + cost) - Above(Used + Reserved);

    private static TimeSpan Above(TimeSpan used) => used > Free ? used - Free : TimeSpan.Zero;
}
