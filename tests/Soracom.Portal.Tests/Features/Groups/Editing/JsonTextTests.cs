using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Tests.Features.Groups.Settings;

namespace Soracom.Portal.Tests.Features.Groups.Editing;

/// <summary>JSON that somebody types: where it is wrong, and what it stands for when it is right.</summary>
public sealed class JsonTextTests
{
    [Theory]
    [InlineData("", JsonFault.Empty, 1, 1)]
    [InlineData(" \n", JsonFault.Empty, 1, 1)]
    [InlineData("{\n  \"a\": 1", JsonFault.EndsEarly, 2, 9)]
    [InlineData("{\n  \"a\": \"b", JsonFault.EndsEarly, 2, 10)]
    [InlineData("{\n  \"a\": 1,\n}", JsonFault.TrailingComma, 2, 9)]
    [InlineData("[1, ]", JsonFault.TrailingComma, 1, 3)]
    [InlineData("{\"a\": \"b\nc\"}", JsonFault.LineBreak, 1, 9)]
    [InlineData("{\"設定\": 'b'}", JsonFault.Unexpected, 1, 8, "'")]
    [InlineData("{\"a\": 1 \"b\": 2}", JsonFault.MissingComma, 1, 8)]
    [InlineData("{\"a\": true\n \"b\": 2}", JsonFault.MissingComma, 1, 11)]
    [InlineData("[{} {}]", JsonFault.MissingComma, 1, 4)]
    [InlineData("{\"a\": 1}}", JsonFault.Unexpected, 1, 9, "}")]
    [InlineData("{\"a\": { \"b\": 1,\n \"b\": 2 }}", JsonFault.Duplicate, 2, 2, "b")]
    [InlineData("{\"a\": 1, \"\\u0061\": 2}", JsonFault.Duplicate, 1, 10, "a")]
    [InlineData("[\"\\ud800\"]", JsonFault.BadEscape, 1, 2)]
    [InlineData("{\"東京\":\n  \"大阪\", x}", JsonFault.Unexpected, 2, 9, "x")]
    public void Wrong_IsNamedWithItsPlace(string text, JsonFault fault, int line, int column, string found = "") =>
        Assert.Equal(new JsonProblem(fault, line, column, found), JsonText.Check(text));

    [Fact]
    public void TooDeep_IsSaid() => Assert.Equal(JsonFault.TooDeep, JsonText.Check(new string('[', 62) + new string(']', 62))?.Fault);

    [Fact]
    public void Text_IsReadBackWithNothingLost() => Prop.ForAll(
        SettingsGenerator.Settings.ToArbitrary(),
        settings =>
        {
            foreach (var space in settings.Namespaces)
            {
                var (part, problem) = SpaceText.Read(SpaceText.Of(settings, space), space, settings);

                Assert.Null(problem);
                Assert.Equal(SpaceText.Part(settings, space), part);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Masked_Text_IsRightAsLongAsItsMasksStandWhereTheyStood()
    {
        var shown = SpaceText.Masked(GroupSettings.Parse("""{"SoracomAir":{"password":"hush","username":"me"}}"""));
        var text = SpaceText.Of(shown, "SoracomAir");

        Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
        Assert.Null(SpaceText.Read(text, "SoracomAir", shown).Problem);
        Assert.Equal(
            new JsonProblem(JsonFault.UnknownMask, 1, 14, "username"),
            SpaceText.Read($$"""{"username":"{{SettingSecrets.Mask}}"}""", "SoracomAir", shown).Problem);
    }

    [Fact]
    public void NoObject_IsNoNamespace() => Assert.Equal(JsonFault.NotObject, SpaceText.Read("[]", "SoracomAir", GroupSettings.None).Problem?.Fault);

    [Fact]
    public void Difference_NamesOnlyTheKeysThatTheTextChanged()
    {
        var before = SpaceText.Part(GroupSettings.Parse("""{"SoracomAir":{"a":1,"b":{"c":1},"d":0}}"""), "SoracomAir");
        var edits = SpaceText.Between(before, SpaceText.Read("""{"a":1.0,"b":{"c":2},"e":null}""", "SoracomAir", before).Part!);

        Assert.Equal(["b={\"c\":2}", "d=", "e=null"], edits.Select(edit => $"{edit.Setting.Key}={edit.Value?.GetRawText()}"));
    }

    [Fact]
    public void Edit_TellsNoValueInItsText() =>
        Assert.Equal("SettingEdit SoracomAir/password", new SettingEdit(new SettingKey("SoracomAir", "password"), JsonElement.Parse("\"hush\"")).ToString());
}
