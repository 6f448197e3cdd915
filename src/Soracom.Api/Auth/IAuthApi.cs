using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Auth;

/// <summary>Signing in and out. Called by the sessions only: nobody else handles keys and tokens.</summary>
internal interface IAuthApi
{
    /// <summary>Issues an API key and a token for a credential; anonymous. 401 when the credential is refused.</summary>
    [SoracomOperation("auth", Effect = CallEffect.Reads), Post("/auth")]
    Task<AuthResponse> AuthAsync([Body] AuthRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Issues a key and a token of another SAM user, whose trust policy names the user that the call is made as; for an hour at most.
    /// 400 when it doesn't.
    /// </summary>
    [SoracomOperation("switchUser", Effect = CallEffect.Reads), Post("/auth/switch_user")]
    Task<AuthResponse> SwitchUserAsync([Body] SwitchUserRequest request, CancellationToken cancellationToken);

    /// <summary>Revokes the key and token that the call itself carries.</summary>
    [SoracomOperation("logout"), Post("/auth/logout")]
    Task LogoutAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Issues another token for the API key that the call carries, while its token still lives. 400 when it doesn't.
    /// </summary>
    [SoracomOperation("generateAuthToken", Effect = CallEffect.Reads), Post("/operators/{operator_id}/token")]
    Task<GenerateTokenResponse> GenerateAuthTokenAsync(
        [Path("operator_id")] string operatorId, [Body] GenerateTokenRequest request, CancellationToken cancellationToken);
}
