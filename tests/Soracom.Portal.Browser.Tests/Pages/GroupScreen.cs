using Microsoft.Playwright;
using Soracom.Api;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Features.Groups;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>The page of one group.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class GroupScreen(Visitor visitor)
{
    /// <summary>Refrigeration, with metadata, user data and a Beam entry point.</summary>
    public const string Fridges = "2aef992b-e542-48ae-92e0-0255045268b7";

    public ILocator UserData => visitor.Page.GetByLabel(visitor.Words["Setting.SoracomAir.userdata"], new() { Exact = true });

    public ILocator ReadOnly => visitor.Page.GetByLabel(visitor.Words["Setting.SoracomAir.metadata.readonly"], new() { Exact = true });

    public ILocator Parser => visitor.Page.GetByLabel(visitor.Words["Setting.SoracomAir.binaryParserEnabled"], new() { Exact = true });

    public ILocator Format => visitor.Page.GetByLabel(visitor.Words["Setting.SoracomAir.binaryParserFormat"], new() { Exact = true });

    public ILocator Sample => visitor.Page.GetByLabel(visitor.Words["Parser.Sample"], new() { Exact = true });

    /// <summary>Name of a key without a field, to be added.</summary>
    public ILocator OtherKey => visitor.Page.GetByLabel(visitor.Words["OtherKeys.Name"], new() { Exact = true });

    /// <summary>Its value.</summary>
    public ILocator OtherValue => visitor.Page.GetByLabel(visitor.Words["OtherKeys.Value"], new() { Exact = true });

    public ILocator AddOther => visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["OtherKeys.Add"] });

    /// <summary>The namespace as JSON.</summary>
    public ILocator Json => visitor.Page.Locator("#space-json");

    public ILocator Review => visitor.Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words["GroupDraft.Review"] });

    public ILocator Write => visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["GroupReview.Write"] });

    /// <summary>What is told after writing.</summary>
    public ILocator Done => visitor.Page.GetByText(visitor.Words["GroupOutcome.Done"]);

    public static string At(GroupView? view = null) => PortalUrls.Group("aoba", SoracomCoverage.Japan, Fridges, view);

    public ILocator Tab(string name) => visitor.Page.Locator("nav.tabs").GetByRole(AriaRole.Link, new() { Name = visitor.Words[$"GroupTab.{name}"] });

    /// <summary>A line of a difference.</summary>
    public ILocator Row(string key) => visitor.Page.Locator(".diff .row").Filter(new() { HasText = key });

    /// <summary>Types user data, and waits until the draft is kept.</summary>
    public async Task TypeUserDataAsync(string text)
    {
        await UserData.FillAsync(text);
        await UserData.BlurAsync();
        await Assertions.Expect(Review).ToBeVisibleAsync();
    }

    /// <summary>Writes the draft, and says yes to the question.</summary>
    public async Task WriteAsync()
    {
        await Write.ClickAsync();
        await new Dialog(visitor).AnswerAsync(visitor.Words["GroupReview.Write"]);
    }
}
