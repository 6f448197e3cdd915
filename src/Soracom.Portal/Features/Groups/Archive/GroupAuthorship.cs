using Soracom.Portal.Data.Groups;

namespace Soracom.Portal.Features.Groups.Archive;

/// <summary>Who has written a configuration through the portal, and how.</summary>
/// <param name="Origin">How.</param>
/// <param name="ById">Who.</param>
/// <param name="ByName">Who, by name.</param>
/// <param name="Source">The revision or group that it comes from; null where it was edited.</param>
internal sealed record GroupAuthorship(GroupRevisionOrigin Origin, Guid ById, string ByName, string? Source = null);
