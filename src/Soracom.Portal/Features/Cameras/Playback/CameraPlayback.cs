using System.Globalization;
using Soracom.Api;
using Soracom.Api.Http;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>
/// Plays what cameras recorded. The vendor charges the quota when it tells where footage is, whether it is watched or not, and what it tells
/// are addresses at which anybody can watch: they stay here, and the browser gets the footage by way of the portal.
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="acts">Does what the trail tells of before and after.</param>
/// <param name="files">Fetches footage.</param>
/// <param name="book">Knows what is being played.</param>
/// <param name="allowance">Knows what exports have set aside.</param>
internal sealed class CameraPlayback(TenantSoracom soracom, VendorActs acts, VendorFiles files, PlaybackBook book, CameraAllowance allowance)
{
    /// <summary>The most that the vendor plays at a time.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(900);

    /// <summary>What the newest footage is, and is charged as.</summary>
    public static readonly TimeSpan Newest = TimeSpan.FromSeconds(300);

    /// <summary>Has footage made ready to be played (operation getSoraCamDeviceStreamingVideo). It is charged for at once.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="period">What of the past, <see cref="Longest"/> at most; null for the newest.</param>
    /// <param name="agreed">What somebody has seen that it costs; null for any.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>What can be played; an <see cref="InputError"/>, one of this feature's errors, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<OpenPlayback>> StartAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, Period? period, CameraAgreed? agreed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasPlay, cancellationToken);
        if (period is { } asked && (asked.Length <= TimeSpan.Zero || asked.Length > Longest))
        {
            return new InputError("PlaybackPeriod", (int)Longest.TotalMinutes);
        }

        if (await allowance.ObstacleAsync(tenant, coverage, deviceId, period?.Length ?? Newest, agreed, cancellationToken) is { } obstacle)
        {
            return obstacle;
        }

        var told = await acts.DoAsync(
            tenant,
            coverage,
            new AuditAct(AuditActions.FootagePlayed, AuditOutcome.Begun) { ObjectId = deviceId, Detail = Described(period) },
            (client, token) => client.SoraCam.GetSoraCamDeviceStreamingVideoAsync(deviceId, Milliseconds(period?.From), Milliseconds(period?.To), token),
            look: null,
            cancellationToken,
            (act, stream) => act with { Detail = string.Create(CultureInfo.InvariantCulture, $"{act.Detail}, {Seconds(stream, period)} s") });
        if (told.Error is { } error)
        {
            return error is VendorError { Kind: VendorErrorKind.NotFound or VendorErrorKind.Refused or VendorErrorKind.Denied } refused
                ? await WhyAsync(tenant, coverage, deviceId, period, refused, cancellationToken)
                : error;
        }

        IReadOnlyList<PlaybackPart> parts =
        [
            .. (told.Value.PlayList ?? []).Where(entry => !string.IsNullOrEmpty(entry.Url)).Select(entry => new PlaybackPart(entry.Url!, entry is { From: { } from, To: { } to } ? new Period(from, to) : period)),
        ];
        return parts.Count == 0 ? new CameraNothingRecordedError()
            : told.Value.ExpiryTime is not { } until ? new VendorError(VendorErrorKind.NotUnderstood, coverage)
            : book.Open(tenant, coverage, parts, until);
    }

    /// <summary>The manifest of a part of what is played, as the browser gets it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">What is played.</param>
    /// <param name="part">The part, from 0.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The manifest; a <see cref="GoneError"/> where it can't be had any more, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<ReadOnlyMemory<byte>>> ManifestAsync(TenantContext tenant, string id, int part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasPlay, cancellationToken);
        if (Find(tenant, id, part) is not ({ } playback, { } played))
        {
            return new GoneError();
        }

        var read = await files.ReadAsync(played.Manifest, playback.Coverage, DashManifest.MostBytes, cancellationToken);
        return read.Error is { } error ? error
            : DashManifest.Rewrite(read.Value, new Uri(played.Manifest), played.Files) is { } rewritten ? new ReadOnlyMemory<byte>(rewritten)
            : new VendorError(VendorErrorKind.NotUnderstood, playback.Coverage);
    }

    /// <summary>One of the files that a manifest names.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">What is played.</param>
    /// <param name="part">The part, from 0.</param>
    /// <param name="number">The file's number.</param>
    /// <param name="valueOf">What the player put in for a variable of the file's address; null for nothing.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file, to be disposed of; a <see cref="GoneError"/> where it can't be had any more, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<VendorFile>> FileAsync(TenantContext tenant, string id, int part, int number, Func<string, string?> valueOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasPlay, cancellationToken);
        return Find(tenant, id, part) is ({ } playback, { } played) && played.Files.Find(number, valueOf) is { } address
            ? await files.OpenAsync(address, playback.Coverage, cancellationToken)
            : new GoneError();
    }

    private static UnixMilliseconds? Milliseconds(DateTimeOffset? moment) => moment is { } some ? (UnixMilliseconds)some : null;

    private static string Described(Period? period) => period is { } some ? string.Create(CultureInfo.InvariantCulture, $"{some.From:u} - {some.To:u}") : "newest";

    /// <summary>What the vendor charges for.</summary>
    private static long Seconds(CameraStream stream, Period? period) => period is null
        ? (long)Newest.TotalSeconds
        : (stream.PlayList ?? []).Sum(entry => entry is { From: { } from, To: { } to } ? new Period(from, to).Seconds : 0);

    private (OpenPlayback? Playback, PlaybackPart? Part) Find(TenantContext tenant, string id, int part) =>
        book.Find(tenant, id) is { } playback && part >= 0 && part < playback.Parts.Count ? (playback, playback.Parts[part]) : (null, null);

    /// <summary>
    /// Why the vendor has refused. It says in words of its own choice what goes beyond the quota, and that nothing was found for several
    /// reasons; its definition knows nothing but bad times and nothing recorded.
    /// </summary>
    private async Task<PortalError> WhyAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, Period? period, VendorError refused, CancellationToken cancellationToken)
    {
        var known = await soracom.ReadAsync(
            tenant,
            coverage,
            async (client, token) => (Camera: await client.SoraCam.GetSoraCamDeviceAsync(deviceId, token), Usage: await client.SoraCam.GetSoraCamDeviceExportUsageAsync(deviceId, token)),
            cancellationToken);
        if (known.Error is { } unread)
        {
            // There is no such camera (any more); what else is in the way says nothing about the refusal.
            return unread is VendorError { Kind: VendorErrorKind.NotFound } ? unread : Otherwise();
        }

        var camera = new SeenCamera(known.Value.Camera, NextFirmware: null);
        return refused.Kind != VendorErrorKind.NotFound && CameraQuota.Of(known.Value.Usage) is { } quota && quota.Left < (period?.Length ?? Newest) ? new CameraQuotaUsedError()
            : camera.Licence.Kind == CameraLicenceKind.None ? new CameraNoLicenceError()
            : refused.Kind != VendorErrorKind.NotFound || period is not null ? Otherwise()
            : camera.Asleep ? new CameraAsleepError()
            : camera.Camera.Connected == false ? new CameraNotConnectedError()
            : Otherwise();

        PortalError Otherwise() => refused.Kind == VendorErrorKind.NotFound ? new CameraNothingRecordedError() : refused;
    }
}
