using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>Where people sign in.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class SignInPage(Visitor visitor)
{
    public ILocator Heading => visitor.Page.GetByRole(AriaRole.Heading, new() { Name = visitor.Words["SignIn.Title"], Exact = true });

    /// <summary>The button of a demo account, found by what it says of itself.</summary>
    public ILocator Account(string key) => visitor.Page.GetByRole(AriaRole.Button).Filter(new() { HasText = visitor.Words[$"Demo.{key}"] });

    public Task ChooseAsync(string key) => Account(key).ClickAsync();
}
