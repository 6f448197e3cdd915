using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Auth;

/// <summary>
/// Ways back in for a root user who has lost the password or the second factor, without signing in. The vendor counts these calls by
/// the caller's address.
/// </summary>
public interface IRecoveryApi
{
    /// <summary>Vendor operation issuePasswordResetToken: mails a token to the root user. 400 when nobody has this address.</summary>
    [SoracomOperation("issuePasswordResetToken"), Post("/auth/password_reset_token/issue")]
    Task IssuePasswordResetTokenAsync([Body] IssuePasswordResetTokenRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation verifyPasswordResetToken: sets the password anew. 400 when the token is wrong, 404 when it has expired.</summary>
    [SoracomOperation("verifyPasswordResetToken"), Post("/auth/password_reset_token/verify")]
    Task VerifyPasswordResetTokenAsync([Body] VerifyPasswordResetTokenRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation issueMFARevokingToken: mails a token to a root user who has a second factor. 400 when there is none or the password is
    /// wrong, 404 when nobody has this address.
    /// </summary>
    [SoracomOperation("issueMFARevokingToken"), Post("/operators/mfa_revoke_token/issue")]
    Task IssueMFARevokingTokenAsync([Body] IssueMfaRevokingTokenRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation verifyMFARevokingToken: ends the second factor. 400 when token or backup code is wrong, 403 when address or
    /// password is.
    /// </summary>
    [SoracomOperation("verifyMFARevokingToken"), Post("/operators/mfa_revoke_token/verify")]
    Task VerifyMFARevokingTokenAsync([Body] VerifyMfaRevokingTokenRequest request, CancellationToken cancellationToken = default);
}
