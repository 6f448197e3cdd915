using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Query;

/// <summary>
/// What a call of searchSims asks for. Every value given, of whatever parameter, is one condition; <c>search_type</c> says
/// whether a SIM must meet all of them or any. Several values of one parameter are several conditions, so with "and" a SIM
/// has to match each of them. No condition finds everything.
/// </summary>
internal sealed class SimSearch
{
    private const int ShortestValue = 2;

    private readonly (SearchField Field, byte[] Pattern)[] conditions;
    private readonly bool any;

    private SimSearch((SearchField Field, byte[] Pattern)[] conditions, bool any)
    {
        this.conditions = conditions;
        this.any = any;
    }

    /// <exception cref="VendorException">A value is too short or not of its set.</exception>
    public static SimSearch Parse(QueryValues query, UndocumentedAnswers undocumented)
    {
        var matchAny = query.Choice("search_type", "and", "and", "or") == "or";
        return new SimSearch([.. SearchFields.All.SelectMany(field => Conditions(field, query, undocumented))], matchAny);
    }

    /// <summary>Sets the bits of the SIMs that match, of <paramref name="count"/> whose columns <paramref name="column"/> gives.</summary>
    public void Match(Func<SearchField, SearchColumn> column, Span<ulong> hits, int count)
    {
        Span<ulong> one = stackalloc ulong[hits.Length];
        if (any && conditions.Length > 0)
        {
            foreach (var (field, pattern) in conditions)
            {
                column(field).Match(pattern, hits);
            }

            return;
        }

        SetFirst(hits, count);
        foreach (var (field, pattern) in conditions)
        {
            if (!hits.ContainsAnyExcept(0UL))
            {
                return;
            }

            one.Clear();
            column(field).Match(pattern, one);
            for (var i = 0; i < hits.Length; i++)
            {
                hits[i] &= one[i];
            }
        }
    }

    private static IEnumerable<(SearchField Field, byte[] Pattern)> Conditions(SearchField field, QueryValues query, UndocumentedAnswers undocumented)
    {
        var whole = field.Match == SearchMatch.Whole || (field.Match == SearchMatch.Enumeration && !undocumented.SearchMatchesPartsOfEnumerations);
        return Values(field, query).Select(value => (field, SearchColumn.Pattern(value, whole)));
    }

    private static IEnumerable<string> Values(SearchField field, QueryValues query)
    {
        if (field == SearchFields.Session)
        {
            return query.Choice(field.Parameter, "NA", "NA", "ONLINE", "OFFLINE") switch
            {
                "ONLINE" => [SearchFields.Online],
                "OFFLINE" => [SearchFields.Offline],
                _ => [],
            };
        }

        string[] values = [.. query.List(field.Parameter)];
        return values.All(value => value.Length >= ShortestValue)
            ? values
            : throw new VendorException(VendorErrors.TooShort, field.Parameter, $"{ShortestValue}");
    }

    private static void SetFirst(Span<ulong> bits, int count)
    {
        bits[..(count / 64)].Fill(ulong.MaxValue);
        if (count % 64 != 0)
        {
            bits[count / 64] = (1UL << (count % 64)) - 1;
        }
    }
}
