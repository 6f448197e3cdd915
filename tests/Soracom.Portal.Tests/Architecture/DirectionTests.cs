using System.Reflection;
using System.Xml.Linq;

namespace Soracom.Portal.Tests.Architecture;

/// <summary>Who may use whom.</summary>
public sealed class DirectionTests
{
    private const string Portal = "Soracom.Portal";

    private static readonly Lazy<IReadOnlyList<(Type User, Type Used)>> PortalUses = new(() => [.. TypeUses.Of(typeof(PortalApplication).Assembly)]);

    [Fact]
    public void Projects_ReferToEachOtherAsThePlanSays()
    {
        var references = Repository.Files("src", ".csproj").Concat(Repository.Files("db", ".csproj")).ToDictionary(
            file => Path.GetFileNameWithoutExtension(file),
            file => string.Join(", ", XDocument.Load(file).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)).Order(StringComparer.Ordinal)),
            StringComparer.Ordinal);

        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["Soracom.Api"] = string.Empty,
                ["Soracom.Portal"] = "Soracom.Api, Soracom.Portal.Data, Soracom.Portal.Migrations.SqlServer, Soracom.Portal.Migrations.Sqlite, Soracom.Sandbox",
                ["Soracom.Portal.Data"] = string.Empty,
                ["Soracom.Portal.Migrations.SqlServer"] = "Soracom.Portal.Data",
                ["Soracom.Portal.Migrations.Sqlite"] = "Soracom.Portal.Data",
                ["Soracom.Sandbox"] = string.Empty,
            },
            new SortedDictionary<string, string>(references, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Soracom.Api")]
    [InlineData("Soracom.Portal.Data")]
    [InlineData("Soracom.Sandbox")]
    public void Assembly_ThatStandsAlone_NamesNoneOfOurs(string name) =>
        Assert.DoesNotContain(Assembly.Load(name).GetReferencedAssemblies(), reference => reference.Name!.StartsWith("Soracom", StringComparison.Ordinal));

    [Fact]
    public void Feature_UsesNoOtherFeature()
    {
        var strays = PortalUses.Value.Where(use => FeatureOf(use.User) is { } user && FeatureOf(use.Used) is { } used && user != used);

        Assert.Empty(strays.Select(Describe).Distinct());
    }

    [Fact]
    public void Features_AreFoundAtAll() =>
        // Or the test above would hold of nothing.
        Assert.Superset(
            new HashSet<string>(["Audit", "Credentials", "Members", "Sims", "Start"], StringComparer.Ordinal),
            PortalUses.Value.Select(use => FeatureOf(use.User)).OfType<string>().ToHashSet(StringComparer.Ordinal));

    [Theory]
    [InlineData("Shared")]
    [InlineData("Security")]
    [InlineData("Hosting")]
    [InlineData("Development")]
    public void WhatFeaturesStandOn_UsesNoFeature(string part)
    {
        var strays = PortalUses.Value.Where(use => IsIn(use.User, $"{Portal}.{part}") && FeatureOf(use.Used) is not null);

        Assert.Contains(PortalUses.Value, use => IsIn(use.User, $"{Portal}.{part}"));
        Assert.Empty(strays.Select(Describe).Distinct());
    }

    [Fact]
    public void Sandbox_IsUsedByTheDevelopmentStartAlone()
    {
        var users = PortalUses.Value.Where(use => IsIn(use.Used, "Soracom.Sandbox")).ToList();

        Assert.NotEmpty(users);
        Assert.Empty(users.Where(use => !IsIn(use.User, $"{Portal}.Development")).Select(Describe).Distinct());
    }

    [Fact]
    public void Features_AskNoClockButTheInjectedOne()
    {
        // House rule 7; the analyzer sees TimeProvider.System, not these.
        string[] clocks = ["DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow"];
        Assembly[] ours = [typeof(PortalApplication).Assembly, Assembly.Load("Soracom.Portal.Data"), Assembly.Load("Soracom.Api"), Assembly.Load("Soracom.Sandbox")];

        var calls = ours.SelectMany(TypeUses.CallsOf).Where(call => clocks.Contains($"{call.Called.DeclaringType?.Name}.{call.Called.Name}", StringComparer.Ordinal));

        Assert.Empty(calls.Select(call => $"{call.Caller} calls {call.Called.DeclaringType!.Name}.{call.Called.Name}"));
    }

    private static string? FeatureOf(Type type) =>
        type.Namespace is { } name && name.StartsWith($"{Portal}.Features.", StringComparison.Ordinal) ? name.Split('.')[3] : null;

    private static bool IsIn(Type type, string name) =>
        type.Namespace is { } space && (space == name || space.StartsWith(name + ".", StringComparison.Ordinal));

    private static string Describe((Type User, Type Used) use) => $"{use.User.FullName} uses {use.Used.FullName}";
}
