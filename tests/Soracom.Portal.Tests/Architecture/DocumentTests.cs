using System.Text.RegularExpressions;

namespace Soracom.Portal.Tests.Architecture;

/// <summary>What README and docs name is there.</summary>
public sealed partial class DocumentTests
{
    /// <summary>Folders that documents name paths from; the first is the root.</summary>
    private static readonly string[] Bases = ["", "src", "src/Soracom.Portal", "tests", "tests/Soracom.Api.Tests", "src/Soracom.Sandbox"];

    /// <summary>What only a run makes.</summary>
    private static readonly string[] Made = ["src/Soracom.Portal/App_Data"];

    public static TheoryData<string> Documents =>
        [.. Repository.Files("docs", ".md").Prepend(Repository.PathOf("README.md")).Select(file => Path.GetRelativePath(Repository.PathOf(string.Empty), file))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Paths_EachIsThere(string document)
    {
        var named = CodePath().Matches(Text(document)).Select(match => match.Groups["path"].Value).Except(Made, StringComparer.Ordinal);

        Assert.DoesNotContain(named, path => !Array.Exists(Bases, folder => Path.Exists(Repository.PathOf(Path.Combine(folder, path)))));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_EachLeadsSomewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;

        Assert.DoesNotContain(Link().Matches(Text(document)).Select(match => match.Groups["path"].Value), path => !Path.Exists(Path.Combine(folder, path)));
    }

    /// <summary>The table at the beginning counts what the rows say.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void VerificationStandard_TotalsAreThoseOfItsRows(string level)
    {
        var text = Text("docs/security/asvs.md");
        var states = VerificationRow().Matches(text).Where(row => row.Groups["level"].Value == level).Select(row => row.Groups["state"].Value).ToList();
        int[] counted = [.. ((string[])["met", "**not yet**", "operator", "n/a"]).Select(state => states.Count(one => one == state)), states.Count];

        Assert.NotEmpty(states);
        Assert.Contains($"| level {level} | {string.Join(" | ", counted)} |", text, StringComparison.Ordinal);
    }

    private static string Text(string document) => File.ReadAllText(Repository.PathOf(document));

    /// <summary>A path in code style: words with a slash between them or at the end, and none before them.</summary>
    [GeneratedRegex(@"`(?<path>[\w.-]+/([\w.-]+/)*[\w.-]*)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodePath();

    /// <summary>Number, level, what is asked for, state.</summary>
    [GeneratedRegex(@"^\| \d+\.\d+\.\d+ \| (?<level>\d) \| [^|]* \| (?<state>[^|]*) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex VerificationRow();

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
