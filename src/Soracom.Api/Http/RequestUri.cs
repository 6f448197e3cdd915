using System.Globalization;
using System.Text;
using RestEase;

namespace Soracom.Api.Http;

/// <summary>
/// Builds a call's address. Path values are percent-encoded and the result is sent as it is: .NET's usual clean-up would turn
/// <c>%2E%2E</c> into a step up, and a value into another operation.
/// </summary>
internal static class RequestUri
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri Build(Uri endpoint, IRequestInfo request)
    {
        var address = new StringBuilder(endpoint.AbsoluteUri.TrimEnd('/')).Append("/v1");
        AppendPath(address, request);
        AppendQuery(address, request);
        return new Uri(address.ToString(), in AsItIs);
    }

    private static void AppendPath(StringBuilder address, IRequestInfo request)
    {
        var path = new StringBuilder(request.Path);
        foreach (var parameter in request.PathParams)
        {
            // An encoded value has no braces left, so that it can't be taken for a further placeholder.
            var (name, value) = parameter.SerializeToString(CultureInfo.InvariantCulture);
            path.Replace($"{{{name}}}", parameter.UrlEncode
                ? EncodeSegment(name, value)
                : EncodePath(name, value, mayBeRoot: request.Path!.EndsWith($"{{{name}}}/", StringComparison.Ordinal)));
        }

        address.Append(path);
    }

    /// <summary>
    /// A value that is a path itself, <c>[Path(UrlEncode = false)]</c>: its slashes stay, doubled ones too, and what is between them is
    /// encoded. It is meant from the root with or without the slash that it begins with, which the vendor's own tool does not send either;
    /// nothing is left of the root itself, which only goes where the address says by another slash that a directory is meant.
    /// </summary>
    private static string EncodePath(string name, string? value, bool mayBeRoot) => value switch
    {
        "/" when mayBeRoot => "",
        null or "" or "/" => EncodeSegment(name, ""),
        _ => string.Join('/', (value[0] == '/' ? value[1..] : value).Split('/').Select(segment => segment.Length == 0 ? "" : EncodeSegment(name, segment))),
    };

    private static string EncodeSegment(string name, string? value) => value switch
    {
        null or "" => throw new ArgumentException("A path value can't be empty: the address would be another operation's.", name),
        "." => "%2E",
        ".." => "%2E%2E",
        _ => Uri.EscapeDataString(value),
    };

    private static void AppendQuery(StringBuilder address, IRequestInfo request)
    {
        var separator = '?';
        foreach (var parameter in request.QueryParams)
        {
            foreach (var (name, value) in parameter.SerializeValue(QueryValues.Instance, request))
            {
                if (value is not null)
                {
                    address.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
                    separator = '&';
                }
            }
        }
    }

    /// <summary>Query values as the vendor spells them: <c>true</c>, not <c>True</c>; numbers of no culture.</summary>
    private sealed class QueryValues : RequestQueryParamSerializer
    {
        public static readonly QueryValues Instance = new();

        public override IEnumerable<KeyValuePair<string, string?>> SerializeQueryParam<T>(
            string name, T value, RequestQueryParamSerializerInfo info) => [new(name, Spell(value))];

        public override IEnumerable<KeyValuePair<string, string?>> SerializeQueryCollectionParam<T>(
            string name, IEnumerable<T> values, RequestQueryParamSerializerInfo info) =>
            values is null ? [] : values.Select(value => new KeyValuePair<string, string?>(name, Spell(value)));

        private static string? Spell<T>(T value) => value switch
        {
            null => null,
            bool flag => flag ? "true" : "false",
            IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
    }
}
