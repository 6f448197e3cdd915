using Soracom.Api;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Events;

namespace Soracom.Portal;

/// <content>Addresses of doors.</content>
public static partial class PortalUrls
{
    /// <summary>The doors to a tenant's devices.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string RemoteAccess(string slug) => $"/t/{Segment(slug)}/remote-access";

    /// <summary>Where a door is opened.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="draft">What is chosen already; nothing by default.</param>
    /// <returns>The address.</returns>
    public static string NewDoor(string slug, DoorDraft? draft = null) => $"{RemoteAccess(slug)}/new{draft?.ToQueryString()}";

    /// <summary>Where a door to one SIM's device is opened.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <returns>The address.</returns>
    public static string NewDoor(string slug, SoracomCoverage coverage, string simId) => NewDoor(slug, new DoorDraft { Coverage = coverage, SimId = simId });

    /// <summary>Where a door is opened just as one was before.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="doorId">The former door.</param>
    /// <returns>The address.</returns>
    public static string OpenAgain(string slug, Guid doorId) => NewDoor(slug, new DoorDraft { Again = doorId });

    /// <summary>A door to a remote desktop, as a file for the program for that.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <returns>The address.</returns>
    public static string DoorRdp(string slug, Guid doorId) => $"{Door(slug, doorId)}/door.rdp";

    /// <summary>One door: what it is and how it is used.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <returns>The address.</returns>
    public static string Door(string slug, Guid doorId) => $"{RemoteAccess(slug)}/{doorId}";

    /// <summary>Who connected through a tenant's doors.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What is looked for; everything when null.</param>
    /// <returns>The address.</returns>
    public static string RemoteAccessLog(string slug, RemoteLogQuery? query = null) => $"{RemoteAccess(slug)}/log{query?.ToQueryString()}";

    /// <summary>The same as a CSV file, from the newest on.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What is looked for.</param>
    /// <returns>The address.</returns>
    public static string RemoteLogFile(string slug, RemoteLogQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return $"{RemoteAccess(slug)}/log.csv{(query with { Before = null }).ToQueryString()}";
    }

    /// <summary>A tenant's policy for doors to its devices.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string RemoteAccessPolicy(string slug) => $"{RemoteAccess(slug)}/policy";

    /// <summary>The open doors of all tenants that one may enter.</summary>
    /// <returns>The address.</returns>
    public static string PortfolioRemoteAccess() => "/portfolio/remote-access";
}
