using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Tests.Features.Groups.Settings;

/// <summary>Settings of a group, and what lies between two states of them.</summary>
public sealed class GroupSettingsTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Json_IsReadBackWithNothingLost() =>
        Prop.ForAll(SettingsGenerator.Settings.ToArbitrary(), settings => Assert.Equal(settings, GroupSettings.Parse(settings.ToJson()))).Check(Often);

    [Fact]
    public void Difference_AppliedIsTheOtherState_AndReversedTheFirst() => Prop.ForAll(
        SettingsGenerator.Fork.ToArbitrary(),
        fork =>
        {
            var changes = SettingsDifference.Between(fork.Mine, fork.Theirs);

            Assert.Equal(fork.Theirs, fork.Mine.After(changes));
            Assert.Equal(fork.Mine, fork.Theirs.After(changes.Select(change => change.Reversed)));
            Assert.All(changes, change => Assert.NotEmpty(change.Inside));
            Assert.Equal(fork.Mine.Equals(fork.Theirs), changes.Count == 0);
        }).Check(Often);

    [Theory]
    [InlineData("""{"enabled":true,"readonly":false}""", """{"enabled":false,"readonly":false,"allowOrigin":"*"}""", "/enabled: True -> False", "/allowOrigin:  -> *")]
    [InlineData("""["8.8.8.8"]""", """["8.8.8.8","1.1.1.1"]""", "/1:  -> 1.1.1.1")]
    [InlineData("""{"a/b":{"~":1}}""", """{"a/b":{"~":2}}""", "/a~1b/~0: 1 -> 2")]
    [InlineData("""{"a":1}""", """[1]""", """: {"a":1} -> [1]""")]
    [InlineData("""{"a":null}""", """{}""", "/a:  -> ")]
    [InlineData("1.0", "1")]
    public void Inside_NamesThePlacesThatDiffer(string before, string after, params string[] places) => Assert.Equal(
        places,
        ValueDifference.Between(JsonElement.Parse(before), JsonElement.Parse(after)).Select(change => $"{change.Path}: {change.Before} -> {change.After}"));

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"SoracomAir":[]}""")]
    [InlineData("""{"SoracomAir":{"enabled":true,"enabled":false}}""")]
    [InlineData("""{"SoracomAir":{"metadata":{"a":1,"a":2}}}""")]
    [InlineData("{")]
    public void Parse_WhatIsNoSettings_IsRefused(string json) => Assert.ThrowsAny<JsonException>(() => GroupSettings.Parse(json));

    [Fact]
    public void Size_IsThatOfTheJsonWithoutEscapes() =>
        Assert.Equal("""{"SoracomAir":{"userdata":"東京<&>"}}"""u8.Length, GroupSettings.Parse("""{ "SoracomAir": { "userdata": "東京<&>" } }""").Size);

    [Fact]
    public void Write_LeadsToTheWantedState_WhetherTheServiceResetsWhatIsLeftOutOrNot() => Prop.ForAll(
        SettingsGenerator.Fork.ToArbitrary(),
        Gen.Elements(true, false).ToArbitrary(),
        (fork, resets) =>
        {
            var state = SettingsWrite.Between(fork.Mine, fork.Theirs).Aggregate(fork.Mine, (settings, write) => Sent(settings, write, resets));

            Assert.Equal(fork.Theirs, state);
        }).Check(Often);

    [Fact]
    public void Write_OnlyRemovals_PutsNothing()
    {
        var write = Assert.Single(SettingsWrite.Between(GroupSettings.Parse("""{"SoracomAir":{"a":1,"b":2}}"""), GroupSettings.Parse("""{"SoracomAir":{"b":2}}""")));

        Assert.Equal(("SoracomAir", 0, "a"), (write.Namespace, write.Put.Count, Assert.Single(write.Remove)));
    }

    [Fact]
    public void Write_WhereBothTogetherAreTooLarge_RemovesFirst()
    {
        var large = new string('x', GroupSettings.LargestSize / 2);
        var write = Assert.Single(SettingsWrite.Between(
            GroupSettings.Parse($$$"""{"SoracomAir":{"old":"{{{large}}}"}}"""), GroupSettings.Parse($$$"""{"SoracomAir":{"new":"{{{large}}}"}}""")));

        Assert.True(write.RemoveFirst);
    }

    private static GroupSettings Sent(GroupSettings settings, SettingsWrite write, bool resets)
    {
        return write.RemoveFirst ? Put(Removed(settings)) : Removed(Put(settings));

        GroupSettings Removed(GroupSettings state) => write.Remove.Aggregate(state, (rest, key) => rest.Without(new SettingKey(write.Namespace, key)));

        GroupSettings Put(GroupSettings state)
        {
            var others = resets && write.Put.Count > 0 ? state.All.Where(setting => setting.Key.Namespace == write.Namespace).Aggregate(state, (rest, setting) => rest.Without(setting.Key)) : state;
            return write.Put.Aggregate(others, (next, setting) => next.With(new SettingKey(write.Namespace, setting.Key), setting.Value));
        }
    }
}
