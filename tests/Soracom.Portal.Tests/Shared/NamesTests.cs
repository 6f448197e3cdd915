using Bunit;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Shared;

/// <summary>Names as others gave them: seen, in one line, within bounds, and without power over the writing around them.</summary>
public sealed class NamesTests : IDisposable
{
    private readonly ComponentScene circuit = new();

    public void Dispose() => circuit.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\u3000\u00A0")]
    [InlineData("\u200B\u200D\uFEFF")]
    [InlineData("\u202E\u2066")]
    [InlineData("\u3164\u2800\uFE0F")]
    public void Blank_IsWhatNobodyCanSee_AndIsCalledUnnamed(string? name)
    {
        Assert.True(Names.IsBlank(name));
        Assert.Equal("Unnamed", Open(name).Find(".muted").TextContent);
        Assert.Equal("–", Names.InText(name));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("冷蔵庫")]
    [InlineData("\u200Bx")]
    [InlineData("👩‍🌾")]
    public void Name_ThatCanBeSeen_IsShownAsItIs(string name)
    {
        Assert.False(Names.IsBlank(name));
        Assert.Equal(name, Open(name).Find("bdi").TextContent);
    }

    [Fact]
    public void Blank_InJapanese_HasAWordToo()
    {
        using var speaking = new Speaking("ja");

        Assert.Equal("名前なし", Open(string.Empty).Find(".muted").TextContent);
    }

    [Fact]
    public void Plain_IsOneLineWithoutMarksThatForceADirection() =>
        Assert.Equal("a b c d gpj.exe", Names.Plain("a\nb\tc\u2028d \u202Egpj\u202C.exe\u2069"));

    [Fact]
    public void LongName_IsCutAndWholeOnHover()
    {
        var name = new string('x', 10_000);

        var shown = Open(name).Find("bdi");

        Assert.Equal(new string('x', Names.MostShown) + "…", shown.TextContent);
        Assert.Equal(name, shown.GetAttribute("title"));
    }

    [Fact]
    public void LongName_IsNotCutWithinACharacter() =>
        Assert.Equal(new string('x', Names.MostShown - 1) + "…", Names.Shortened(new string('x', Names.MostShown - 1) + "😀"));

    [Theory]
    [InlineData("Yui", "Yui")]
    [InlineData("שלום", "\u2068שלום\u2069")]
    [InlineData("\u200FYui\u2069", "\u2068\u200FYui\u2069")]
    public void InText_StandsApartWhereItRunsFromRightToLeft(string name, string expected) => Assert.Equal(expected, Names.InText(name));

    [Theory]
    [InlineData("", "abc")]
    [InlineData("B", "a[b]c")]
    [InlineData("ab,b", "[ab]c")]
    [InlineData("c,a", "[a]b[c]")]
    [InlineData("abcd", "abc")]
    public void Marked_ShowsWhereTheTextHoldsWhatWasSearchedFor(string terms, string expected)
    {
        var marked = circuit.Render<Marked>(parameters => parameters.Add(text => text.Value, "abc").Add(text => text.Terms, terms.Split(',')));

        Assert.Equal(expected, marked.Markup.Replace("<mark>", "[", StringComparison.Ordinal).Replace("</mark>", "]", StringComparison.Ordinal));
    }

    private IRenderedComponent<NameText> Open(string? name) => circuit.Render<NameText>(parameters => parameters.Add(text => text.Value, name));
}
