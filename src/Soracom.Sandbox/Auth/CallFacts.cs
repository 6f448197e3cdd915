using System.Net;

namespace Soracom.Sandbox.Auth;

/// <summary>What the conditions of permissions can ask of a call.</summary>
/// <param name="PathVariable">The value of a parameter of the path, by its name in the definition; null when there is none.</param>
/// <param name="SamUserName">The caller; null for the root user.</param>
/// <param name="CurrentDate">The date in UTC.</param>
/// <param name="Address">Where the call comes from; null when that is not known.</param>
internal sealed record CallFacts(Func<string, string?> PathVariable, string? SamUserName, DateOnly CurrentDate, IPAddress? Address);
