using System.Text;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>Tags in one cell, as people write them: key=value; key=value. What would be taken for more than it is stands in quotes, doubled within.</summary>
internal static class TagsText
{
    private const char Quote = '"', Equal = '=', End = ';';

    /// <summary>Writes tags.</summary>
    public static string Format(IEnumerable<KeyValuePair<string, string>> tags) => string.Join("; ", tags.Select(tag => $"{Part(tag.Key, isKey: true)}={Part(tag.Value, isKey: false)}"));

    /// <summary>Reads tags; null where the text is none, or names a key twice.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = Skip(text, 0); at < text.Length; at = Skip(text, at))
        {
            if (Read(text, ref at, Equal) is not { Length: > 0 } key || Read(text, ref at, End) is not { } value || !tags.TryAdd(key, value))
            {
                return null;
            }
        }

        return tags;
    }

    private static string Part(string text, bool isKey) =>
        text.AsSpan().IndexOfAny(Quote, End) >= 0 || (isKey && (text.Length == 0 || text.Contains(Equal, StringComparison.Ordinal))) || text.AsSpan().Trim().Length < text.Length
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;

    /// <summary>Reads up to a mark and past it; null where something else ends it.</summary>
    private static string? Read(string text, ref int at, char mark)
    {
        at = Skip(text, at);
        if (at < text.Length && text[at] == Quote)
        {
            return Quoted(text, ref at, mark);
        }

        var length = text.AsSpan(at).IndexOfAny(mark, End);
        var part = (length < 0 ? text[at..] : text.Substring(at, length)).Trim();
        at += length < 0 ? text.Length - at : length;
        if (at == text.Length)
        {
            return mark == End ? part : null;
        }

        return text[at++] == mark ? part : null;
    }

    private static string? Quoted(string text, ref int at, char mark)
    {
        var part = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != Quote)
            {
                part.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == Quote)
            {
                part.Append(Quote);
                at++;
            }
            else
            {
                at = Skip(text, at + 1);
                if (at == text.Length)
                {
                    return mark == End ? part.ToString() : null;
                }

                return text[at++] == mark ? part.ToString() : null;
            }
        }

        return null;
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
