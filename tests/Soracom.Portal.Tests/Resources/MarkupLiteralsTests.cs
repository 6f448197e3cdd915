using System.Collections.Frozen;

namespace Soracom.Portal.Tests.Resources;

/// <summary>What pages say is in the resources, in both languages: nothing is written into the markup.</summary>
public sealed class MarkupLiteralsTests
{
    /// <summary>What may stand there, as it is the same in every language, each with the reason.</summary>
    private static readonly FrozenDictionary<string, string> Allowed = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["title=B"] = "unit: bytes",
        ["English"] = "a language is named in itself",
        ["日本語"] = "a language is named in itself",
        ["OpenCelliD"] = "name of a source of data, which has to be named",
        ["CC BY-SA 4.0"] = "name of a licence",
        ["Label=TLS"] = "name of a protocol",
        ["· TLS"] = "name of a protocol",
        ["JSON"] = "name of a format",
        ["Hex"] = "name of a format",
        ["Base64"] = "name of a format",
        ["SHA-256"] = "name of an algorithm",
        ["placeholder=Content-Type: application/json"] = "an example, of HTTP",
        ["placeholder=X-Device"] = "an example, of HTTP",
        ["placeholder=true"] = "an example, of JSON",
        ["placeholder=sensors"] = "an example, of a path",
        ["placeholder=OPS-[0-9]+"] = "an example, of a regular expression",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    [Fact]
    public void Markup_HasNoWordsOfItsOwn()
    {
        var found = (
            from file in Repository.Files("src/Soracom.Portal", ".razor")
            from words in Read(file)
            select (Words: words, File: Path.GetFileName(file))).ToList();

        Assert.Empty(found.Where(literal => !Allowed.ContainsKey(literal.Words)).Select(literal => $"{literal.File}: {literal.Words}"));
        Assert.Empty(Allowed.Keys.Except(found.Select(literal => literal.Words)));
    }

    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("<p>@L[\"Hello\"]</p>", "")]
    [InlineData("<p>@count SIMs</p>", "SIMs")]
    [InlineData("<p>@L[\"A\", Of<int>(x)[0]!.Name?.Length] of @(a ? \"b\" : \"c\").</p>", "of")]
    [InlineData("<p title=\"Close it\" class=\"big\">1</p>", "title=Close it")]
    [InlineData("<p title=\"@L[\"Close\"] it\">1</p>", "title=it")]
    [InlineData("<button aria-label='Close'></button>", "aria-label=Close")]
    [InlineData("<Fact Label=\"Name\" Value=\"name\" />", "Label=Name")]
    [InlineData("<Notice Title=\"@L[\"A.Title\"]\" Heading=\"true\"><p>&rarr; &nbsp;–</p></Notice>", "")]
    [InlineData("@if (a < b && c == \"}\")\n{\n    <p>One</p>\n}\nelse\n{\n    <br />\n    @:Two @x\n}\nThree", "One|Two|Three")]
    [InlineData("@foreach (var x in Of<string>(y))\n{\n    var z = x is { Length: > 0 } ? $\"{x[\"}\"]} no\" : \"no\";\n    @foreach (var q in z)\n    {\n        <text>yes @q</text>\n    }\n}", "yes")]
    [InlineData("@switch (kind)\n{\n    case Kind.A:\n        <p>A</p>\n        break;\n    default:\n        <p>@b</p>\n        break;\n}", "A")]
    [InlineData("@* Not this *@<!-- nor this --><code>nor that</code><style>p { color: red }</style>", "")]
    [InlineData("@page \"/here\"\n@inject Words W\n@using Some.Thing\n<input @onclick=\"() => Go(1)\" placeholder=\"Name\"><p>a@@b</p>", "placeholder=Name|a@b")]
    [InlineData("<List Template=\"@(x => @<b>Bold @x</b>)\" />@{ var y = 1; <i>Slanted</i> }", "Bold|Slanted")]
    [InlineData("<p>漢字</p>", "漢字")]
    [InlineData("<p>12 % · 3 – 4</p>", "")]
    public void In_GivesWhatIsWrittenIntoTheMarkup(string source, string words) => Assert.Equal(words, string.Join('|', MarkupLiterals.In(source)));

    [Theory]
    [InlineData("<p>Never closed")]
    [InlineData("<p></q>")]
    [InlineData("@if (x)\n{\n <p></p>")]
    [InlineData("<p title=\"@L[\"x\"></p>")]
    public void In_MarkupThatIsNotUnderstood_SaysSo(string source) => Assert.Throws<FormatException>(() => MarkupLiterals.In(source));

    private static IReadOnlyList<string> Read(string file)
    {
        try
        {
            return MarkupLiterals.In(File.ReadAllText(file));
        }
        catch (FormatException error)
        {
            throw new FormatException($"{Path.GetFileName(file)}: {error.Message}", error);
        }
    }
}
