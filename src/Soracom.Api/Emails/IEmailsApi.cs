using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Emails;

/// <summary>
/// The e-mail addresses of an operator, which notices go to. For the root user only: a SAM user gets a 400, whatever the permissions.
/// </summary>
public interface IEmailsApi
{
    /// <summary>Vendor operation listEmails: all addresses. It has no pages.</summary>
    [SoracomOperation("listEmails"), Get("/operators/{operator_id}/emails")]
    Task<IReadOnlyList<OperatorEmail>> ListEmailsAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getEmail: one address. 404 when there is none of that id.</summary>
    [SoracomOperation("getEmail"), Get("/operators/{operator_id}/emails/{email_id}")]
    Task<OperatorEmail> GetEmailAsync(
        [Path("operator_id")] string operatorId, [Path("email_id")] string emailId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteEmail: removes an address. 404 when there is none of that id.</summary>
    [SoracomOperation("deleteEmail"), Delete("/operators/{operator_id}/emails/{email_id}")]
    Task DeleteEmailAsync(
        [Path("operator_id")] string operatorId, [Path("email_id")] string emailId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation issueAddEmailToken: mails a token to a new address. 400 when the password is wrong or there are too many addresses.</summary>
    [SoracomOperation("issueAddEmailToken"), Post("/operators/add_email_token/issue")]
    Task IssueAddEmailTokenAsync([Body] IssueAddEmailTokenRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation verifyAddEmailToken: adds the address that the token was mailed to. 400 when it is wrong or has expired.</summary>
    [SoracomOperation("verifyAddEmailToken"), Post("/operators/add_email_token/verify")]
    Task VerifyAddEmailTokenAsync([Body] VerifyAddEmailTokenRequest request, CancellationToken cancellationToken = default);
}
