using Microsoft.AspNetCore.Authentication;

namespace Soracom.Portal.Security.OpenId;

/// <summary>
/// A sign-in that was refused. The message is for the log: it holds no token, code or secret, and text that came from
/// outside only after <see cref="LogText.Clean"/>.
/// </summary>
internal sealed class OpenIdSignInException(SignInFailure failure, string message, Exception? innerException = null)
    : AuthenticationFailureException(message, innerException)
{
    public SignInFailure Failure { get; } = failure;
}
