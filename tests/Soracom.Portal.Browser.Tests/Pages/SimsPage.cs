using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>The search for SIMs.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class SimsPage(Visitor visitor)
{
    public ILocator Heading => visitor.Page.GetByRole(AriaRole.Heading, new() { Name = visitor.Words["Sims.Title"], Level = 1 });

    public ILocator SearchBox => visitor.Page.GetByRole(AriaRole.Searchbox, new() { Name = visitor.Words["Sims.Search"] });

    public ILocator Table => visitor.Page.GetByRole(AriaRole.Region, new() { Name = visitor.Words["Sims.Title"] });

    /// <summary>The rows with a SIM.</summary>
    public ILocator Rows => Table.Locator("tbody tr");

    /// <summary>The links to the SIMs' own pages.</summary>
    public ILocator Names => Rows.Locator("a.strong");

    public ILocator FirstPage => visitor.Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words["Page.First"] });

    public ILocator NextPage => visitor.Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words["Page.Next"] });

    public ILocator ClearFilters => visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Filter.Clear"] });

    public ILocator Row(string text) => Rows.Filter(new() { HasText = text });

    /// <summary>The heading of a notice that stands in place of the table.</summary>
    public ILocator Notice(string title) => visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Name = title, Level = 2, Exact = true });

    /// <summary>Unfolds a filter and ticks one of its values.</summary>
    public async Task FilterAsync(string filter, string value)
    {
        var menu = visitor.Page.Locator("details.filter").Filter(new() { Has = visitor.Page.GetByText(filter, new() { Exact = true }) });
        await menu.Locator("summary").ClickAsync();
        await menu.GetByRole(AriaRole.Checkbox, new() { Name = value, Exact = true }).CheckAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
    }
}
