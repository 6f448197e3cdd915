using Soracom.Api;
using Soracom.Api.Auth;

namespace Soracom.Portal.Tests.Support;

/// <summary>Takes every credential for the same operator's, after something else has happened, which may be a failure.</summary>
internal sealed class ScriptedVendor(Func<Task>? first = null) : ISoracomClientFactory
{
    public ISoracomClient For(SoracomAccount account, CallPriority priority = CallPriority.Interactive, SoracomLanguage language = SoracomLanguage.English, Action<string>? answered = null) =>
        throw new NotSupportedException("Nothing but signing in is scripted.");

    public async Task<SoracomIdentity> VerifyAsync(SoracomCoverage coverage, SoracomCredential credential, CancellationToken cancellationToken)
    {
        await (first?.Invoke() ?? Task.CompletedTask);
        return new SoracomIdentity("OP0000000001", "portal");
    }

    public IRecoveryApi Recovery(SoracomCoverage coverage, SoracomLanguage language = SoracomLanguage.English) =>
        throw new NotSupportedException("Nothing but signing in is scripted.");

    public int? BackgroundCallsPerMinute(SoracomCoverage coverage, string operatorId, string pathGroup) => null;

    public void Forget(string accountKey)
    {
    }
}
