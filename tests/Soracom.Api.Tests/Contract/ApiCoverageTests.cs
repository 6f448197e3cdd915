using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Contract;

/// <summary>
/// Keeps docs/api-coverage.md: made of the definition, the client, the sandbox and the portal's source. With UPDATE_COVERAGE=1
/// the file is written anew instead of compared. It has no totals, so that changes of two areas don't touch the same line.
/// </summary>
public sealed partial class ApiCoverageTests
{
    private const string Head = """
        # Coverage of the vendor's API

        One row for each operation of the definition: whether the client has a method for it, whether the sandbox serves it, and which features of
        the portal (folders of `src/Soracom.Portal/Features`) call it. An operation that the sandbox does not serve answers 501 there.

        This file is generated; a test fails when it is stale. To bring it up to date, also after a merge:

        ```sh
        UPDATE_COVERAGE=1 dotnet test tests/Soracom.Api.Tests --filter ApiCoverage
        ```

        """;

    [Fact]
    public void ApiCoverage_TellsWhatIsThere()
    {
        var file = Path.Combine(Root(), "docs", "api-coverage.md");
        var expected = Describe();
        if (Environment.GetEnvironmentVariable("UPDATE_COVERAGE") == "1")
        {
            File.WriteAllText(file, expected);
        }

        Assert.True(expected == (File.Exists(file) ? File.ReadAllText(file) : ""), "docs/api-coverage.md is stale; its first lines say how to write it anew.");
    }

    private static string Describe()
    {
        var served = Operations.All.Select(operation => operation.Id).ToHashSet(StringComparer.Ordinal);
        var called = ClientMethods.All.Where(method => method.DeclaringType!.IsPublic).Select(ClientMethods.OperationOf).ToHashSet(StringComparer.Ordinal);
        var own = ClientMethods.All.Where(method => !method.DeclaringType!.IsPublic).Select(ClientMethods.OperationOf).ToHashSet(StringComparer.Ordinal);
        var features = Features(called);
        var text = new StringBuilder(Head);
        foreach (var tag in ApiContract.Operations.Values.GroupBy(operation => operation.Tag).OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append("## ").Append(tag.Key).Append("\n\n| operation | | client | sandbox | used by |\n|---|---|---|---|---|\n");
            foreach (var one in tag.OrderBy(operation => operation.Path, StringComparer.Ordinal).ThenBy(operation => operation.Method, StringComparer.Ordinal))
            {
                var users = own.Contains(one.Id) ? "the client itself" : string.Join(", ", features.GetValueOrDefault(one.Id, []));
                text.Append(CultureInfo.InvariantCulture, $"| {one.Id} | `{one.Method} {one.Path}` | {Mark(called.Contains(one.Id) || own.Contains(one.Id))} | {Mark(served.Contains(one.Id))} | {users} |\n");
            }
        }

        return text.ToString();
    }

    private static string Mark(bool covered) => covered ? "yes" : "no";

    /// <summary>The features that call an operation: those whose source calls a method of its name.</summary>
    private static Dictionary<string, SortedSet<string>> Features(HashSet<string> called)
    {
        var operations = called.ToDictionary(id => $"{char.ToUpperInvariant(id[0])}{id[1..]}Async", StringComparer.Ordinal);
        var features = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var folder = Path.Combine(Root(), "src", "Soracom.Portal", "Features");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)))
        {
            var feature = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0];
            foreach (Match call in Call().Matches(File.ReadAllText(file)))
            {
                // ListAllSimsAsync walks the pages of ListSimsAsync.
                var name = call.Groups["method"].Value;
                var walked = name.Replace("All", "", StringComparison.Ordinal);
                if ((operations.GetValueOrDefault(name) ?? operations.GetValueOrDefault(walked)) is { } id)
                {
                    (features.TryGetValue(id, out var users) ? users : features[id] = new SortedSet<string>(StringComparer.Ordinal)).Add(feature);
                }
            }
        }

        return features;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Soracom.Portal.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run within the repository.");
    }

    [GeneratedRegex(@"\.\s*(?<method>[A-Z]\w+Async)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Call();
}
