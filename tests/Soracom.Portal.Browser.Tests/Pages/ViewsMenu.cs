using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>The saved views of the SIM list.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class ViewsMenu(Visitor visitor)
{
    /// <summary>Unfolds it, and tells which view is open.</summary>
    public ILocator Summary => visitor.Page.Locator("details.views > summary");

    /// <summary>What says that the view on the screen is not the one that was saved.</summary>
    public ILocator Changed => Summary.Locator(".changed");

    public ILocator Panel => visitor.Page.Locator("details.views > .panel");

    public ILocator SaveAs => Panel.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Views.Add"] });

    public ILocator Save(string name) => Panel.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Views.Save", name] });

    public ILocator Link(string name) => Panel.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Edit(string name) => Panel.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Views.Edit", name] });

    /// <summary>The name in the form.</summary>
    public ILocator Name => new Dialog(visitor).Box.GetByLabel(visitor.Words["Views.Name"]);

    /// <summary>Whether to share it, in the form.</summary>
    public ILocator Share => new Dialog(visitor).Box.GetByRole(AriaRole.Checkbox);

    /// <summary>Saves what is on the screen.</summary>
    public async Task SaveAsAsync(string name, bool shared)
    {
        await Summary.ClickAsync();
        await SaveAs.ClickAsync();
        await Name.FillAsync(name);
        if (shared)
        {
            await Share.CheckAsync();
        }

        await new Dialog(visitor).AnswerAsync(visitor.Words["Views.SaveIt"]);
        await Assertions.Expect(Summary).ToContainTextAsync(name);
    }
}
