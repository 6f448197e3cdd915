using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Soracom.Api.Http;

/// <summary>
/// Where a list goes on. The vendor sends the key in a header of its own, or in the query of a link to the next page, or both;
/// of the link only the key is used, never the address.
/// </summary>
internal static partial class NextPageKey
{
    public static string? Of(HttpResponseHeaders headers) => headers.First(SoracomHeaders.NextKey) ?? FromLinks(headers);

    private static string? FromLinks(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues("link", out var links)
            ? links.SelectMany(line => Links().Matches(line)).Select(KeyOf).FirstOrDefault(key => key is not null)
            : null;

    private static string? KeyOf(Match link) =>
        NextRelation().IsMatch(link.Groups["parameters"].Value) && KeyInQuery().Match(link.Groups["target"].Value) is { Success: true } key
            ? Uri.UnescapeDataString(key.Groups["key"].Value)
            : null;

    /// <summary>Links are separated by commas, and a target may hold commas itself.</summary>
    [GeneratedRegex("<(?<target>[^>]*)>(?<parameters>[^<]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Links();

    [GeneratedRegex("""(^|;)\s*rel\s*=\s*"?next"?\s*([;,]|$)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NextRelation();

    [GeneratedRegex("[?&]last_evaluated_key=(?<key>[^&#]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyInQuery();
}
