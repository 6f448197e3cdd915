using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>Who belongs to a tenant.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class MembersPage(Visitor visitor)
{
    public ILocator Rows => visitor.Page.Locator("tr[data-person]");

    /// <summary>What was done, or could not be done.</summary>
    public ILocator Said => visitor.Page.Locator(".notice");

    public ILocator Row(string name) => Rows.Filter(new() { HasText = name });

    public ILocator RoleOf(string name) => visitor.Page.GetByRole(AriaRole.Combobox, new() { Name = visitor.Words["Members.RoleOf", name] });

    /// <summary>Chooses a role for somebody and asks to change it; a dialog asks back.</summary>
    public async Task ChangeAsync(string name, string role)
    {
        await RoleOf(name).SelectOptionAsync(new SelectOptionValue { Label = role });
        await Row(name).GetByRole(AriaRole.Button, new() { Name = visitor.Words["Members.Change"] }).ClickAsync();
    }

    /// <summary>Asks to remove somebody; a dialog asks back.</summary>
    public Task RemoveAsync(string name) => Row(name).GetByRole(AriaRole.Button, new() { Name = visitor.Words["Members.Remove"] }).ClickAsync();
}
