using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>The search for SIMs.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class SimsPage(Visitor visitor)
{
    public ILocator Heading => visitor.Page.GetByRole(AriaRole.Heading, new() { Name = visitor.Words["Sims.Title"], Level = 1 });

    public ILocator SearchBox => visitor.Page.GetByRole(AriaRole.Searchbox, new() { Name = visitor.Words["Sims.Search"] });

    /// <summary>The list: one stop of the keyboard.</summary>
    public ILocator Table => visitor.Page.GetByRole(AriaRole.Grid, new() { Name = visitor.Words["Sims.Title"] });

    /// <summary>The rows that are drawn and there; those in outline are none.</summary>
    public ILocator Rows => Table.Locator("[data-row]:has(a.strong)");

    /// <summary>The row that the keyboard stands on.</summary>
    public ILocator ActiveRow => Table.Locator("[data-row].active");

    /// <summary>The box that selects a row, counted from 0.</summary>
    public ILocator Pick(int row) => Table.Locator($"[data-row='{row.ToString(CultureInfo.InvariantCulture)}']").GetByRole(AriaRole.Checkbox);

    /// <summary>What is said of the selection.</summary>
    public ILocator Selected => visitor.Page.Locator(".selected");

    /// <summary>The links to the SIMs' own pages.</summary>
    public ILocator Names => Rows.Locator("a.strong");

    public ILocator ClearFilters => visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Filter.Clear"] });

    public ILocator Row(string text) => Rows.Filter(new() { HasText = text });

    /// <summary>The heading of a notice that stands in place of the table.</summary>
    public ILocator Notice(string title) => visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Name = title, Level = 2, Exact = true });

    /// <summary>Waits until the list holds so many SIMs, drawn or not.</summary>
    public Task HoldsAsync(int sims, float? timeout = null) =>
        Assertions.Expect(Table).ToHaveAttributeAsync("aria-rowcount", (sims + 1).ToString(CultureInfo.InvariantCulture), new() { Timeout = timeout });

    /// <summary>Unfolds a filter and ticks one of its values.</summary>
    public async Task FilterAsync(string filter, string value)
    {
        var menu = visitor.Page.Locator("details.filter").Filter(new() { Has = visitor.Page.GetByText(filter, new() { Exact = true }) });
        await menu.Locator("summary").ClickAsync();
        await menu.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex($"^{Regex.Escape(value)}( [0-9,]+)?$", RegexOptions.None, TimeSpan.FromSeconds(1)) }).CheckAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
    }
}
