using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras.Changes;

/// <summary>One change of a camera: what stands against it, what it does, and how to tell whether it was done.</summary>
public abstract record CameraChange
{
    /// <summary>What the audit trail calls it: one of <see cref="Data.Audit.AuditActions"/>.</summary>
    internal abstract string Action { get; }

    /// <summary>The value after, in the vendor's words; null for an act that leaves none to be read.</summary>
    internal abstract string? After { get; }

    /// <summary>What of the camera is changed, where the action does not say that.</summary>
    internal virtual string? What => null;

    /// <summary>What is wrong with the values, whatever the camera.</summary>
    /// <returns>The error; null when nothing is.</returns>
    public virtual InputError? Wrong() => null;

    /// <summary>Reads the value as it is at the vendor.</summary>
    internal abstract Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken);

    /// <summary>Why the camera as it is does not allow it; null where nothing is known to stand against it.</summary>
    internal virtual Task<Obstacle?> ObstacleAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) => Task.FromResult<Obstacle?>(null);

    /// <summary>Makes the change at the vendor: one call.</summary>
    internal abstract Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken);
}
