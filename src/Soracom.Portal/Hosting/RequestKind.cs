namespace Soracom.Portal.Hosting;

/// <summary>Who asks: a person's browser, or a program.</summary>
internal static class RequestKind
{
    /// <summary>Whether the request names HTML as what it takes; a program that takes anything does not.</summary>
    /// <param name="context">The request.</param>
    public static bool AsksForAPage(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.GetTypedHeaders().Accept.Any(type => type.MatchesMediaType("text/html") && !type.MatchesAllTypes);
    }
}
