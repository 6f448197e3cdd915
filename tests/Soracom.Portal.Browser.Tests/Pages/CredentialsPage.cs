using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>A tenant's credentials.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class CredentialsPage(Visitor visitor)
{
    /// <summary>What was done, or could not be done.</summary>
    public ILocator Said => visitor.Page.Locator(".notice");

    /// <summary>The card of a coverage.</summary>
    /// <param name="coverage">jp or g.</param>
    public ILocator Card(string coverage) => visitor.Page.Locator($"[data-coverage={coverage}]");

    /// <summary>Opens a card's form, fills it with an AuthKey and sends it.</summary>
    public async Task StoreAsync(string coverage, string authKeyId, string authKey)
    {
        var card = Card(coverage);
        await card.GetByRole(AriaRole.Button, new() { Name = visitor.Words["FirstRun.Store"] }).ClickAsync();
        await card.GetByLabel(visitor.Words["CredentialKind.AuthKey.Name"]).FillAsync(authKeyId);
        await card.GetByLabel(visitor.Words["CredentialKind.AuthKey.Secret"]).FillAsync(authKey);
        await card.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Credentials.Store"] }).ClickAsync();
    }

    /// <summary>A button of a card.</summary>
    /// <param name="coverage">jp or g.</param>
    /// <param name="action">Test, Replace or Delete.</param>
    public ILocator Button(string coverage, string action) => Card(coverage).GetByRole(AriaRole.Button, new() { Name = visitor.Words[$"Credentials.{action}"], Exact = true });
}
