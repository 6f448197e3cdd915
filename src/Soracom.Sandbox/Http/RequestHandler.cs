using Soracom.Sandbox.Control;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Http;

/// <summary>Where every request arrives: parts the API from the control endpoints and the files, and turns what goes wrong into the vendor's error body.</summary>
internal sealed partial class RequestHandler(ApiHandler api, ControlHandler control, DownloadHandler downloads, ILogger<RequestHandler> logger)
{
    public async Task HandleAsync(HttpContext context, CancellationToken stopping)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var exchange = new Exchange(context, cancellation.Token);
        try
        {
            if (!exchange.Target.IsPrintable)
            {
                throw new BadHttpRequestException("Control characters in the request target.");
            }

            await (exchange.Target.SegmentsBelow(ControlHandler.Root).Length > 0 ? control.HandleAsync(exchange)
                : exchange.Target.SegmentsBelow(SignedLinks.Root).Length > 0 ? downloads.HandleAsync(exchange)
                : api.HandleAsync(exchange));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody is left to answer: the client went away, or the server is going to.
            context.Abort();
        }
        catch (BadHttpRequestException broken)
        {
            await exchange.SendAsync(Answer.Error(new VendorException(VendorErrors.BadRequest) { Status = broken.StatusCode }, exchange.Language));
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            LogFailure(logger, exchange.Method, exchange.Target.Path, exchange.RequestId, failure);
            await exchange.SendAsync(Answer.Error(new VendorException(VendorErrors.Internal), exchange.Language));
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed, request id {RequestId}")]
    private static partial void LogFailure(ILogger logger, string method, string path, string requestId, Exception exception);
}
