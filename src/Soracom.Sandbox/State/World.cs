using Soracom.Sandbox.Auth;

namespace Soracom.Sandbox.State;

/// <summary>Everything that the sandbox knows.</summary>
internal sealed class World(SandboxOptions options, IReadOnlyList<OperatorAccount> accounts)
{
    public SandboxOptions Options => options;

    public SessionStore Sessions { get; } = new(options.Clock);

    public IReadOnlyList<OperatorAccount> Accounts => accounts;

    public OperatorAccount? Find(string operatorId) => accounts.FirstOrDefault(account => account.OperatorId == operatorId);
}
