using System.Globalization;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras.Changes;

/// <summary>Whether and when a camera starts itself anew (operation setSoraCamDeviceAtomCamSettingsSelfReboot).</summary>
/// <param name="Enabled">Whether it does.</param>
/// <param name="Time">The time of day, in UTC.</param>
/// <param name="Days">On which days of the week, in UTC.</param>
public sealed record CameraRestartChange(bool Enabled, TimeOnly Time, IReadOnlyList<DayOfWeek> Days) : CameraChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.CameraSettingChanged;

    /// <inheritdoc />
    internal override string? What => "SelfReboot";

    /// <inheritdoc />
    internal override string? After => Text(Sent);

    private SelfRebootSetting Sent => new()
    {
        Enabled = Enabled,
        Time = Time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DaysOfWeek = [.. Days.Select(day => (int)day).Order()],
    };

    /// <inheritdoc />
    public override InputError? Wrong() => Enabled && Days.Count == 0 ? new InputError("CameraRestartDays") : null;

    /// <inheritdoc />
    internal override async Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) =>
        Text(await client.SoraCam.GetSoraCamDeviceAtomCamSettingsSelfRebootAsync(camera.DeviceId, cancellationToken));

    /// <inheritdoc />
    internal override Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken) =>
        // A plan that is off keeps its time and days for when it is on again; the vendor wants at least one day in it.
        client.SoraCam.SetSoraCamDeviceAtomCamSettingsSelfRebootAsync(deviceId, Days.Count > 0 ? Sent : Sent with { DaysOfWeek = null }, cancellationToken);

    private static string Text(SelfRebootSetting setting)
    {
        var days = setting.DaysOfWeek ?? [.. Enumerable.Range(0, 7)];
        return setting.Enabled ? $"{setting.Time ?? "00:00"} UTC {string.Join(',', days.Order().Select(day => ((DayOfWeek)day).ToString()[..3]))}" : SwitchState.Off;
    }
}
