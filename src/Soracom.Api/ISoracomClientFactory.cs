using Soracom.Api.Auth;

namespace Soracom.Api;

/// <summary>Makes clients for accounts, and keeps the sessions that they share.</summary>
public interface ISoracomClientFactory
{
    /// <summary>A client for an account. Signs in when it first needs to, not here.</summary>
    /// <param name="account">Whose data, and where.</param>
    /// <param name="priority">Whether a person or a job waits for the answers.</param>
    /// <param name="language">The language of the vendor's error messages.</param>
    /// <param name="answered">
    /// Told, at the end of each call, good or bad, the vendor's id of the request that was answered last; not told where the answer had none,
    /// or none came. Null where nobody wants to know.
    /// </param>
    ISoracomClient For(
        SoracomAccount account,
        CallPriority priority = CallPriority.Interactive,
        SoracomLanguage language = SoracomLanguage.English,
        Action<string>? answered = null);

    /// <summary>Signs in with a credential, to see whom it belongs to, and out again. Keeps nothing.</summary>
    /// <exception cref="Errors.SoracomAuthenticationException">The credential is refused.</exception>
    /// <exception cref="Errors.SoracomApiException">It could not be tried; the child says why.</exception>
    Task<SoracomIdentity> VerifyAsync(SoracomCoverage coverage, SoracomCredential credential, CancellationToken cancellationToken);

    /// <summary>Ways back in for a root user who has lost the password or the second factor. Needs no account.</summary>
    /// <param name="coverage">The coverage whose endpoint is called.</param>
    /// <param name="language">The language of the vendor's error messages.</param>
    IRecoveryApi Recovery(SoracomCoverage coverage, SoracomLanguage language = SoracomLanguage.English);

    /// <summary>How many calls a minute background work may make of an operator's path group, as far as the vendor's rate headers have told.</summary>
    /// <param name="coverage">The coverage.</param>
    /// <param name="operatorId">The operator.</param>
    /// <param name="pathGroup">The first segment of the paths, such as <c>sims</c>.</param>
    /// <returns>The number of calls; null while nothing is known.</returns>
    int? BackgroundCallsPerMinute(SoracomCoverage coverage, string operatorId, string pathGroup);

    /// <summary>
    /// Drops the session of an account key, in both coverages, and what is remembered of a failed sign-in. For a credential that
    /// was replaced or revoked.
    /// </summary>
    void Forget(string accountKey);
}
