namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>What the vendor's account offers to choose from. What could not be read is typed instead.</summary>
/// <param name="Credentials">The credential sets; null when they could not be read.</param>
/// <param name="Gateways">The virtual private gateways; null when they could not be read.</param>
public sealed record EditingChoices(IReadOnlyList<CredentialChoice>? Credentials, IReadOnlyList<GatewayChoice>? Gateways);

/// <summary>A credential set of the account, without its secrets.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">The vendor's word for its type.</param>
/// <param name="Description">What people say it is for; empty when nothing.</param>
public sealed record CredentialChoice(string Id, string Type, string Description)
{
    /// <summary>What to call it in a list.</summary>
    public string Label => Description.Length > 0 ? $"{Id} · {Description}" : Id;
}

/// <summary>A virtual private gateway of the account.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; empty when it has none.</param>
public sealed record GatewayChoice(string Id, string Name)
{
    /// <summary>What to call it in a list.</summary>
    public string Label => Name.Length > 0 ? $"{Name} · {Id}" : Id;
}
