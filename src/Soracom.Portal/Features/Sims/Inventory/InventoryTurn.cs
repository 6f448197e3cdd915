namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>A walk through an account's SIMs that somebody holds.</summary>
/// <param name="Holder">Who; only they may write on.</param>
/// <param name="Walk">The walk's number.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="NextKey">The vendor's key of the page to go on with; null for the first.</param>
/// <param name="OperatorId">Whose SIMs they are.</param>
internal sealed record InventoryTurn(Guid Holder, int Walk, DateTimeOffset StartedAt, string? NextKey, string OperatorId);
