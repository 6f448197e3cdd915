using System.Globalization;
using System.Net.Http.Headers;

namespace Soracom.Api.Http;

/// <summary>The vendor's own header fields.</summary>
internal static class SoracomHeaders
{
    public const string ApiKey = "X-Soracom-API-Key";
    public const string Token = "X-Soracom-Token";
    public const string Language = "X-Soracom-Lang";
    public const string NextKey = "x-soracom-next-key";
    public const string RateLimit = "x-soracom-ratelimit-limit";
    public const string RateRemaining = "x-soracom-ratelimit-remaining";
    public const string RateRefresh = "x-soracom-ratelimit-seconds-before-refresh";

    private const int MaxRequestIdLength = 128;

    // The vendor documents no request id; these are its own naming style and what its cloud provider's gateways send.
    private static readonly string[] RequestIdNames =
        ["x-soracom-request-id", "x-request-id", "x-amzn-requestid", "x-amz-apigw-id", "x-amz-cf-id"];

    public static string? First(this HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.GetEnumerator() is var each && each.MoveNext() ? each.Current : null;

    /// <summary>The id that support would ask for; null when there is none.</summary>
    public static string? RequestIdOf(HttpResponseHeaders headers)
    {
        foreach (var name in RequestIdNames)
        {
            if (headers.First(name) is { Length: > 0 and <= MaxRequestIdLength } id && IsPlain(id))
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Whether a text can stand in a header and in a log line as it is: visible ASCII.</summary>
    public static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

    public static RateReading? RateOf(HttpResponseHeaders headers) =>
        Number(headers, RateLimit) is { } limit
        && Number(headers, RateRemaining) is { } remaining
        && Number(headers, RateRefresh) is { } seconds
            ? new RateReading(limit, remaining, TimeSpan.FromSeconds(Math.Clamp(seconds, 1, RateReading.LongestWindowSeconds)))
            : null;

    private static int? Number(HttpResponseHeaders headers, string name) =>
        int.TryParse(headers.First(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>
/// What an answer tells of the rate limit of its operator and path group. The vendor counts whole seconds; none left may still
/// be a part of one, and is taken for one.
/// </summary>
internal sealed record RateReading(int Limit, int Remaining, TimeSpan UntilRefresh)
{
    /// <summary>The vendor counts by the minute; a longer time than this would be a mistake, and stop calls for as long.</summary>
    public const int LongestWindowSeconds = 600;
}
