using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>The question before something that can't be undone.</summary>
/// <param name="visitor">Who is asked.</param>
internal sealed class Dialog(Visitor visitor)
{
    public ILocator Box => visitor.Page.GetByRole(AriaRole.Dialog);

    public Task AnswerAsync(string word) => Box.GetByRole(AriaRole.Button, new() { Name = word, Exact = true }).ClickAsync();
}
