using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>The accounts that one may enter.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class TenantsPage(Visitor visitor)
{
    public ILocator Heading => visitor.Page.GetByRole(AriaRole.Heading, new() { Name = visitor.Words["Tenants.Title"], Level = 1 });

    public ILocator Names => visitor.Page.GetByRole(AriaRole.Main).Locator("td a.strong");

    public ILocator Tenant(string name) => Names.Filter(new() { HasText = name });
}
