namespace Soracom.Sandbox;

/// <summary>Patterns in which <c>*</c> stands for any run of characters; everything else, case included, is literal.</summary>
internal static class Wildcard
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
        {
            return pattern.SequenceEqual(text);
        }

        if (!text.StartsWith(pattern[..star], StringComparison.Ordinal))
        {
            return false;
        }

        // The part between two stars may be taken at its first occurrence: what follows only has more text left then.
        text = text[star..];
        pattern = pattern[(star + 1)..];
        while ((star = pattern.IndexOf('*')) >= 0)
        {
            var found = text.IndexOf(pattern[..star], StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            text = text[(found + star)..];
            pattern = pattern[(star + 1)..];
        }

        return text.EndsWith(pattern, StringComparison.Ordinal);
    }
}
