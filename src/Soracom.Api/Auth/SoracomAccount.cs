namespace Soracom.Api;

/// <summary>
/// An operator account as its client sees it: where it lives, and how its credential is fetched when a sign-in is due.
/// </summary>
public sealed class SoracomAccount
{
    private readonly Func<CancellationToken, ValueTask<SoracomCredential>> credential;

    /// <param name="key">
    /// Names credential and version, for example <c>7f0c:3</c>; sessions are kept by it, so a changed credential must come
    /// with another key. Appears in logs: no secret.
    /// </param>
    /// <param name="coverage">The coverage whose endpoint is called.</param>
    /// <param name="credential">Fetches the credential. Called only when signing in, by one caller at a time.</param>
    public SoracomAccount(string key, SoracomCoverage coverage, Func<CancellationToken, ValueTask<SoracomCredential>> credential)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(credential);
        Key = key;
        Coverage = coverage;
        this.credential = credential;
    }

    public string Key { get; }

    public SoracomCoverage Coverage { get; }

    internal ValueTask<SoracomCredential> FetchCredentialAsync(CancellationToken cancellationToken) => credential(cancellationToken);

    public override string ToString() => $"{Coverage.ToWireName()}:{Key}";
}
