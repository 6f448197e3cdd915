using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Http;

/// <summary>One HTTP request and its response: reading and writing, no rules of the API.</summary>
internal sealed class Exchange(HttpContext context, CancellationToken cancellationToken)
{
    // Japanese text travels as UTF-8, not as escapes.
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public CancellationToken Cancellation => cancellationToken;

    public RawTarget Target { get; } = RawTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    public string Method => context.Request.Method;

    public Coverage Coverage => context.Features.GetRequiredFeature<CoverageOfConnection>().Coverage;

    public Language Language { get; } = Header(context, "X-Soracom-Lang") == "ja" ? Language.Japanese : Language.English;

    public string ApiKey => Header(context, "X-Soracom-API-Key");

    public string Token => Header(context, "X-Soracom-Token");

    /// <summary>Which bytes of a file are wanted; empty for all.</summary>
    public string Range => Header(context, "Range");

    /// <summary>The file that they are wanted of, as it was tagged before; empty for any.</summary>
    public string IfRange => Header(context, "If-Range");

    /// <summary>The media type of the request's body.</summary>
    public string ContentType => Header(context, "Content-Type");

    /// <summary>Scheme, host and port as the client wrote them.</summary>
    public string Origin => $"{context.Request.Scheme}://{context.Request.Host}";

    /// <summary>Where the call comes from.</summary>
    public System.Net.IPAddress? Address => context.Connection.RemoteIpAddress;

    /// <summary>The address that anonymous calls are counted by.</summary>
    public string RemoteAddress => Address?.ToString() ?? "";

    public bool IsFromThisMachine => Address is { } address && System.Net.IPAddress.IsLoopback(address);

    /// <summary>
    /// Whether a page of some other site may have made a browser of this machine send the call: browsers name the page's origin with
    /// what it posts, and the site's own name as the host where that name has been pointed at this machine.
    /// </summary>
    public bool MayComeFromAWebPage =>
        context.Request.Headers.ContainsKey("Origin")
        || Header(context, "Sec-Fetch-Site") is not ("" or "none")
        || !(context.Request.Host.Host is "localhost" || System.Net.IPAddress.TryParse(context.Request.Host.Host, out _));

    /// <summary>
    /// Names the call in logs of both sides. No public source shows a request id of the real service; this header's name
    /// is the sandbox's own.
    /// </summary>
    public string RequestId { get; } = Guid.NewGuid().ToString();

    /// <summary>What the rate headers tell; null where no limit applies.</summary>
    public RateState? Rate { get; set; }

    /// <exception cref="VendorException">The body is larger than allowed.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync(int maxBytes, int statusWhenLarger)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while (buffer.Length <= maxBytes && (read = await context.Request.Body.ReadAsync(chunk, Cancellation)) > 0)
        {
            buffer.Write(chunk, 0, read);
        }

        return buffer.Length <= maxBytes
            ? buffer.GetBuffer().AsMemory(0, (int)buffer.Length)
            : throw new VendorException(VendorErrors.BodyTooLarge, $"{maxBytes}") { Status = statusWhenLarger };
    }

    /// <summary>Sends an answer. May be called again when that failed before anything was on its way.</summary>
    public async Task SendAsync(Answer answer)
    {
        context.Response.Clear();
        if (answer.Delivery == Delivery.Nothing)
        {
            context.Abort();
            return;
        }

        using var body = new PooledBuffer();
        if (answer.Html is { } html)
        {
            Encoding.UTF8.GetBytes(html, body);
            context.Response.ContentType = "text/html";
        }
        else
        {
            WriteHeaders(answer);
            WriteJson(answer, body);
        }

        if (answer.Content is not { } content)
        {
            await SendAsync(answer, body.Written);
            return;
        }

        if (content.Prepare is { } prepare)
        {
            content = await prepare(Cancellation);
        }

        context.Response.ContentType = content.Type;
        if (content.Write is not { } write || answer.Delivery != Delivery.Whole)
        {
            await SendAsync(answer, await content.ReadAsync(Cancellation));
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(Method))
        {
            await write(context.Response.Body, Cancellation);
        }
    }

    private static string Header(HttpContext context, string name) => context.Request.Headers[name].ToString();

    private void WriteHeaders(Answer answer)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Encoding";
        headers["x-soracom-request-id"] = RequestId;
        if (Rate is { } state)
        {
            headers["x-soracom-ratelimit-limit"] = Text(state.Limit);
            headers["x-soracom-ratelimit-remaining"] = Text(answer.Status == StatusCodes.Status429TooManyRequests ? 0 : state.Remaining);
            headers["x-soracom-ratelimit-seconds-before-refresh"] = Text(state.SecondsBeforeRefresh);
        }

        if (answer.Next is var (link, key))
        {
            headers.Link = $"<{link}>; rel=next";
            headers["x-soracom-next-key"] = key;
        }

        if (answer.Allow is not null)
        {
            headers.Allow = answer.Allow;
        }

        if (answer.Location is not null)
        {
            headers.Location = answer.Location;
        }

        foreach (var (name, value) in answer.Headers)
        {
            headers[name] = value;
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private void WriteJson(Answer answer, PooledBuffer body)
    {
        if (answer.Json is null)
        {
            return;
        }

        context.Response.ContentType = "application/json";
        using var writer = new Utf8JsonWriter(body, JsonOptions);
        answer.Json(writer);
    }

    private async Task SendAsync(Answer answer, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return;
        }

        // Where less is sent than announced, the server delivers that and closes the connection; aborting would drop it too.
        var sent = answer.Delivery == Delivery.Whole ? body : body[..(body.Length / 2)];
        response.ContentLength = answer.Delivery == Delivery.CutHalfway ? body.Length : sent.Length;
        await response.Body.WriteAsync(sent, Cancellation);
    }
}
