using System.Net;

namespace Soracom.Api.Errors;

/// <summary>
/// A call of the vendor's API failed. The children tell what a caller can do about it; <see cref="Code"/> is for people and
/// support, since few codes are public. No text of it, inner exceptions included, holds a secret.
/// </summary>
public abstract class SoracomApiException : Exception
{
    private protected SoracomApiException(SoracomFailure failure, Exception? innerException = null)
        : base(Describe(failure), innerException)
    {
        Failure = failure;
    }

    public SoracomFailure Failure { get; }

    /// <inheritdoc cref="SoracomFailure.OperationId"/>
    public string OperationId => Failure.OperationId;

    /// <inheritdoc cref="SoracomFailure.Status"/>
    public HttpStatusCode? Status => Failure.Status;

    /// <inheritdoc cref="SoracomFailure.Code"/>
    public string? Code => Failure.Code;

    /// <inheritdoc cref="SoracomFailure.VendorMessage"/>
    public string? VendorMessage => Failure.VendorMessage;

    /// <inheritdoc cref="SoracomFailure.RequestId"/>
    public string? RequestId => Failure.RequestId;

    /// <summary>
    /// True when the call changes something and may have done so, though no good answer came: look before doing it again. One try without an
    /// answer is enough, even where a later one was refused.
    /// </summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>The same failure, told of a call that may have done its change. Another exception: a failed sign-in is shared by all who waited for it.</summary>
    internal SoracomApiException WithOutcomeUnknown() => this switch
    {
        SoracomAuthenticationException => new SoracomAuthenticationException(Failure) { OutcomeUnknown = true },
        SoracomPermissionException => new SoracomPermissionException(Failure) { OutcomeUnknown = true },
        SoracomNotFoundException => new SoracomNotFoundException(Failure) { OutcomeUnknown = true },
        SoracomInvalidRequestException => new SoracomInvalidRequestException(Failure) { OutcomeUnknown = true },
        SoracomRateLimitedException limited => new SoracomRateLimitedException(Failure, limited.RetryAfter) { OutcomeUnknown = true },
        SoracomUnavailableException => new SoracomUnavailableException(Failure, InnerException) { OutcomeUnknown = true },
        SoracomProtocolException => new SoracomProtocolException(Failure) { OutcomeUnknown = true },
        _ => throw new NotSupportedException($"{GetType().Name} has no form with an unknown outcome."),
    };

    private static string Describe(SoracomFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Describe();
    }
}

/// <summary>
/// The credential is refused, or the session is and a new one too (401, or 400 with the code of a missing session). A 400 with another
/// code of the vendor's account or gateway service makes a new session too, and is an invalid request when that doesn't help.
/// </summary>
public sealed class SoracomAuthenticationException(SoracomFailure failure) : SoracomApiException(failure);

/// <summary>The signed-in user lacks the permission for the operation (403).</summary>
public sealed class SoracomPermissionException(SoracomFailure failure) : SoracomApiException(failure);

/// <summary>There is no such thing, or not in this coverage (404).</summary>
public sealed class SoracomNotFoundException(SoracomFailure failure) : SoracomApiException(failure);

/// <summary>The vendor refuses what was asked for: a value, or something that the present state doesn't allow (400, 409, 422, ...).</summary>
public sealed class SoracomInvalidRequestException(SoracomFailure failure) : SoracomApiException(failure);

/// <summary>The operator's calls of this kind are used up for the moment (429), or would be: then the call was not sent.</summary>
public sealed class SoracomRateLimitedException(SoracomFailure failure, TimeSpan? retryAfter) : SoracomApiException(failure)
{
    /// <summary>How long from now until calls are possible again; null when the vendor did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>No usable answer for a reason that passes: the vendor's fault (5xx), a lost connection, or no answer in time.</summary>
public sealed class SoracomUnavailableException(SoracomFailure failure, Exception? innerException = null)
    : SoracomApiException(failure, innerException);

/// <summary>The answer isn't the vendor's API: a proxy's page, broken JSON or more than 32 MiB of it, a redirect, a page that leads to itself.</summary>
public sealed class SoracomProtocolException(SoracomFailure failure) : SoracomApiException(failure);
