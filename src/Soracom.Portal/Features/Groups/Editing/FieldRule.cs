using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>What can be wrong with what is typed into a field.</summary>
public enum FieldFault
{
    /// <summary>No whole number.</summary>
    NotNumber,

    /// <summary>A number that is too small or too large.</summary>
    OutOfRange,

    /// <summary>No IP address.</summary>
    NotAddress,

    /// <summary>Another number of items than belongs there.</summary>
    ItemCount,

    /// <summary>No URL.</summary>
    NotUrl,

    /// <summary>A URL of another kind.</summary>
    Scheme,

    /// <summary>More than an origin: a path, a query.</summary>
    NotOrigin,

    /// <summary>No JSON pointer.</summary>
    NotPointer,

    /// <summary>A format that the binary parser would not read.</summary>
    NotFormat,

    /// <summary>Something that has to be there is not.</summary>
    Missing,

    /// <summary>There is one of that name.</summary>
    Taken,

    /// <summary>Characters that have no place in a name.</summary>
    BadName,
}

/// <summary>Something wrong with what was typed.</summary>
/// <param name="Fault">What.</param>
/// <param name="Found">Where, or what belongs there.</param>
public sealed record FieldProblem(FieldFault Fault, params object[] Found);

/// <summary>What is asked of a field's content.</summary>
public abstract record FieldRule
{
    /// <summary>Nothing.</summary>
    public static FieldRule None { get; } = new AnyRule();

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public virtual FieldProblem? Wrong(string text) => null;

    /// <summary>What is wrong with a list as a whole; null when nothing is.</summary>
    public virtual FieldProblem? Wrong(IReadOnlyList<string> items) => items.Select(Wrong).FirstOrDefault(problem => problem is not null);

    private sealed record AnyRule : FieldRule;
}

/// <summary>A whole number within bounds.</summary>
internal sealed record NumberRule(long Least, long Most) : FieldRule
{
    /// <inheritdoc />
    public override FieldProblem? Wrong(string text) =>
        !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new FieldProblem(FieldFault.NotNumber)
        : number < Least || number > Most ? new FieldProblem(FieldFault.OutOfRange, Least, Most)
        : null;
}

/// <summary>IP addresses, so many of them.</summary>
internal sealed record AddressesRule(int Count) : FieldRule
{
    /// <inheritdoc />
    public override FieldProblem? Wrong(string text) => IsAddress(text) ? null : new FieldProblem(FieldFault.NotAddress, text);

    /// <inheritdoc />
    public override FieldProblem? Wrong(IReadOnlyList<string> items) => base.Wrong(items) ?? (items.Count == Count ? null : new FieldProblem(FieldFault.ItemCount, Count));

    /// <summary>Written out whole: 8.8 is an address to .NET.</summary>
    private static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text);
}

/// <summary>A URL of some kinds.</summary>
/// <param name="Schemes">The kinds.</param>
internal sealed record UrlRule(params string[] Schemes) : FieldRule
{
    /// <inheritdoc />
    public override FieldProblem? Wrong(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 || text.Any(char.IsWhiteSpace) ? new FieldProblem(FieldFault.NotUrl, Words)
        : !Schemes.Contains(url.Scheme, StringComparer.Ordinal) ? new FieldProblem(FieldFault.Scheme, Words)
        : null;

    private string Words => string.Join(", ", Schemes.Select(scheme => scheme + "://"));
}

/// <summary>An origin that may ask from a browser: a scheme, a host and a port; or any.</summary>
internal sealed record OriginRule : FieldRule
{
    /// <inheritdoc />
    public override FieldProblem? Wrong(string text) =>
        text == "*" ? null
        : !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0 ? new FieldProblem(FieldFault.NotUrl, "http://, https://")
        : url.PathAndQuery != "/" || text.EndsWith('/') || url.Fragment.Length > 0 || url.UserInfo.Length > 0 ? new FieldProblem(FieldFault.NotOrigin)
        : null;
}

/// <summary>A JSON pointer (RFC 6901).</summary>
internal sealed record PointerRule : FieldRule
{
    /// <inheritdoc />
    public override FieldProblem? Wrong(string text) =>
        text.StartsWith('/') && !text.Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal).Contains('~', StringComparison.Ordinal)
            ? null
            : new FieldProblem(FieldFault.NotPointer);
}

/// <summary>A format of the binary parser, or the name of one that the vendor knows.</summary>
internal sealed record BinaryFormatRule : FieldRule
{
    /// <inheritdoc />
    public override FieldProblem? Wrong(string text) => BinaryParserFormat.Parse(text).Problems is [var problem, ..] ? new FieldProblem(FieldFault.NotFormat, problem.Field) : null;
}
