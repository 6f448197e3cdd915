using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Auth;

/// <summary>Signing in and out. Called by the sessions only: nobody else handles keys and tokens.</summary>
internal interface IAuthApi
{
    /// <summary>Issues an API key and a token for a credential; anonymous. 401 when the credential is refused.</summary>
    [SoracomOperation("auth", Effect = CallEffect.Reads), Post("/auth")]
    Task<AuthResponse> AuthAsync([Body] AuthRequest request, CancellationToken cancellationToken);

    /// <summary>Revokes the key and token that the call itself carries.</summary>
    [SoracomOperation("logout", Effect = CallEffect.Repeatable), Post("/auth/logout")]
    Task LogoutAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Issues another token for the API key that the call carries, while its token still lives. 400 when it doesn't.
    /// </summary>
    [SoracomOperation("generateAuthToken", Effect = CallEffect.Reads), Post("/operators/{operator_id}/token")]
    Task<GenerateTokenResponse> GenerateAuthTokenAsync(
        [Path("operator_id")] string operatorId, [Body] GenerateTokenRequest request, CancellationToken cancellationToken);
}
