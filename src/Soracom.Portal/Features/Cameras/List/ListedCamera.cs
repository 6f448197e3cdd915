using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.List;

/// <summary>A camera in the list: what one call tells of all of them.</summary>
public sealed record ListedCamera
{
    private string? folded;

    /// <summary>The coverage.</summary>
    public required SoracomCoverage Coverage { get; init; }

    /// <summary>The MAC address.</summary>
    public required string DeviceId { get; init; }

    /// <summary>The name; empty for none.</summary>
    public required string Name { get; init; }

    /// <summary>The model; empty where it is not told.</summary>
    public required string Model { get; init; }

    /// <summary>The firmware; empty where it is not told.</summary>
    public required string Firmware { get; init; }

    /// <summary>The firmware that waits for it; null where none does, or it is not known.</summary>
    public string? NextFirmware { get; init; }

    /// <summary>Whether the cloud hears of it.</summary>
    public bool Connected { get; init; }

    /// <summary>When it last connected.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>One of the vendor's power states; empty where it is not told.</summary>
    public required string Power { get; init; }

    /// <summary>Whether it sleeps: it records nothing.</summary>
    public bool Asleep => string.Equals(Power, CameraPowerState.Sleep, StringComparison.Ordinal);

    /// <summary>Whether it is another account's, which lets this one see it.</summary>
    public bool Shared { get; init; }

    /// <summary>What only a call for this camera alone tells; null while it is on its way.</summary>
    public Result<CameraMore>? More { get; init; }

    /// <summary>What of <see cref="More"/> is known; null while it is not, or could not be had.</summary>
    public CameraMore? Known => More is { Error: null, Value: var more } ? more : null;

    /// <summary>What it is searched in.</summary>
    internal string Text => folded ??= Folding.Fold($"{Name}\u001F{DeviceId}\u001F{Model}");

    internal static ListedCamera Of(SoracomCoverage coverage, Camera camera, string? nextFirmware) => new()
    {
        Coverage = coverage,
        DeviceId = camera.DeviceId,
        Name = camera.Name ?? "",
        Model = camera.ProductDisplayName ?? "",
        Firmware = camera.FirmwareVersion ?? "",
        NextFirmware = nextFirmware,
        Connected = camera.Connected == true,
        ConnectedAt = camera.LastConnectedTime,
        Power = camera.PowerState ?? "",
        Shared = camera.IsShared == true,
    };
}

/// <summary>What only a call for one camera alone tells.</summary>
/// <param name="Licence">Its licence.</param>
/// <param name="Quota">What may be played and exported of it this month; null without a licence.</param>
/// <param name="LastEventAt">When something last happened before it; null where nothing is known to have.</param>
/// <param name="LastEvent">What that was: one of the vendor's kinds.</param>
public sealed record CameraMore(CameraLicence Licence, CameraQuota? Quota, DateTimeOffset? LastEventAt, string? LastEvent);

/// <summary>The cameras of one coverage.</summary>
/// <param name="Coverage">The coverage.</param>
/// <param name="Cameras">The cameras; none where they could not be read.</param>
/// <param name="ReadAt">When the vendor was asked.</param>
public sealed record CameraListing(SoracomCoverage Coverage, IReadOnlyList<ListedCamera> Cameras, DateTimeOffset ReadAt)
{
    /// <summary>Why there are none; null when they were read.</summary>
    public PortalError? Failure { get; init; }

    /// <summary>Why it is not known which firmware waits; null when it is.</summary>
    public PortalError? FirmwareFailure { get; init; }
}
