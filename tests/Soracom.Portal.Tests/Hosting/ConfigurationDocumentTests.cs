using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>docs/configuration.md lists the keys that a start asks for, and no others.</summary>
public sealed partial class ConfigurationDocumentTests
{
    private static readonly string[] Sections = ["AzureAd", "ConnectionStrings", "Database", "Demo", "Https", "KeyRing", "Limits", "Mail", "Proxy", "Session", "Soracom"];

    [Fact]
    public async Task Document_ListsTheKeysThatAStartAsksFor()
    {
        using var certificate = new TestCertificate();
        await using var database = await TestDatabase.CreateAsync();
        var spy = new Spy();
        string[] settings = [$"--ConnectionStrings:Portal={database.ConnectionString}", .. PortalStart.KeyRing(certificate), .. PortalStart.Provider];
        await using var portal = await PortalStart.CreateAsync(Environments.Production, settings, builder => ((IConfigurationBuilder)builder.Configuration).Add(spy));
        await PortalApplication.StartAsync(portal, Watchdog.Token);

        var asked = spy.Keys.Where(key => key.Split(':') is [var section, _] && Sections.Contains(section)).Distinct(StringComparer.OrdinalIgnoreCase);

        Assert.Equal(Documented().Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Documented()
    {
        foreach (var row in File.ReadLines(Repository.PathOf("docs/configuration.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var section = string.Empty;
            foreach (Match code in Code().Matches(row.Split('|')[1]))
            {
                var key = code.Groups["key"].Value;
                // ":RetryDelay" goes on in the section before it; ":0" and ":1" number the entries of a list.
                key = key.StartsWith(':') ? section + key : key;
                key = Number().Replace(key, string.Empty);
                section = key.Split(':')[0];
                if (Sections.Contains(section) && key.Contains(':', StringComparison.Ordinal) && !section.Equals(key, StringComparison.Ordinal))
                {
                    yield return key;
                }
            }
        }
    }

    [GeneratedRegex("`(?<key>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@":\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    /// <summary>Holds nothing and notes what it is asked for.</summary>
    private sealed class Spy : ConfigurationProvider, IConfigurationSource
    {
        private readonly ConcurrentQueue<string> keys = new();

        public IEnumerable<string> Keys => keys;

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override bool TryGet(string key, out string? value)
        {
            keys.Enqueue(key);
            value = null;
            return false;
        }

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
        {
            keys.Enqueue(parentPath ?? string.Empty);
            return base.GetChildKeys(earlierKeys, parentPath);
        }
    }
}
