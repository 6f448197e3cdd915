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

    /// <summary>What the tenant's exports under way have set aside.</summary>
    public TimeSpan Reserved { get; init; }

    /// <summary>What those of other tenants with a credential of the same operator have: it is taken off what is left, and told to nobody.</summary>
    internal TimeSpan Elsewhere { get; init; }

    /// <summary>What is left; nothing where more was used than the limit is by now.</summary>
    public TimeSpan Left => Limit > Taken ? Limit - Taken : TimeSpan.Zero;

    /// <summary>How much of it was used or set aside, from 0 to 1.</summary>
    public double Share => Limit <= TimeSpan.Zero ? 1 : Math.Clamp(Taken / Limit, 0, 1);

    /// <summary>Whether nothing is left although not all of it was used.</summary>
    public bool IsSetAside => Left <= TimeSpan.Zero && Used < Limit;

    private TimeSpan Taken => Used + Reserved + Elsewhere;

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

    /// <summary>The quota less what exports have set aside.</summary>
    internal CameraQuota Less(SetAside setAside) => this with { Reserved = setAside.Own, Elsewhere = setAside.Elsewhere };

    /// <summary>How much of what is still to be used is beyond what is free, and charged for.</summary>
    /// <param name="cost">What it uses.</param>
    /// <returns>The part that is charged for.</returns>
    public TimeSpan BilledOf(TimeSpan cost) => Above(Taken + cost) - Above(Taken);

    private static TimeSpan Above(TimeSpan used) => used > Free ? used - Free : TimeSpan.Zero;
}
