using System.Net;

namespace Soracom.Portal.Security.OpenId;

/// <summary>The portal's own connection to the provider.</summary>
internal static class Backchannel
{
    /// <summary>The longest answer that is read, in bytes.</summary>
    private const int LongestAnswer = 1024 * 1024;

    public static HttpClient Create(HttpMessageHandler? handler, TimeSpan timeout)
    {
        var client = new HttpClient(handler ?? new SocketsHttpHandler
        {
            // A redirection would carry the code and the secret to where nobody checked.
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Soracom.Portal");
        return client;
    }

    /// <summary>Sends the request and reads the whole answer, whatever its status below 500.</summary>
    /// <param name="backchannel">From <see cref="Create"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="what">What is asked for, for the message: "key set".</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OpenIdSignInException"><see cref="SignInFailure.Unavailable"/>: no answer, too late, too long, or 5xx.</exception>
    public static async Task<(HttpStatusCode Status, byte[] Body)> ExchangeAsync(
        this HttpClient backchannel, HttpRequestMessage request, string what, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await backchannel.SendAsync(request, cancellationToken);
            return response.StatusCode < HttpStatusCode.InternalServerError
                ? (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken))
                : throw Unavailable($"The provider answered {(int)response.StatusCode} for its {what}.");
        }
        catch (HttpRequestException exception)
        {
            throw Unavailable($"The provider's {what} could not be read.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"The provider's {what} did not arrive in time.", exception);
        }
    }

    private static OpenIdSignInException Unavailable(string message, Exception? exception = null) =>
        new(SignInFailure.Unavailable, message, exception);
}
