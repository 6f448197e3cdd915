namespace Soracom.Portal.Security.SignIn;

/// <summary>The ways to sign in that are configured.</summary>
/// <param name="Provider">Whether an OpenID provider is configured.</param>
/// <param name="DemoAccounts">The demo accounts; none outside Development.</param>
public sealed record SignInWays(bool Provider, IReadOnlyList<DemoAccount> DemoAccounts);

/// <summary>A person of the demo whom anybody may sign in as.</summary>
/// <param name="Key">Names the account: the subject, and the text that says what it may do.</param>
/// <param name="Name">The person's name.</param>
public sealed record DemoAccount(string Key, string Name)
{
    /// <summary>The groups that the account is in, as an identity provider would name them.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
