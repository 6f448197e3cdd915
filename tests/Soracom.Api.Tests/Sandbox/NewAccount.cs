using Soracom.Sandbox.State;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>An account that is none of the demo's: nothing is in it.</summary>
internal static class NewAccount
{
    public const string OperatorId = "OP0099999999";

    public static object Credentials { get; } = new { email = Email, password = Password };

    private const string Email = "new@example.test";
    private const string Password = "made for a test";

    public static OperatorAccount In(SandboxHost host)
    {
        var now = host.Server.World.Clock.GetUtcNow();
        var account = new OperatorAccount(OperatorId, "New", Email, now, new User(Name: null, Password, []), new Origin(Fleet: null, Seed: 1, now));
        host.Server.World.TryAdd(account);
        return account;
    }
}
