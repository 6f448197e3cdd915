using Soracom.Api;

namespace Soracom.Portal.Features.Groups.Managing;

/// <summary>Which group something is about, and what it was called and labelled when it was seen.</summary>
/// <param name="Coverage">The coverage.</param>
/// <param name="GroupId">The group id.</param>
/// <param name="Name">Its name; empty when it has none.</param>
/// <param name="Tags">Its tags, but for the name.</param>
public sealed record LabelledGroup(SoracomCoverage Coverage, string GroupId, string Name, IReadOnlyDictionary<string, string> Tags);
