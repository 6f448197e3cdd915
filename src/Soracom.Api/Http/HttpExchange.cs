using System.Text.Json;
using Microsoft.Extensions.Options;
using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>
/// One request and its answer, read to the end: within the time of one attempt, and with every way to fail turned into a
/// <see cref="SoracomApiException"/>.
/// </summary>
internal sealed class HttpExchange(
    IHttpClientFactory clients, IOptions<SoracomApiOptions> options, CallTelemetry telemetry, TimeProvider time)
{
    public const string ClientName = "Soracom.Api";

    /// <summary>One for good: its handler lives as long as the host, and renews its connections itself.</summary>
    private readonly HttpClient client = clients.CreateClient(ClientName);

    public async Task<T> SendAsync<T>(CallTry attempt, IAnswerReader<T> reader, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(options.Value.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var began = time.GetTimestamp();
        SoracomApiException? failure = null;
        var ended = false;
        try
        {
            var result = await SendOnceAsync(attempt, reader, either.Token);
            ended = true;
            return result;
        }
        catch (SoracomApiException known)
        {
            failure = known;
            throw;
        }
        catch (Exception e) when (Translate(e, attempt) is { } translated)
        {
            // A cancelled exchange may end in a broken connection as well: the cancellation is what counts.
            cancellationToken.ThrowIfCancellationRequested();
            failure = translated;
            throw failure;
        }
        finally
        {
            telemetry.Exchanged(attempt, time.GetElapsedTime(began), failure, cancelled: !ended && failure is null);
        }
    }

    private async Task<T> SendOnceAsync<T>(CallTry attempt, IAnswerReader<T> reader, CancellationToken cancellationToken)
    {
        using var message = attempt.CreateMessage();
        message.Headers.TryAddWithoutValidation("Accept", reader.Accept);
        var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var kept = false;
        try
        {
            ReadHead(attempt, answer);
            if (!reader.Accepts(answer.StatusCode))
            {
                throw await ReadFailureAsync(attempt, answer, cancellationToken);
            }

            var result = await reader.ReadAsync(attempt, answer, cancellationToken);
            kept = reader.KeepsAnswer;
            return result;
        }
        finally
        {
            if (!kept)
            {
                answer.Dispose();
            }
        }
    }

    private void ReadHead(CallTry attempt, HttpResponseMessage answer)
    {
        attempt.Head = AnswerHead.Of(answer);
        if (attempt.Head.Rate is { } rate)
        {
            attempt.Lease?.Answered(rate);
            telemetry.RateRead(attempt, rate);
        }
    }

    private static async Task<SoracomApiException> ReadFailureAsync(
        CallTry attempt, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var body = await ErrorBody.ReadAsync(stream, cancellationToken);
        var failure = attempt.Failure() with
        {
            Code = attempt.Presentable(body.Code),
            VendorMessage = attempt.Presentable(body.Message),
        };
        return ErrorTable.ToException(failure, body.FromVendor, attempt.Call.Operation.Changes, attempt.Head?.Rate?.UntilRefresh);
    }

    /// <summary>Null for what is no failure of the exchange, but a bug.</summary>
    private static SoracomApiException? Translate(Exception exception, CallTry attempt)
    {
        var changes = attempt.Call.Operation.Changes;
        return exception switch
        {
            // How the handler reports that its connect timeout has passed.
            OperationCanceledException { InnerException: TimeoutException } =>
                new SoracomUnavailableException(attempt.Failure("no connection in time"), exception),
            OperationCanceledException =>
                new SoracomUnavailableException(attempt.Failure("no complete answer in time")) { OutcomeUnknown = changes },
            HttpRequestException lost =>
                new SoracomUnavailableException(attempt.Failure($"the connection failed ({lost.HttpRequestError})"), lost)
                {
                    OutcomeUnknown = changes && MayHaveArrived(lost),
                },
            IOException cut =>
                new SoracomUnavailableException(attempt.Failure("the answer broke off"), cut) { OutcomeUnknown = changes },

            // Without the original: its message quotes the text that it could not read, and a token may be in there.
            JsonException json =>
                new SoracomProtocolException(attempt.Failure(Describe(json, attempt))) { OutcomeUnknown = changes },
            InvalidDataException =>
                new SoracomProtocolException(attempt.Failure("the answer can't be decompressed")) { OutcomeUnknown = changes },
            _ => null,
        };
    }

    private static bool MayHaveArrived(HttpRequestException lost) => lost.HttpRequestError
        is not (HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError);

    private static string Describe(JsonException json, CallTry attempt)
    {
        var place = json.Path is null ? "" : $", at {json.Path} (line {json.LineNumber + 1}, byte {json.BytePositionInLine})";
        return $"the answer ({attempt.Head?.MediaType ?? "of no type"}) is not the JSON that the operation answers{place}";
    }
}
