namespace Soracom.Portal.Security.SignIn;

/// <summary>The ways to sign in that are configured.</summary>
/// <param name="Providers">The identity providers, in the order of their buttons; none in a demo without one.</param>
/// <param name="DemoAccounts">The demo accounts; none outside Development.</param>
public sealed record SignInWays(IReadOnlyList<SignInProvider> Providers, IReadOnlyList<DemoAccount> DemoAccounts)
{
    /// <summary>The provider that an address names.</summary>
    /// <param name="key">What the address says; null or empty where it names none.</param>
    /// <returns>
    /// That provider. Where none is named, the one of section AzureAd, whose address it was before there could be others, or else the only one.
    /// Null where nobody can tell.
    /// </returns>
    public SignInProvider? Find(string? key) =>
        Providers.FirstOrDefault(provider => string.Equals(provider.Key, key ?? string.Empty, StringComparison.Ordinal))
        ?? (string.IsNullOrEmpty(key) && Providers.Count == 1 ? Providers[0] : null);
}

/// <summary>An identity provider that is configured.</summary>
/// <param name="Key">Names it in settings and addresses (<c>SignIn:Providers:{key}</c>); empty for that of section AzureAd.</param>
/// <param name="Scheme">Its authentication scheme.</param>
/// <param name="DisplayName">What its button calls it; null where it is the only one and has words of the portal's own.</param>
/// <param name="Mark">What sessions remember it by: another one when the same key comes to stand for another provider.</param>
public sealed record SignInProvider(string Key, string Scheme, string? DisplayName, string Mark);

/// <summary>A person of the demo whom anybody may sign in as.</summary>
/// <param name="Key">Names the account: the subject, and the text that says what it may do.</param>
/// <param name="Name">The person's name.</param>
public sealed record DemoAccount(string Key, string Name)
{
    /// <summary>The groups that the account is in, as an identity provider would name them.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
