namespace Soracom.Portal.Features.Cameras.List;

/// <summary>What the list of cameras shows, and can be sorted by.</summary>
public enum CameraColumn
{
    /// <summary>The name.</summary>
    Name,

    /// <summary>Whether it is connected, and since when.</summary>
    Connection,

    /// <summary>Whether it is on or asleep.</summary>
    Power,

    /// <summary>Its licence.</summary>
    Licence,

    /// <summary>What is left of the month's quota.</summary>
    Quota,

    /// <summary>The last event.</summary>
    Event,

    /// <summary>The model, and its firmware.</summary>
    Firmware,
}
