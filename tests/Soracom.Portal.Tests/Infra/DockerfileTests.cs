using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Infra;

/// <summary>The container is what it says of itself. No container can be built where these tests run; the workflow "build" does.</summary>
public sealed partial class DockerfileTests
{
    private static readonly IReadOnlyList<Instruction> All = Parse(File.ReadAllText(Repository.PathOf("Dockerfile")));

    private static IEnumerable<Instruction> LastStage => All.Skip(All.ToList().FindLastIndex(one => one.Name == "FROM"));

    [Fact]
    public void BaseImages_AreNamedByExactVersions()
    {
        var images = All.Where(one => one.Name == "FROM").Select(one => one.Text.Split(' ')[0]).ToList();

        Assert.Equal(3, images.Count);
        Assert.All(images, image => Assert.Matches(ExactVersion(), image));
        Assert.DoesNotMatch(ExactVersion(), "mcr.microsoft.com/dotnet/aspnet:10.0");
        Assert.DoesNotMatch(ExactVersion(), "node:latest");
    }

    [Fact]
    public void Sdk_IsTheOneOfGlobalJson()
    {
        using var global = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("global.json")));

        Assert.Contains(All, one => one.Name == "FROM" && one.Text.Contains($"/dotnet/sdk:{global.RootElement.GetProperty("sdk").GetProperty("version").GetString()}-", StringComparison.Ordinal));
    }

    [Fact]
    public void Restore_And_Publish_TakeTheCompleteFeed()
    {
        var commands = All.Where(one => one.Name == "RUN" && one.Text.Contains("dotnet ", StringComparison.Ordinal)).ToList();

        Assert.Equal(["restore", "publish"], commands.Select(one => one.Text.Split(' ')[1]));
        Assert.All(commands, one => Assert.Contains("-p:CompleteFeed=true", one.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void ProjectsThatThePortalIsMadeOf_AreThereBeforeTheRestore()
    {
        var before = All.TakeWhile(one => !one.Text.Contains("dotnet restore", StringComparison.Ordinal)).Where(one => one.Name == "COPY").SelectMany(one => one.Text.Split(' ')).ToList();

        Assert.DoesNotContain(References("src/Soracom.Portal/Soracom.Portal.csproj"), project => !before.Contains(project));
    }

    [Fact]
    public void Process_RunsWithoutRights_FromFilesThatItCannotChange()
    {
        var user = Assert.Single(LastStage, one => one.Name == "USER").Text;
        var copies = LastStage.Where(one => one.Name == "COPY").ToList();

        Assert.True(int.Parse(user, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.All(copies, one => Assert.Equal(one.Text.EndsWith(" /data/", StringComparison.Ordinal), one.Text.Contains("--chown", StringComparison.Ordinal)));
        Assert.Single(copies, one => one.Text.Contains($"--chown={user}:{user} ", StringComparison.Ordinal));
        Assert.Equal("/data", Assert.Single(LastStage, one => one.Name == "VOLUME").Text);
        Assert.DoesNotContain(LastStage, one => one.Name is "RUN" or "ADD");
    }

    [Fact]
    public void Settings_AreKnown_AndKeepEverythingBelowTheDataFolder()
    {
        var settings = LastStage.Where(one => one.Name == "ENV").SelectMany(one => Setting().Matches(one.Text)).Select(match => (Key: match.Groups["key"].Value, Value: match.Groups["value"].Value.Trim('"'))).ToList();

        Assert.Contains(("ASPNETCORE_ENVIRONMENT", "Production"), settings);
        Assert.Empty(settings.Select(setting => PortalSettings.Problem(setting.Key, literal: null)).OfType<string>());
        Assert.All(settings.Where(setting => setting.Key.EndsWith("Folder", StringComparison.Ordinal)), setting => Assert.StartsWith("/data/", setting.Value, StringComparison.Ordinal));
        Assert.Contains(("ConnectionStrings__Portal", "Data Source=/data/portal.db"), settings);
        Assert.DoesNotContain(settings, setting => setting.Key.Contains("Password", StringComparison.OrdinalIgnoreCase) || setting.Key.Contains("Secret", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Health_IsAskedByTheProgramItself()
    {
        var health = Assert.Single(LastStage, one => one.Name == "HEALTHCHECK").Text;
        var entry = Assert.Single(LastStage, one => one.Name == "ENTRYPOINT").Text;

        var command = JsonSerializer.Deserialize<string[]>(health[health.IndexOf('[', StringComparison.Ordinal)..])!;
        Assert.Equal([.. JsonSerializer.Deserialize<string[]>(entry)!, HealthProbe.Command], command);
    }

    [Fact]
    public void Context_HoldsNothingThatIsNotNamed()
    {
        var lines = File.ReadAllLines(Repository.PathOf(".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToList();

        Assert.Equal("*", lines[0]);
        Assert.Equal(["!.editorconfig", "!global.json", "!Directory.*", "!build", "!src", "!db"], lines.Where(line => line[0] == '!'));
        Assert.All(["**/bin", "**/obj", "**/App_Data", "**/*.pfx", "**/*.p12"], line => Assert.True(lines.IndexOf(line) > lines.IndexOf("!db"), line));
    }

    private static IReadOnlyList<Instruction> Parse(string text) =>
    [
        .. Continued().Replace(string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith('#'))), " ")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => new Instruction(line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])),
    ];

    private static IEnumerable<string> References(string project)
    {
        var file = Repository.PathOf(project);
        return XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Path.GetRelativePath(Repository.PathOf(string.Empty), Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, reference.Attribute("Include")!.Value))).Replace('\\', '/'))
            .SelectMany(References).Append(project).Distinct(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^[\w./-]+(:\d+\.\d+\.\d+[\w.-]*|@sha256:[0-9a-f]{64})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExactVersion();

    [GeneratedRegex(@"(?<key>\w+)=(?<value>""[^""]*""|\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\\\n\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Continued();

    private sealed record Instruction(string Name, string Text);
}
