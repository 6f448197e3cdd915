using System.Text;
using System.Text.Json;
using Soracom.Api.Http;

namespace Soracom.Api.Errors;

/// <summary>The body of an error answer, read up to a limit: the vendor's code and message, or nothing.</summary>
/// <param name="Code">The vendor's code.</param>
/// <param name="Message">The vendor's message, whole: what it may quote has to be taken out before it is cut.</param>
/// <param name="FromVendor">Whether it has the vendor's shape or is empty, and not, say, a proxy's page.</param>
internal sealed record ErrorBody(string? Code, string? Message, bool FromVendor)
{
    private const int MaxBytes = 32 * 1024;
    private const int MaxCodeLength = 16;

    private static readonly ErrorBody Foreign = new(null, null, FromVendor: false);

    public static async Task<ErrorBody> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxBytes ? Foreign : Parse(buffer.AsMemory(0, length));
    }

    private static ErrorBody Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return new ErrorBody(null, null, FromVendor: true);
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is no Unicode, so not the vendor's: that is the finding, and FromVendor says it.
            return Foreign;
        }
    }

    private static ErrorBody Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Foreign;
        }

        // Some operations declare the error one level down; the rest have it at the top.
        var error = root.TryGetProperty("errorMessage", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
        var code = Text(error, "code");
        var message = Text(error, "message");
        return new ErrorBody(
            code?.Length <= MaxCodeLength && SoracomHeaders.IsPlain(code) ? code : null,
            message is null ? null : FillIn(message, error),
            FromVendor: code is not null || message is not null);
    }

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Older services send the message with <c>%s</c> in it and what belongs there in <c>messageArgs</c>.</summary>
    private static string FillIn(string message, JsonElement error)
    {
        if (!error.TryGetProperty("messageArgs", out var arguments) || arguments.ValueKind != JsonValueKind.Array)
        {
            return message;
        }

        var text = new StringBuilder();
        var rest = message.AsSpan();
        foreach (var argument in arguments.EnumerateArray())
        {
            var at = rest.IndexOf("%s", StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            text.Append(rest[..at]).Append(argument.ToString());
            rest = rest[(at + 2)..];
        }

        return text.Append(rest).ToString();
    }
}
