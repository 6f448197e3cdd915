using Soracom.Api;
using Soracom.Portal.Features.Cameras.Changes;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Cameras.Page;

/// <summary>The sections of a camera's page.</summary>
public enum CameraTab
{
    /// <summary>What it recorded and noticed.</summary>
    Recordings,

    /// <summary>How it notices and shows things.</summary>
    Settings,

    /// <summary>Its licence.</summary>
    Licence,

    /// <summary>What may be played and exported of it.</summary>
    Quota,

    /// <summary>Its firmware, and the access to it.</summary>
    Device,
}

/// <summary>Which camera, and which section of its page.</summary>
/// <param name="Slug">The tenant's name in addresses.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="DeviceId">The camera.</param>
public sealed record CameraPlace(string Slug, SoracomCoverage Coverage, string DeviceId)
{
    /// <summary>Name of the query parameter that holds the section.</summary>
    public const string TabParameter = "tab";

    /// <summary>Counts up whenever all is to be read anew.</summary>
    public int Reading { get; init; }

    /// <summary>The section that an address asks for; the first where it names none.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The section.</returns>
    public static CameraTab TabOf(string uri) => new QueryReader(uri).Choice(TabParameter, CameraTab.Recordings);

    /// <summary>The address of a section.</summary>
    /// <param name="tab">The section.</param>
    /// <returns>The address.</returns>
    public string To(CameraTab tab) => PortalUrls.Camera(Slug, Coverage, DeviceId, tab);
}

/// <summary>What a section asks its page to do.</summary>
/// <param name="Change">The change.</param>
/// <param name="Title">What is asked before it; null where nothing is.</param>
/// <param name="Question">What will change.</param>
/// <param name="Yes">The word that does it.</param>
public sealed record CameraAct(CameraChange Change, string? Title = null, string Question = "", string Yes = "")
{
    /// <summary>Whether it can't be undone.</summary>
    public bool Danger { get; init; }
}
