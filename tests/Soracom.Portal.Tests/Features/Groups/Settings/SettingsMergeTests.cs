using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Tests.Features.Groups.Settings;

/// <summary>A draft and what was changed at the vendor meanwhile.</summary>
public sealed class SettingsMergeTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Dictionary<MergePlace, MergeSide> Nothing = [];

    [Fact]
    public void OneSideUnchanged_TheOtherStands() => Prop.ForAll(
        SettingsGenerator.Fork.ToArbitrary(),
        fork =>
        {
            Assert.Equal(fork.Theirs, Merged(fork.Basis, fork.Basis, fork.Theirs).Settings);
            Assert.Equal(fork.Mine, Merged(fork.Basis, fork.Mine, fork.Basis).Settings);
            Assert.Equal(fork.Mine, Merged(fork.Basis, fork.Mine, fork.Mine).Settings);
        }).Check(Often);

    [Fact]
    public void WhoseIsAskedFirst_MattersNotButForTheChoice() => Prop.ForAll(
        SettingsGenerator.Fork.ToArbitrary(),
        fork =>
        {
            var (one, other) = (Merged(fork.Basis, fork.Mine, fork.Theirs), Merged(fork.Basis, fork.Theirs, fork.Mine));

            Assert.Equal(one.Conflicts.Select(conflict => conflict.Place), other.Conflicts.Select(conflict => conflict.Place));
            Assert.Equal(one.Settings, Chosen(fork.Basis, fork.Theirs, fork.Mine, other, MergeSide.Mine).Settings);
        }).Check(Often);

    [Fact]
    public void EveryConflictChosen_NothingIsOpen_AndEachPlaceIsTheChosenOnes() => Prop.ForAll(
        SettingsGenerator.Fork.ToArbitrary(),
        Gen.Elements(MergeSide.Mine, MergeSide.Theirs).ToArbitrary(),
        (fork, side) =>
        {
            var merged = Chosen(fork.Basis, fork.Mine, fork.Theirs, Merged(fork.Basis, fork.Mine, fork.Theirs), side);

            Assert.False(merged.IsOpen);
            var other = side == MergeSide.Mine ? fork.Mine : fork.Theirs;
            var disputed = merged.Conflicts.Select(conflict => conflict.Place.Setting).ToHashSet();
            foreach (var conflict in merged.Conflicts.Where(conflict => conflict.Place.Path.Steps.Count == 0))
            {
                Assert.Equal(other[conflict.Place.Setting]?.ToString(), merged.Settings[conflict.Place.Setting]?.ToString());
            }

            // What nobody disputes is as one of them has it, or put together of both.
            Assert.All(merged.Settings.All.Where(setting => !disputed.Contains(setting.Key)), setting => Assert.True(fork.Mine[setting.Key] is not null || fork.Theirs[setting.Key] is not null));
        }).Check(Often);

    [Fact]
    public void MembersOfOneValue_ChangedByBoth_AreBroughtTogether()
    {
        var merged = Merged(
            GroupSettings.Parse("""{"SoracomAir":{"metadata":{"enabled":false,"readonly":true,"own":{"deep":1}}}}"""),
            GroupSettings.Parse("""{"SoracomAir":{"metadata":{"enabled":true,"readonly":true,"own":{"deep":1}}}}"""),
            GroupSettings.Parse("""{"SoracomAir":{"metadata":{"enabled":false,"own":{"deep":2}},"userdata":"x"}}"""));

        Assert.Empty(merged.Conflicts);
        Assert.Equal("""{"SoracomAir":{"metadata":{"enabled":true,"own":{"deep":2}},"userdata":"x"}}""", merged.Settings.ToJson());
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":3}""", "/a")]
    [InlineData("""{"a":1}""", """{"a":2}""", "{}", "/a")]
    [InlineData("""["x"]""", """["x","y"]""", """["x","z"]""", "")]
    [InlineData("1", "{}", "2", "")]
    // A secret of theirs does not come under a name of mine that shows it.
    [InlineData("""{"headerKey":"X-Api-Key","headerValue":"a"}""", """{"headerKey":"X-Site","headerValue":"a"}""", """{"headerKey":"X-Api-Key","headerValue":"b"}""", "")]
    [InlineData("1", """{"a":1}""", """{"b":1}""", "")]
    public void OnePlace_ChangedByBoth_IsAConflict(string basis, string mine, string theirs, string place)
    {
        var merged = Merged(Air(basis), Air(mine), Air(theirs));

        Assert.Equal((place, (MergeSide?)null), (Assert.Single(merged.Conflicts).Place.Path.ToString(), merged.Conflicts[0].Chosen));
        Assert.True(merged.IsOpen);
        Assert.Equal(Air(theirs), merged.Settings);
        Assert.Equal(Air(mine), Chosen(Air(basis), Air(mine), Air(theirs), merged, MergeSide.Mine).Settings);
    }

    private static GroupSettings Air(string value) => GroupSettings.Parse($$$"""{"SoracomAir":{"key":{{{value}}}}}""");

    private static SettingsMerge Merged(GroupSettings basis, GroupSettings mine, GroupSettings theirs) => SettingsMerge.Of(basis, mine, theirs, Nothing);

    private static SettingsMerge Chosen(GroupSettings basis, GroupSettings mine, GroupSettings theirs, SettingsMerge open, MergeSide side) =>
        SettingsMerge.Of(basis, mine, theirs, open.Conflicts.ToDictionary(conflict => conflict.Place, _ => side));
}
