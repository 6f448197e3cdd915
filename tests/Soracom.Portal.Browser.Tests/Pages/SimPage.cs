using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>One SIM.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class SimPage(Visitor visitor)
{
    public ILocator Heading => visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Profiles => visitor.Page.GetByRole(AriaRole.Region, new() { Name = visitor.Words["Profiles.Title"] }).First;

    /// <summary>A card by its heading.</summary>
    public ILocator Card(string title) => visitor.Page.Locator("section.card").Filter(new() { Has = visitor.Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }) });
}
