namespace Soracom.Portal.Tests.Infra.Bicep;

/// <summary>Finds keys of objects among tokens.</summary>
internal static class BicepObject
{
    /// <summary>Whether the token at a place is the key of an object's entry, not the middle of <c>a ? b : c</c>.</summary>
    public static bool IsKey(IReadOnlyList<BicepToken> tokens, int place) =>
        tokens[place].Kind is BicepKind.Word or BicepKind.Text
        && place + 1 < tokens.Count && tokens[place + 1].Is(":")
        && (tokens[place].FirstOfLine || (place > 0 && (tokens[place - 1].Is("{") || tokens[place - 1].Is(","))));

    /// <summary>All keys, of objects in objects too, each with its value where that is one word, number or text.</summary>
    public static IEnumerable<(BicepToken Key, BicepToken? Value)> Entries(IReadOnlyList<BicepToken> tokens)
    {
        for (var place = 0; place < tokens.Count; place++)
        {
            if (IsKey(tokens, place))
            {
                var value = place + 2;
                var alone = value < tokens.Count && tokens[value].Kind != BicepKind.Sign && (value + 1 == tokens.Count || tokens[value + 1].FirstOfLine || tokens[value + 1].Is("}") || tokens[value + 1].Is(","));
                yield return (tokens[place], alone ? tokens[value] : null);
            }
        }
    }

    /// <summary>The keys of the object that is the value of a key, without those of objects in it.</summary>
    public static IReadOnlyList<string> KeysOf(IReadOnlyList<BicepToken> tokens, string key)
    {
        var begin = Enumerable.Range(0, tokens.Count).FirstOrDefault(place => IsKey(tokens, place) && tokens[place].Value == key, -1);
        var keys = new List<string>();
        var depth = 0;
        for (var place = begin + 2; begin >= 0 && place < tokens.Count; place++)
        {
            if (depth == 1 && IsKey(tokens, place))
            {
                keys.Add(tokens[place].Value);
            }

            depth += tokens[place].Is("{") || tokens[place].Is("[") || tokens[place].Is("(") ? 1 : tokens[place].Is("}") || tokens[place].Is("]") || tokens[place].Is(")") ? -1 : 0;
            if (depth == 0)
            {
                break;
            }
        }

        return keys;
    }
}
