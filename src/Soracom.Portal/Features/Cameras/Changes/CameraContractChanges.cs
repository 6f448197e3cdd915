using System.Globalization;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras.Changes;

/// <summary>Another licence, or none (operations assignSoraCamDeviceAtomCamLicense, unassignSoraCamDeviceAtomCamLicense).</summary>
/// <param name="Type">One of <see cref="LicenceType"/>; null for none.</param>
public sealed record CameraLicenceChange(string? Type) : CameraChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.CameraLicensed;

    /// <inheritdoc />
    internal override string? After => Type ?? "";

    /// <inheritdoc />
    internal override Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) => Task.FromResult(CameraLicence.Of(camera.AppliedLicenses).Id);

    /// <inheritdoc />
    internal override async Task<Obstacle?> ObstacleAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken)
    {
        if (camera.IsShared == true)
        {
            return new Obstacle("CameraShared");
        }

        if (Type is null)
        {
            return null;
        }

        var pack = (await client.SoraCam.ListSoraCamLicensePacksAsync(cancellationToken)).FirstOrDefault(one => string.Equals(one.Id, Type, StringComparison.Ordinal));
        return pack is null || pack.Quantity <= pack.QuantityInUse ? new Obstacle("CameraNoFreeLicence") : null;
    }

    /// <inheritdoc />
    internal override Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken) => Type is null
        ? client.SoraCam.UnassignSoraCamDeviceAtomCamLicenseAsync(deviceId, cancellationToken)
        : client.SoraCam.AssignSoraCamDeviceAtomCamLicenseAsync(deviceId, new LicenceAssignment { Type = Type }, cancellationToken);
}

/// <summary>Another limit of what may be played and exported in a month (operations updateSoraCamDeviceExportUsageLimitOverride, deleteSoraCamDeviceExportUsageLimitOverride).</summary>
/// <param name="Hours">The limit; null for the usual one, which costs nothing.</param>
public sealed record CameraLimitChange(int? Hours) : CameraChange
{
    /// <summary>The highest limit, in hours.</summary>
    public const int Most = 1500;

    /// <inheritdoc />
    internal override string Action => AuditActions.CameraLimitChanged;

    /// <inheritdoc />
    internal override string? After => Text(Hours ?? (int)CameraQuota.Free.TotalHours);

    /// <inheritdoc />
    public override InputError? Wrong() => Hours is < 0 or > Most ? new InputError("CameraLimit", Most) : null;

    /// <inheritdoc />
    internal override async Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) =>
        CameraQuota.Of(await client.SoraCam.GetSoraCamDeviceExportUsageAsync(camera.DeviceId, cancellationToken)) is { } quota ? Text((int)quota.Limit.TotalHours) : null;

    /// <inheritdoc />
    internal override Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken) => Hours is { } hours
        ? client.SoraCam.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(deviceId, new ExportLimit { LimitHours = hours }, cancellationToken)
        : client.SoraCam.DeleteSoraCamDeviceExportUsageLimitOverrideAsync(deviceId, cancellationToken);

    private static string Text(int hours) => string.Create(CultureInfo.InvariantCulture, $"{hours} h");
}
