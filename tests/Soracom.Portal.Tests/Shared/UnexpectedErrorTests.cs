using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Tests.Shared;

public sealed class UnexpectedErrorTests : IDisposable
{
    private readonly LogCapture logs = new();
    private readonly ComponentScene circuit;

    public UnexpectedErrorTests() => circuit = new(services => services.AddLogging(logging => logging.AddProvider(logs)));

    public void Dispose() => circuit.Dispose();

    [Fact]
    public void View_IsAPageOfItsOwn_WithWaysOnAndTheIdThatTheLogKnows()
    {
        var view = circuit.Render<UnexpectedError>(parameters => parameters.Add(shown => shown.Error, new InvalidOperationException("the secret of the defect")));

        Assert.Equal("Something went wrong on our side", view.Find("h1").TextContent);
        Assert.Equal(["Load the page again", "Go to the start"], view.FindAll("a").Select(way => way.TextContent.Trim()));
        Assert.DoesNotContain("secret", view.Markup, StringComparison.Ordinal);
        Assert.Contains(view.Find("[data-copy]").GetAttribute("data-copy")!, logs.Everything, StringComparison.Ordinal);
    }
}
