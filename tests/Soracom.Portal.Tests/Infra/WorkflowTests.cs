using System.Text.RegularExpressions;

namespace Soracom.Portal.Tests.Infra;

/// <summary>Workflows run pinned actions with the least rights, and let no secret or foreign text into a shell.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows => [.. Directory.EnumerateFiles(Repository.PathOf(".github/workflows"), "*.yml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Workflow_IsSafe(string workflow) => Assert.Empty(Problems(Text(workflow)));

    [Theory]
    [InlineData("      - uses: actions/checkout@v4", "not pinned")]
    [InlineData("      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "not pinned")]
    [InlineData("      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b # v7.0.1", "not pinned")]
    [InlineData("    permissions: write-all", "rights")]
    [InlineData("      contents: write", "rights")]
    [InlineData("      - run: echo ${{ secrets.TOKEN }}", "secret")]
    [InlineData("      - run: env | base64", "secret")]
    [InlineData("      - run: echo ${{ github.event.pull_request.title }}", "foreign")]
    [InlineData("  pull_request_target:", "foreign")]
    public void UnsafeLine_IsFound(string line, string expected) =>
        Assert.Contains(expected, Assert.Single(Problems($"on: push\npermissions:\n  contents: read\njobs:\n{line}\n")), StringComparison.Ordinal);

    [Theory]
    [InlineData("on: push\njobs:\n")]
    [InlineData("on: push\npermissions:\n  contents: read\n  packages: read\njobs:\n")]
    public void RightsAtTheTop_HaveToBeTheLeast(string text) => Assert.Contains("top", Assert.Single(Problems(text)), StringComparison.Ordinal);

    [Fact]
    public void Checkouts_LeaveNoCredentialBehind()
    {
        var texts = Workflows.Select(row => Text(row.Data)).ToList();

        Assert.Equal(texts.Sum(text => Count(text, "uses: actions/checkout@")), texts.Sum(text => Count(text, "persist-credentials: false")));
    }

    [Fact]
    public void Action_IsPinnedToOneVersionEverywhere()
    {
        var pins = Workflows.SelectMany(row => Pinned().Matches(Text(row.Data))).Select(match => (Action: match.Groups["action"].Value, Pin: match.Groups["pin"].Value)).Distinct().ToList();

        Assert.Equal(pins.Select(pin => pin.Action).Distinct(StringComparer.Ordinal), pins.Select(pin => pin.Action));
    }

    [Fact]
    public void Build_RunsWhatEveryChangeHasToPass_OnTheCompleteFeed()
    {
        var build = Text("build.yml");

        Assert.Contains("run: .ci/run", build, StringComparison.Ordinal);
        Assert.Contains("CompleteFeed: 'true'", build, StringComparison.Ordinal);
        Assert.Contains("PORTAL_TEST_SQLSERVER:", build, StringComparison.Ordinal);
    }

    [Fact]
    public void Deploy_SignsInByFederation_AndTakesTheScript()
    {
        var deploy = Text("deploy.yml");

        Assert.Contains("id-token: write", deploy, StringComparison.Ordinal);
        Assert.Contains("environment: production", deploy, StringComparison.Ordinal);
        Assert.Contains("run: infra/release.sh ", deploy, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", deploy, StringComparison.Ordinal);
        Assert.All(Workflows.Where(row => row.Data != "deploy.yml"), row => Assert.DoesNotContain("id-token", Text(row.Data), StringComparison.Ordinal));
    }

    [Fact]
    public void Dependabot_WatchesEverythingThatIsPinned()
    {
        var dependabot = File.ReadAllText(Repository.PathOf(".github/dependabot.yml"));

        Assert.All(["nuget", "dotnet-sdk", "npm", "docker", "github-actions"], kind => Assert.Contains($"package-ecosystem: {kind}\n", dependabot, StringComparison.Ordinal));
    }

    private static List<string> Problems(string text)
    {
        var problems = new List<string>();
        if (!LeastAtTheTop().IsMatch(text))
        {
            problems.Add("The rights at the top are not the least.");
        }

        foreach (var line in text.Split('\n').Where(line => !line.TrimStart().StartsWith('#')))
        {
            if (line.Contains("uses:", StringComparison.Ordinal) && !Pinned().IsMatch(line))
            {
                problems.Add($"An action is not pinned: {line}");
            }

            // Where people's tokens are traded for Azure's, and nowhere else.
            if (Write().IsMatch(line) && line.Trim() != "id-token: write")
            {
                problems.Add($"More rights than are needed: {line}");
            }

            if (line.Contains("secrets.", StringComparison.Ordinal) || line.Contains("secrets)", StringComparison.Ordinal) || PrintsEnvironment().IsMatch(line))
            {
                problems.Add($"A secret could be printed: {line}");
            }

            if (line.Contains("pull_request_target", StringComparison.Ordinal) || Foreign().IsMatch(line))
            {
                problems.Add($"The text of foreign people: {line}");
            }
        }

        return problems;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Text(string workflow) => File.ReadAllText(Repository.PathOf($".github/workflows/{workflow}"));

    [GeneratedRegex(@"^\s*(- )?uses: (?<action>[\w.-]+/[\w./-]+)@(?<pin>[0-9a-f]{40} # v\d+\.\d+\.\d+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^permissions:( \{\}\n|\n  contents: read\n(?!  ))", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex LeastAtTheTop();

    [GeneratedRegex(@"^\s*[\w-]+: write(-all)?\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Write();

    [GeneratedRegex(@"(run:|^\s*)\s*(env|printenv|set -x)(\s*$|\s*[|>])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PrintsEnvironment();

    [GeneratedRegex(@"\$\{\{\s*github\.(event\.(?!repository\.fork)|head_ref)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Foreign();
}
