namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>Something to pick.</summary>
/// <param name="Id">What is written.</param>
/// <param name="Label">What is read.</param>
public sealed record PickOption(string Id, string Label);
