namespace Soracom.Portal.Features.Sims.Views;

/// <summary>A saved view of the SIM list, as somebody sees it who may.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Query">The view. What was saved and makes no sense by now is left out of it.</param>
/// <param name="IsShared">Whether everybody in the tenant who may see the list sees it.</param>
/// <param name="OwnerName">Who saved it.</param>
/// <param name="IsMine">Whether it is the view of who looks at it.</param>
/// <param name="Version">Tells whether somebody saves what they have seen.</param>
public sealed record ViewSummary(Guid Id, string Name, SimQuery Query, bool IsShared, string OwnerName, bool IsMine, int Version);
