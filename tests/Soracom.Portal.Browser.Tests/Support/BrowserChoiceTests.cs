namespace Soracom.Portal.Browser.Tests.Support;

public sealed class BrowserChoiceTests
{
    [Fact]
    public void Choice_TheVariableNamesABrowser_ItIsTaken()
    {
        var choice = Make(there: ["/opt/mine", "/usr/bin/chromium"], (BrowserChoice.ExecutableVariable, "/opt/mine"));

        Assert.Equal("/opt/mine", choice.Executable);
    }

    [Fact]
    public void Choice_TheVariableNamesWhatIsNotThere_NoOtherIsTaken()
    {
        var choice = Make(there: ["/usr/bin/chromium"], (BrowserChoice.ExecutableVariable, "/opt/mine"));

        Assert.Null(choice.Executable);
        Assert.Contains("/opt/mine", choice.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/usr/bin/chromium")]
    [InlineData("/usr/bin/google-chrome")]
    [InlineData("/usr/bin/microsoft-edge")]
    public void Choice_ABrowserInAUsualPlace_IsFound(string place) =>
        Assert.Equal(place, Make(there: [place]).Executable);

    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("true", true)]
    public void Choice_NoBrowser_SaysHowToGetOne_AndFailsWhereOneIsRequired(string? variable, bool required)
    {
        var choice = Make(there: [], (BrowserChoice.RequireVariable, variable));

        Assert.Null(choice.Executable);
        Assert.Contains("apt-get install chromium", choice.Explanation, StringComparison.Ordinal);
        Assert.Equal(required, choice.Required);
    }

    private static BrowserChoice Make(string[] there, params (string Name, string? Value)[] variables) => BrowserChoice.Make(
        name => variables.FirstOrDefault(variable => variable.Name == name).Value,
        there.Contains);
}
