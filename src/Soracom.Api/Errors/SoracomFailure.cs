using System.Globalization;
using System.Net;
using System.Text;

namespace Soracom.Api.Errors;

/// <summary>What is known of a failed call. Holds no secret and nothing of the answer's body but code and message.</summary>
public sealed record SoracomFailure
{
    /// <summary>The vendor's operation id.</summary>
    public required string OperationId { get; init; }

    /// <summary>The HTTP status; null when no answer came, or none was asked for.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The vendor's error code, three letters and four digits; null when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>The vendor's own words, in the language that the call asked for; null when it gave none.</summary>
    public string? VendorMessage { get; init; }

    /// <summary>The vendor's id of the request, for its support; null when it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>What the client has to say of it, in English; null where status and vendor's message say all.</summary>
    public string? Detail { get; init; }

    internal string Describe()
    {
        var text = new StringBuilder(OperationId);
        text.Append(Status is { } status ? string.Create(CultureInfo.InvariantCulture, $" failed with {(int)status}") : " failed");
        Append(text, " ", Code);
        Append(text, ": ", Detail);
        Append(text, ": ", VendorMessage);
        Append(text, " (request ", RequestId, ")");
        return text.ToString();
    }

    private static void Append(StringBuilder text, string before, string? part, string after = "")
    {
        if (!string.IsNullOrEmpty(part))
        {
            text.Append(before).Append(part).Append(after);
        }
    }
}
