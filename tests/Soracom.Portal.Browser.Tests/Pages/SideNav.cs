using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>The navigation beside every page of a tenant.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class SideNav(Visitor visitor)
{
    private ILocator Nav => visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = visitor.Words["Nav.Label"] });

    public ILocator Links => Nav.GetByRole(AriaRole.Link);

    /// <summary>Opens the palette.</summary>
    public ILocator Palette => visitor.Page.Locator("#side").GetByRole(AriaRole.Button, new() { Name = visitor.Words["Palette.Open"] });

    /// <summary>Signs out. The page lets go of its circuit first, so a script's answer that is still on its way finds none.</summary>
    public Task SignOutAsync()
    {
        visitor.Expect("The circuit associated with this dispatcher is no longer available");
        return visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["SignOut"] }).ClickAsync();
    }

    /// <summary>The link to a page.</summary>
    /// <param name="page">Sims, Members and so on.</param>
    public ILocator Link(string page) => Nav.GetByRole(AriaRole.Link, new() { Name = visitor.Words[$"Nav.{page}"], Exact = true });
}
