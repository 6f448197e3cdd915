using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>What can be done with a SIM, on its page.</summary>
/// <param name="visitor">Who does it.</param>
internal sealed class SimActions(Visitor visitor)
{
    public ILocator Menu => visitor.Page.Locator("details.acts");

    public ILocator Form => visitor.Page.GetByRole(AriaRole.Dialog).Locator("form");

    /// <summary>The submit button of the dialog.</summary>
    public ILocator Yes => Form.Locator("button[type=submit]");

    /// <summary>The entry of an act in the menu.</summary>
    public ILocator Entry(string act) => Menu.GetByRole(AriaRole.Button, new() { Name = visitor.Words[act], Exact = true });

    /// <summary>Opens the menu, unless it is open, and chooses an act.</summary>
    public async Task ChooseAsync(string act)
    {
        await OpenAsync();
        await Entry(act).ClickAsync();
    }

    /// <summary>Opens the menu.</summary>
    public async Task OpenAsync()
    {
        if (await Menu.GetAttributeAsync("open") is null)
        {
            await Menu.Locator("summary").ClickAsync();
        }
    }
}
