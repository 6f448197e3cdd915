using System.ComponentModel;
using System.Reflection;
using System.Text.RegularExpressions;
using Soracom.Api;
using Soracom.Portal.Hosting;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Tests.Infra.Bicep;

namespace Soracom.Portal.Tests.Infra;

/// <summary>A setting that a template passes.</summary>
/// <param name="Key">As an environment variable: <c>Section__Name</c>.</param>
/// <param name="Literal">Its value where that is written there; null where it is put together.</param>
/// <param name="Group">The variable of the template that it stands in.</param>
internal sealed record PassedSetting(string Key, string? Literal, string Group);

/// <summary>Reads what settings templates pass, and tells which the portal knows.</summary>
internal static partial class PortalSettings
{
    /// <summary>What App Service, the web host and OpenTelemetry's exporters read.</summary>
    private static readonly string[] OfOthers =
    [
        "AllowedHosts", "ASPNETCORE_ENVIRONMENT", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_URLS", "DOTNET_EnableDiagnostics", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME",
        "WEBSITE_LOAD_CERTIFICATES", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_SWAP_WARMUP_PING_PATH", "WEBSITE_SWAP_WARMUP_PING_STATUSES", "WEBSITES_CONTAINER_STOP_TIME_LIMIT",
    ];

    private static readonly Dictionary<string, Type> Sections = FindSections();

    private static readonly HashSet<string> OfSignIn = [.. SignInKey().Matches(File.ReadAllText(Repository.PathOf("docs/configuration.md"))).Select(match => match.Groups["name"].Value)];

    /// <summary>All settings that a template passes: the entries of its variables that are called …Settings, and texts there that have a setting's form.</summary>
    public static IReadOnlyList<PassedSetting> Read(BicepFile file) =>
    [
        .. file.Statements.Where(statement => statement.Keyword == "var" && statement.Name.EndsWith("Settings", StringComparison.Ordinal)).SelectMany(statement =>
            BicepObject.Entries(statement.Value)
                .Select(entry => new PassedSetting(entry.Key.Value, entry.Value is { Kind: BicepKind.Text, Parts.Count: 0 } literal ? literal.Value : null, statement.Name))
                // Keys that are put together one by one for a list: the first stands for all.
                .Concat(statement.Value.Where((token, place) => IsName(token) && !BicepObject.IsKey(statement.Value, place))
                    .Select(token => new PassedSetting(token.Value.Replace("${}", "0", StringComparison.Ordinal), Literal: null, statement.Name)))),
    ];

    /// <summary>What has a setting's form and stands outside of such variables, where <see cref="Read"/> would miss it.</summary>
    public static IEnumerable<string> Elsewhere(BicepFile file, string but) =>
        file.Statements.Where(statement => statement.Name != but && !(statement.Keyword == "var" && statement.Name.EndsWith("Settings", StringComparison.Ordinal)))
            .SelectMany(statement => statement.Value).Where(IsName).Select(token => token.Value);

    /// <summary>Why the portal would not read a setting as it is meant; null when it would.</summary>
    public static string? Problem(string key, string? literal)
    {
        if (OfOthers.Contains(key) || key == $"ConnectionStrings__{DatabaseOptions.ConnectionName}")
        {
            return null;
        }

        var parts = key.Split("__");
        if (parts.Length >= 2 && parts[0] == SignInProviders.OnlySection)
        {
            return OfSignIn.Contains(parts[1]) ? null : $"{key}: docs/configuration.md has no such key";
        }

        if (parts.Length < 2 || !Sections.TryGetValue(parts[0], out var options))
        {
            return $"{key}: there is no such section";
        }

        var property = options.GetProperty(parts[1], BindingFlags.Instance | BindingFlags.Public);
        if (property is null)
        {
            return $"{key}: {options.Name} has no {parts[1]}";
        }

        var isList = property.PropertyType == typeof(IList<string>);
        if (parts.Length != (isList ? 3 : 2) || (isList && !parts[2].All(char.IsAsciiDigit)))
        {
            return $"{key}: {parts[1]} is {(isList ? "a list, whose entries are numbered" : "one value")}";
        }

        return literal is null || isList || TypeDescriptor.GetConverter(property.PropertyType).IsValid(literal) ? null : $"{key}: \"{literal}\" is no {property.PropertyType.Name}";
    }

    private static bool IsName(BicepToken token) => token.Kind is BicepKind.Text or BicepKind.Word && Name().IsMatch(token.Value);

    private static Dictionary<string, Type> FindSections()
    {
        var sections = typeof(PortalProgram).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Static | BindingFlags.Public)?.GetRawConstantValue() as string))
            .Where(found => found.Section is not null)
            .ToDictionary(found => found.Section!, found => found.Type);
        sections.Add(SoracomSection.Name, typeof(SoracomApiOptions));
        return sections;
    }

    [GeneratedRegex(@"^[A-Za-z]+(__[A-Za-z0-9${}]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("`AzureAd:(?<name>[A-Za-z]+)(:0)?`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SignInKey();
}
