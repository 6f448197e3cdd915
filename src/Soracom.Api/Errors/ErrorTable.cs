using System.Net;

namespace Soracom.Api.Errors;

/// <summary>The one table from status and code to exception.</summary>
internal static class ErrorTable
{
    /// <summary>The one public code that says that no session came with a call.</summary>
    public const string SessionMissing = "AUM0001";

    /// <param name="failure">What is known; its status is set and not a success.</param>
    /// <param name="fromVendor">Whether the body has the vendor's error shape, or is empty as the vendor's may be.</param>
    /// <param name="changes">Whether the operation changes something.</param>
    /// <param name="retryAfter">What the rate headers say.</param>
    public static SoracomApiException ToException(SoracomFailure failure, bool fromVendor, bool changes, TimeSpan? retryAfter) =>
        failure.Status switch
        {
            HttpStatusCode.Unauthorized => new SoracomAuthenticationException(failure),
            HttpStatusCode.BadRequest when SaysSessionIsBad(failure.Code) => new SoracomAuthenticationException(failure),
            HttpStatusCode.TooManyRequests => new SoracomRateLimitedException(failure, retryAfter),

            // "Not served here", as the sandbox says of operations that it has not: it won't pass, and nothing has happened.
            HttpStatusCode.NotImplemented when fromVendor => new SoracomInvalidRequestException(failure),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new SoracomUnavailableException(failure) { OutcomeUnknown = changes },
            < HttpStatusCode.BadRequest =>
                new SoracomProtocolException(failure with { Detail = "a redirect, which is not followed" }) { OutcomeUnknown = changes },
            _ when !fromVendor =>
                new SoracomProtocolException(failure with { Detail = "the answer is not the vendor's" }) { OutcomeUnknown = changes },
            HttpStatusCode.Forbidden => new SoracomPermissionException(failure),
            HttpStatusCode.NotFound => new SoracomNotFoundException(failure),
            _ => new SoracomInvalidRequestException(failure),
        };

    /// <summary>Which status a bad session gives is not documented for every case; these codes are what is known of the rest.</summary>
    private static bool SaysSessionIsBad(string? code) =>
        code is not null && (code.StartsWith("AUM", StringComparison.Ordinal) || code.StartsWith("AGW", StringComparison.Ordinal));
}
