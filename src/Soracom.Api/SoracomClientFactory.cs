using Soracom.Api.Auth;
using Soracom.Api.Http;

namespace Soracom.Api;

internal sealed class SoracomClientFactory(RequesterFactory requesters, SoracomSessions sessions, SignIn signIn, RateBudgets budgets) : ISoracomClientFactory
{
    public ISoracomClient For(SoracomAccount account, CallPriority priority = CallPriority.Interactive, SoracomLanguage language = SoracomLanguage.English, Action<string>? answered = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new SoracomClient(requesters.Create(new Caller
        {
            Coverage = account.Coverage,
            Priority = priority,
            Language = language,
            AccountKey = account.Key,
            Sessions = new AccountSessionSource(sessions, account),
            Answered = answered,
        }));
    }

    public Task<SoracomIdentity> VerifyAsync(
        SoracomCoverage coverage, SoracomCredential credential, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return signIn.VerifyAsync(coverage, credential, cancellationToken);
    }

    public IRecoveryApi Recovery(SoracomCoverage coverage, SoracomLanguage language = SoracomLanguage.English) => signIn.Recovery(coverage, language);

    public int? BackgroundCallsPerMinute(SoracomCoverage coverage, string operatorId, string pathGroup) => budgets.BackgroundAllowance(coverage, operatorId, pathGroup);

    public void Forget(string accountKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accountKey);
        sessions.Forget(accountKey);
    }
}
