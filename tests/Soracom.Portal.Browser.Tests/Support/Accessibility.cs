using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>What would keep somebody from using a page.</summary>
internal static class Accessibility
{
    /// <summary>The serious and critical findings of axe on the page, one line each.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(this Visitor visitor)
    {
        var result = await visitor.Page.RunAxe();
        return
        [
            .. from finding in result.Violations
               where finding.Impact is "serious" or "critical"
               from node in finding.Nodes
               select $"{visitor.Location} ({visitor.Look.Name}): {finding.Id}: {Explain(node)}",
        ];
    }

    /// <summary>How many pixels of the page lie beyond the window's side.</summary>
    public static Task<int> SidewaysAsync(this Visitor visitor) =>
        visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    private static string Explain(AxeResultNode node) => $"{node.Html} {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}";
}
