using System.Net;

namespace Soracom.Api.Http;

/// <summary>What is kept of an answer's head.</summary>
internal sealed record AnswerHead(HttpStatusCode Status, string? MediaType, string? RequestId, RateReading? Rate)
{
    public static AnswerHead Of(HttpResponseMessage answer) =>
        new(
            answer.StatusCode,
            answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null,
            SoracomHeaders.RequestIdOf(answer.Headers),
            SoracomHeaders.RateOf(answer.Headers));
}
