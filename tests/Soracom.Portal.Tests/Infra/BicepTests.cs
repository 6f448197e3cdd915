using Soracom.Portal.Tests.Infra.Bicep;

namespace Soracom.Portal.Tests.Infra;

/// <summary>The templates hold together, as far as can be told without their compiler, which the workflow "infrastructure" asks; and the check finds slips.</summary>
public sealed class BicepTests
{
    private const string Module = """
        param name string
        param size int = 1
        output id string = '${name}${size}'
        """;

    public static TheoryData<string> Templates => [.. Repository.Files("infra", ".bicep").Select(file => Path.GetRelativePath(Repository.PathOf("infra"), file))];

    public static TheoryData<string> ParameterFiles => [.. Repository.Files("infra", ".bicepparam").Select(file => Path.GetRelativePath(Repository.PathOf("infra"), file))];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Template_HoldsTogether(string template) => Assert.Empty(Problems(template));

    [Theory]
    [MemberData(nameof(ParameterFiles))]
    public void ParameterFile_HoldsTogetherAndGivesWhatIsNeeded(string file)
    {
        var parsed = BicepFile.Parse(File.ReadAllText(Repository.PathOf(Path.Combine("infra", file))));
        var template = Open("infra")(parsed.Statements.Single(statement => statement.Keyword == "using").Path!);

        Assert.Empty(Problems(file));
        Assert.Empty(BicepCheck.Mismatch(parsed.Names("param"), template!));
    }

    [Fact]
    public void ParameterFiles_DifferInSizesAlone()
    {
        var (small, large) = (File.ReadAllText(Repository.PathOf("infra/small.bicepparam")), File.ReadAllText(Repository.PathOf("infra/large.bicepparam")));

        Assert.Equal(Asked(small), Asked(large));
        Assert.NotEmpty(Asked(small));

        static IEnumerable<string> Asked(string text) => text.Split('\n').Where(line => line.Contains("readEnvironmentVariable", StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_NamesEachVariableThatParameterFilesAskFor()
    {
        var asked = BicepFile.Parse(File.ReadAllText(Repository.PathOf("infra/small.bicepparam"))).Statements.SelectMany(statement => statement.Value)
            .Where(token => token.Kind == BicepKind.Text && token.Value.StartsWith("PORTAL_", StringComparison.Ordinal)).Select(token => token.Value).ToList();
        var readme = File.ReadAllText(Repository.PathOf("infra/README.md"));

        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, name => !readme.Contains($"`{name}`", StringComparison.Ordinal));
    }

    /// <summary>What a secret is given to is a secret there, too: a plain parameter stands readable in the history of deployments.</summary>
    [Fact]
    public void Secrets_AreGivenToSecureParametersAlone()
    {
        var main = BicepFile.Parse(File.ReadAllText(Repository.PathOf("infra/main.bicep")));
        var secrets = main.Statements.Where(statement => statement.Decorators.Contains("secure")).Select(statement => statement.Name).ToList();
        var given = main.Statements.Where(statement => statement.Keyword == "module")
            .SelectMany(module => BicepObject.Entries(module.Value).Where(entry => entry.Value is { Kind: BicepKind.Word } value && secrets.Contains(value.Value)).Select(entry => (module, entry.Key.Value)))
            .ToList();

        Assert.Equal(["entraClientSecret", "mailPassword"], secrets);
        Assert.Equal(2, given.Count);
        Assert.All(given, one => Assert.Contains("secure", Open("infra")(one.module.Path!)!.Statements.Single(statement => statement.Keyword == "param" && statement.Name == one.Value).Decorators));
        Assert.Equal(2, main.Statements.Sum(statement => statement.Value.Count(token => secrets.Contains(token.Value))));
    }

    [Theory]
    [InlineData("var a = {\n  b: 1\n", "line 1: { is not closed")]
    [InlineData("var a = [1)\n", "line 1: ) closes nothing")]
    [InlineData("var a = 'text\n", "line 1: a text is not closed")]
    [InlineData("var a = '${b'\n", "is not closed")]
    [InlineData("vra a = 1\n", "line 1: vra begins no statement")]
    public void Reader_FindsWhatIsNoBicep(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => BicepFile.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("output a string = missing", "missing is declared nowhere")]
    [InlineData("output a string = 'x${missing}'", "missing is declared nowhere")]
    [InlineData("output a object = {\n  missing: missing\n}", "missing is declared nowhere")]
    [InlineData("output a string = true ? 'b' : missing", "missing is declared nowhere")]
    [InlineData("param unused string", "nothing uses unused")]
    [InlineData("param a strnig\noutput b string = a", "a has no type that is known")]
    [InlineData("output a string = toLowre('B')", "toLowre is no function that is known")]
    [InlineData("var a = 1\nvar a = 2\noutput b int = a", "a is declared twice")]
    [InlineData("resource a 'Microsoft.Web/sites' = {\n}", "a is of no type with a version")]
    [InlineData("module a 'module.bicep' = {\n  params: {\n    name: 'b'\n    colour: 'red'\n  }\n}", "colour is no parameter of it")]
    [InlineData("module a 'module.bicep' = {\n  params: {\n    size: 2\n  }\n}", "name is not given")]
    [InlineData("module a 'elsewhere.bicep' = {\n  params: {}\n}", "there is no elsewhere.bicep")]
    [InlineData("module a 'module.bicep' = {\n  params: {\n    name: 'b'\n  }\n}\noutput c string = a.outputs.name", "a has no output name")]
    [InlineData("module a 'module.bicep' = {\n  params: {\n    name: 'b'\n  }\n}\noutput c string = '${a!.outputs.name}'", "a has no output name")]
    public void Check_FindsTheSlip(string text, string expected) =>
        Assert.Contains(expected, Assert.Single(CheckOf(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("var all = [for (one, index) in ['a']: {\n  name: '${one}${index}'\n}]\noutput b array = all")]
    [InlineData("param a array\nvar b = toObject(a, i => 'k${i}', i => a[i])\noutput c object = b")]
    [InlineData("module a 'module.bicep' = if (true) {\n  params: {\n    name: 'it\\'s'\n  }\n}\noutput c string = a!.outputs.id // and on")]
    [InlineData("resource a 'Microsoft.Web/sites@2023-12-01' existing = {\n  name: 'b'\n}\noutput key string = a.listKeys().keys[0].value")]
    public void Check_FindsNothingWhereNothingIs(string text) => Assert.Empty(CheckOf(text));

    private static IReadOnlyList<string> CheckOf(string text) => BicepCheck.Problems(BicepFile.Parse(text), path => path == "module.bicep" ? BicepFile.Parse(Module) : null);

    private static IReadOnlyList<string> Problems(string file)
    {
        var path = Repository.PathOf(Path.Combine("infra", file));
        return BicepCheck.Problems(BicepFile.Parse(File.ReadAllText(path)), Open(Path.GetDirectoryName(path)!));
    }

    private static Func<string, BicepFile?> Open(string folder) =>
        path => Repository.PathOf(Path.Combine(folder, path)) is var file && File.Exists(file) ? BicepFile.Parse(File.ReadAllText(file)) : null;
}
