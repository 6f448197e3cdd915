using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace Soracom.Sandbox.SoraCam;

/// <summary>What a camera records.</summary>
internal enum RecordingMode
{
    Nothing,

    /// <summary>While something moves, and a little before and after.</summary>
    Motion,

    Continuous,
}

/// <summary>How exports of a camera's recordings go.</summary>
internal enum ExportTrouble
{
    None,

    /// <summary>The first try fails, the second succeeds.</summary>
    Once,

    /// <summary>Every try fails.</summary>
    Always,
}

/// <summary>A camera. Times are Unix milliseconds.</summary>
internal sealed record Camera
{
    /// <summary>The newest firmware that there is.</summary>
    public const string NewestFirmware = "4.58.0.160";

    /// <summary>Twelve hexadecimal digits.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Its place among the account's cameras, from 1; also sets its events' milliseconds apart from those of others.</summary>
    public required int Ordinal { get; init; }

    public required string Name { get; init; }

    public string Product { get; init; } = "ATOM Cam 2";

    public string Firmware { get; init; } = NewestFirmware;

    /// <summary>What is being installed.</summary>
    public string? NextFirmware { get; init; }

    /// <summary>The id of its licence; null for none.</summary>
    public string? LicenceId { get; init; }

    /// <summary>Whether it is another operator's, and its licence too.</summary>
    public bool IsShared { get; init; }

    public bool IsAsleep { get; init; }

    public bool IsConnected { get; init; } = true;

    public long LastConnected { get; init; }

    /// <summary>When it will be back, where it is known to come back.</summary>
    public long? BackAt { get; init; }

    public bool HasRealTimeAccess { get; init; }

    /// <summary>Settings that are not as they are by default.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = FrozenDictionary<string, string>.Empty;

    public SelfReboot SelfReboot { get; init; } = SelfReboot.Never;

    /// <summary>When it starts itself anew next.</summary>
    public DateTimeOffset? NextReboot { get; init; }

    /// <summary>Hours a month instead of <see cref="Quota.DefaultHours"/>.</summary>
    public int? LimitHours { get; init; }

    /// <summary>Seconds used, by month (yyyyMM).</summary>
    public IReadOnlyDictionary<string, long> Used { get; init; } = FrozenDictionary<string, long>.Empty;

    /// <summary>How often something happens before it by day: per cent of the spans of five minutes.</summary>
    public int Liveliness { get; init; }

    public ExportTrouble ExportTrouble { get; init; }

    /// <summary>What it recorded when: a <see cref="RecordingMode"/>.</summary>
    public IReadOnlyList<Change> Recording { get; init; } = [];

    /// <summary>When it noticed motion: 1.</summary>
    public IReadOnlyList<Change> NoticingMotion { get; init; } = [];

    /// <summary>When it noticed sound: 1.</summary>
    public IReadOnlyList<Change> NoticingSound { get; init; } = [];

    [JsonIgnore]
    public Licence? Licence => LicenceId is null ? null : Licence.Find(LicenceId);

    [JsonIgnore]
    public RecordingMode Mode => IsAsleep || !IsConnected ? RecordingMode.Nothing : Licence?.Mode ?? RecordingMode.Nothing;

    /// <summary>The same, with its timelines brought up to what it is now.</summary>
    public Camera AsOf(long now) => this with
    {
        Recording = Recording.With(now, (int)Mode),
        NoticingMotion = NoticingMotion.With(now, CameraSetting.Motion.IsOn(this) ? 1 : 0),
        NoticingSound = NoticingSound.With(now, CameraSetting.Sound.IsOn(this) ? 1 : 0),
    };

    /// <summary>The same, offline from now on for some time.</summary>
    public Camera Away(long now, TimeSpan time) => this with
    {
        IsConnected = false,
        LastConnected = now,
        BackAt = now + (long)time.TotalMilliseconds,
    };

    /// <summary>The same after it has come back.</summary>
    public Camera Back(long now) => this with
    {
        IsConnected = true,
        LastConnected = now,
        BackAt = null,
        Firmware = NextFirmware ?? Firmware,
        NextFirmware = null,
    };
}

/// <summary>When a camera starts itself anew.</summary>
/// <param name="Enabled">Whether it does.</param>
/// <param name="Time">HH:mm in UTC.</param>
/// <param name="Days">Days of the week, 0 for Sunday.</param>
internal sealed record SelfReboot(bool Enabled, string Time, IReadOnlyList<int> Days)
{
    public static readonly IReadOnlyList<int> EveryDay = [0, 1, 2, 3, 4, 5, 6];

    public static readonly SelfReboot Never = new(Enabled: false, "00:00", EveryDay);

    /// <summary>The next time after a moment; null for never.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset time)
    {
        if (!Enabled)
        {
            return null;
        }

        var clock = TimeOnly.ParseExact(Time, "HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var midnight = new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero);
        return Enumerable.Range(0, 8)
            .Select(day => midnight.AddDays(day) + clock.ToTimeSpan())
            .Where(next => next > time && Days.Contains((int)next.DayOfWeek))
            .Select(next => (DateTimeOffset?)next)
            .FirstOrDefault();
    }
}
