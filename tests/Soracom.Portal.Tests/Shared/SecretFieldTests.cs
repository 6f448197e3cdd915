using Bunit;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Tests.Shared;

public sealed class SecretFieldTests : IDisposable
{
    private const string Secret = "secret-hunter2";

    private readonly ComponentScene circuit = new();
    private readonly List<string> told = [];

    public void Dispose() => circuit.Dispose();

    [Fact]
    public void Type_TellsWhatWasTyped_AndPutsNothingOfItIntoThePage()
    {
        var field = Open(string.Empty);

        field.Act(it => it.Find("input").Change(Secret));
        field.Render(parameters => parameters.Add(secret => secret.Value, Secret));

        Assert.Equal([Secret], told);
        Assert.DoesNotContain(Secret, field.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Field_IsAPasswordThatBrowsersDoNotFillIn()
    {
        var field = Open(Secret);
        var input = field.Find("input");

        Assert.Equal(("password", "new-password", null), (input.GetAttribute("type"), input.GetAttribute("autocomplete"), input.GetAttribute("value")));
        Assert.Equal(input.Id, field.Find("label").GetAttribute("for"));
    }

    private IRenderedComponent<SecretField> Open(string value) => circuit.Render<SecretField>(parameters => parameters
        .Add(secret => secret.Id, "one")
        .Add(secret => secret.Label, "AuthKey")
        .Add(secret => secret.Value, value)
        .Add(secret => secret.ValueChanged, told.Add));
}
