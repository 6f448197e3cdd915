using Bunit;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Tests.Features.Groups.Editing;

/// <summary>The form and the JSON of a group's settings, as two views of one draft.</summary>
public sealed class SettingsEditorTests
{
    [Fact]
    public async Task Switch_IsTurned_AndTheTextSaysSoAtOnce()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"metadata":{"x":[1],"enabled":false,"y":null}}}""");

        scene.Input("SoracomAir.metadata.enabled").Change(true);

        Assert.Equal("""{"SoracomAir":{"metadata":{"x":[1],"enabled":true,"y":null}}}""", scene.Draft.ToJson());
        Assert.Contains("\"enabled\": true", scene.Json, StringComparison.Ordinal);
        Assert.Equal(1, scene.Edits);
    }

    [Fact]
    public async Task Text_TakesEffectWhenTheTypingPausesAndItIsRight_AndTheFormShowsIt()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"useCustomDns":false}}""");

        scene.Editor.Find("#space-json").Input("""{"useCustomDns": tru""");
        Assert.Equal("""{"SoracomAir":{"useCustomDns":false}}""", scene.Draft.ToJson());
        Assert.True(scene.Unfinished);
        Assert.Contains("Line 1, column", scene.Editor.Find("#space-json-said").TextContent, StringComparison.Ordinal);
        Assert.True(scene.Input("SoracomAir.useCustomDns").HasAttribute("disabled"));

        scene.Type("""{"useCustomDns": true}""");
        Assert.False(scene.Unfinished);
        scene.Pause();
        scene.Editor.WaitForAssertion(() => Assert.Equal("""{"SoracomAir":{"useCustomDns":true}}""", scene.Draft.ToJson()));
        Assert.True(scene.Input("SoracomAir.useCustomDns").HasAttribute("checked"));
        // As it was typed, until one goes elsewhere.
        Assert.Equal("""{"useCustomDns": true}""", scene.Json);
        scene.Editor.Find("#space-json").Change(scene.Json);
        Assert.Equal("{\n  \"useCustomDns\": true\n}", scene.Json);
    }

    [Fact]
    public async Task Text_TypedOn_IsToldOnce_WithAllThatWasTyped()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"a":1}}""");

        foreach (var json in (string[])["""{"a":12}""", """{"a":123}""", """{"a":1234}"""])
        {
            scene.Type(json);
            Assert.Equal(json, scene.Json);
        }

        Assert.Equal(0, scene.Edits);
        scene.Pause();
        scene.Editor.WaitForAssertion(() => Assert.Equal("""{"SoracomAir":{"a":1234}}""", scene.Draft.ToJson()));
        Assert.Equal(1, scene.Edits);
    }

    [Theory]
    [InlineData("blur")]
    [InlineData("namespace")]
    [InlineData("form")]
    [InlineData("leave")]
    public async Task Text_NotYetTold_IsNotLost_WhenOneGoesElsewhere(string how)
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"a":1,"useVpg":false},"SoracomHarvest":{"enabled":true}}""");
        scene.Type("""{"a":2,"useVpg":false}""");

        switch (how)
        {
            case "blur":
                scene.Editor.Find("#space-json").Change(scene.Json);
                break;
            case "namespace":
                Space(scene, "Harvest Data").Click();
                break;
            case "form":
                scene.Input("SoracomAir.useVpg").Change(true);
                break;
            default:
                await scene.LeaveAsync();
                break;
        }

        Assert.Equal($$$"""{"SoracomAir":{"a":2,"useVpg":{{{(how == "form" ? "true" : "false")}}}},"SoracomHarvest":{"enabled":true}}""", scene.Draft.ToJson());
    }

    [Fact]
    public async Task WrongText_IsKeptInItsNamespace_WhileAnotherIsShown()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"userdata":"a"},"SoracomHarvest":{"enabled":true}}""");
        scene.Editor.Find("#space-json").Input("{ \"userdata\": ");

        Space(scene, "Harvest Data").Click();
        Assert.Equal("SoracomHarvest", scene.Chosen);
        Assert.Equal("{\n  \"enabled\": true\n}", scene.Json);
        Assert.NotNull(Space(scene, "Air").QuerySelector(".bad"));

        Space(scene, "Air").Click();
        Assert.Equal("{ \"userdata\": ", scene.Json);
        scene.Editor.Find(".json .button").Click();
        Assert.Equal("{\n  \"userdata\": \"a\"\n}", scene.Json);
        Assert.False(scene.Unfinished);
    }

    [Fact]
    public async Task MendedText_ChangesOnlyWhatItChanged_WhenTheDraftWentOn()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"a":1,"b":1}}""");
        scene.Editor.Find("#space-json").Input("""{"a":1,"b":2,""");
        scene.Put(GroupSettings.Parse("""{"SoracomAir":{"a":5,"b":1}}"""));
        Assert.Equal("""{"a":1,"b":2,""", scene.Json);

        scene.Type("""{"a":1,"b":2}""");
        scene.Pause();

        scene.Editor.WaitForAssertion(() => Assert.Equal("""{"SoracomAir":{"a":5,"b":2}}""", scene.Draft.ToJson()));
        Assert.Equal("{\n  \"a\": 5,\n  \"b\": 2\n}", scene.Json);
    }

    [Fact]
    public async Task Secret_IsNeverShown_StaysWhenItIsNotTouched_AndIsMaskedOnceItIsTyped()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"authenticationRequired":true,"password":"hush","username":"a"}}""");
        Assert.DoesNotContain("hush", scene.Editor.Markup, StringComparison.Ordinal);

        scene.Input("SoracomAir.username").Change("b");
        Assert.Equal("""{"SoracomAir":{"authenticationRequired":true,"password":"hush","username":"b"}}""", scene.Draft.ToJson());

        scene.Input("SoracomAir.password").Change("whisper");
        Assert.Contains("\"password\":\"whisper\"", scene.Draft.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("whisper", scene.Editor.Markup, StringComparison.Ordinal);

        // Typed as text it stays as typed, until one goes elsewhere.
        var typed = scene.Json.Replace(SettingSecrets.Mask, "mur", StringComparison.Ordinal);
        scene.Editor.Find("#space-json").Input(typed);
        Assert.Equal(typed, scene.Json);
        scene.Editor.Find("#space-json").Change(typed);
        Assert.Contains("\"password\":\"mur\"", scene.Draft.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("mur", scene.Editor.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_ThatCarriesASecret_IsReplacedAsAWhole()
    {
        await using var scene = new EditorScene("""{"SoracomBeam":{"http://beam.soracom.io:8888/a":{"destination":"https://hush@example.com","enabled":true}}}""", "SoracomBeam");
        Assert.Equal(("password", null), (Destination().GetAttribute("type"), Destination().GetAttribute("value")));

        Destination().Change("no address");
        Assert.Equal(0, scene.Edits);
        Destination().Change("https://whisper@example.com");

        Assert.Equal("""{"SoracomBeam":{"http://beam.soracom.io:8888/a":{"destination":"https://whisper@example.com","enabled":true}}}""", scene.Draft.ToJson());
        Assert.DoesNotContain("whisper", scene.Editor.Markup, StringComparison.Ordinal);

        AngleSharp.Dom.IElement Destination() => scene.Editor.Find("[data-field$=\".destination\"] input");
    }

    [Fact]
    public async Task BadInput_IsKeptBesideItsReason_AndChangesNothing()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"ipLinkMtu":1400}}""");

        scene.Input("SoracomAir.ipLinkMtu").Change("9000");
        Assert.Equal("A number from 68 to 1500.", scene.ProblemOf("SoracomAir.ipLinkMtu"));
        Assert.Equal("9000", scene.Input("SoracomAir.ipLinkMtu").GetAttribute("value"));
        Assert.Equal(0, scene.Edits);

        scene.Input("SoracomAir.ipLinkMtu").Change("1280");
        Assert.Null(scene.ProblemOf("SoracomAir.ipLinkMtu"));
        Assert.Equal("""{"SoracomAir":{"ipLinkMtu":1280}}""", scene.Draft.ToJson());
    }

    [Fact]
    public async Task BadInput_IsStillThere_AfterALookAtAnotherNamespace()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"ipLinkMtu":1400},"SoracomHarvest":{"enabled":true}}""");
        scene.Input("SoracomAir.ipLinkMtu").Change("9000");

        Space(scene, "Harvest Data").Click();
        Assert.Equal(["SoracomHarvest"], scene.Editor.FindAll(".form-side:not([hidden])").Select(form => form.GetAttribute("data-space")));
        Space(scene, "Air").Click();

        Assert.Equal(["SoracomAir"], scene.Editor.FindAll(".form-side:not([hidden])").Select(form => form.GetAttribute("data-space")));
        Assert.Equal("9000", scene.Input("SoracomAir.ipLinkMtu").GetAttribute("value"));
        Assert.NotNull(scene.ProblemOf("SoracomAir.ipLinkMtu"));
    }

    [Fact]
    public async Task Space_ThatTheGroupDoesNotHave_IsNotOffered()
    {
        await using var scene = new EditorScene("""{"SoracomFunk":{"enabled":true}}""", "SoracomMoon");

        Assert.Equal("Funk", scene.Editor.Find(".spaces [aria-current] .label").TextContent);
    }

    [Fact]
    public async Task NameServers_AreWrittenOnceBothAreRight()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"useCustomDns":true}}""");

        scene.Row("SoracomAir.dnsServers").QuerySelectorAll("input")[0].Change("192.0.2.1");
        Assert.Equal(0, scene.Edits);
        Assert.StartsWith("All 2 are needed", scene.ProblemOf("SoracomAir.dnsServers"), StringComparison.Ordinal);

        scene.Row("SoracomAir.dnsServers").QuerySelectorAll("input")[1].Change("192.0.2.2");
        Assert.Equal("""{"SoracomAir":{"dnsServers":["192.0.2.1","192.0.2.2"],"useCustomDns":true}}""", scene.Draft.ToJson());
    }

    [Fact]
    public async Task Unset_RemovesTheKey_WithItsLastMember()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"metadata":{"enabled":true},"useVpg":true}}""");

        scene.Row("SoracomAir.metadata.enabled").QuerySelector(".reset")!.Click();

        Assert.Equal("""{"SoracomAir":{"useVpg":true}}""", scene.Draft.ToJson());
        Assert.Contains("Not set", scene.Row("SoracomAir.metadata.enabled").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OddValue_IsShownAsItIs_AndNotCoerced()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"useCustomDns":"true"}}""");

        Assert.Empty(scene.Row("SoracomAir.useCustomDns").QuerySelectorAll("input"));
        Assert.Equal("\"true\"", scene.Row("SoracomAir.useCustomDns").QuerySelector(".odd-value")!.TextContent);
    }

    [Fact]
    public async Task OtherKeys_AreEditedAsJson_Added_AndRemoved()
    {
        await using var scene = new EditorScene("""{"SoracomOrbit":{"anything":{"a":1}}}""", "SoracomOrbit");

        scene.Editor.Find(".key textarea").Change("""{"a":2}""");
        Assert.Equal("""{"SoracomOrbit":{"anything":{"a":2}}}""", scene.Draft.ToJson());

        scene.Editor.Find(".other .new input").Change("more");
        scene.Editor.Find(".other .new textarea").Change("plain words");
        scene.Editor.Find(".other .new .button").Click();
        Assert.Contains("Line 1, column 1", scene.Editor.Find(".other .problem").TextContent, StringComparison.Ordinal);

        scene.Editor.Find(".other .new textarea").Change("\"words\"");
        scene.Editor.Find(".other .new .button").Click();
        Assert.Equal("""{"SoracomOrbit":{"anything":{"a":2},"more":"words"}}""", scene.Draft.ToJson());

        scene.Editor.FindAll(".key .reset")[0].Click();
        Assert.Equal("""{"SoracomOrbit":{"more":"words"}}""", scene.Draft.ToJson());
    }

    [Fact]
    public async Task EntryPoint_IsAdded_Changed_AndRemoved_AndItsUnknownMembersStay()
    {
        await using var scene = new EditorScene("""{"SoracomBeam":{"tcp://beam.soracom.io:8023":{"destination":"tcps://example.com:1","x":{"y":1}}}}""", "SoracomBeam");

        scene.Editor.Find("#entry-kind").Change("Mqtt");
        scene.Editor.Find("#entry-destination").Change("https://example.com");
        scene.Editor.Find(".add-entry .button").Click();
        Assert.Contains("mqtts://", scene.Editor.Find(".add-entry .problem").TextContent, StringComparison.Ordinal);
        scene.Editor.Find("#entry-destination").Change("mqtts://example.com:8883");
        scene.Editor.Find(".add-entry .button").Click();

        scene.Input("SoracomBeam.name").Change("Broker");
        Assert.Equal(
            """{"SoracomBeam":{"mqtt://beam.soracom.io:1883":{"enabled":true,"destination":"mqtts://example.com:8883","name":"Broker"},"tcp://beam.soracom.io:8023":{"destination":"tcps://example.com:1","x":{"y":1}}}}""",
            scene.Draft.ToJson());

        scene.Editor.FindAll(".entry")[1].QuerySelector("[data-field='SoracomBeam.enabled'] input")!.Change(true);
        Assert.Contains("""{"destination":"tcps://example.com:1","x":{"y":1},"enabled":true}""", scene.Draft.ToJson(), StringComparison.Ordinal);

        scene.Editor.FindAll(".entry")[0].QuerySelector(".button.danger")!.Click();
        Assert.DoesNotContain("mqtt", scene.Draft.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EntryPoint_ThatIsNoObject_IsEditedAsJson()
    {
        await using var scene = new EditorScene("""{"SoracomBeam":{"tcp://beam.soracom.io:8023":"off"}}""", "SoracomBeam");

        Assert.Empty(scene.Editor.FindAll(".entry [data-field]"));
        scene.Editor.Find(".entry textarea").Change("""{"enabled":true}""");

        Assert.Equal("""{"SoracomBeam":{"tcp://beam.soracom.io:8023":{"enabled":true}}}""", scene.Draft.ToJson());
        Assert.True(scene.Input("SoracomBeam.enabled").HasAttribute("checked"));
    }

    [Fact]
    public async Task Address_IsTakenWithoutTheSpacesAroundIt()
    {
        await using var scene = new EditorScene("""{"SoracomHarvest":{"enabled":true}}""", "SoracomHarvest");

        scene.Input("SoracomHarvest.customTimestamp.value").Change(" /time\n");

        Assert.Equal("""{"SoracomHarvest":{"customTimestamp":{"value":"/time"},"enabled":true}}""", scene.Draft.ToJson());
    }

    [Fact]
    public async Task Headers_AreAddedChangedAndRemoved_AndASecretOneIsNotShown()
    {
        await using var scene = new EditorScene(
            """{"SoracomBeam":{"http://beam.soracom.io:8888/a":{"customHeaders":{"Authorization":{"action":"append","headerKey":"Authorization","headerValue":"Bearer hush","x":1}}}}}""", "SoracomBeam");
        Assert.DoesNotContain("hush", scene.Editor.Markup, StringComparison.Ordinal);

        scene.Editor.FindAll(".header.new input")[0].Change("X-Fleet");
        scene.Editor.FindAll(".header.new input")[2].Change("north");
        scene.Editor.Find(".header.new .button").Click();

        Assert.Equal(
            """{"SoracomBeam":{"http://beam.soracom.io:8888/a":{"customHeaders":{"Authorization":{"action":"append","headerKey":"Authorization","headerValue":"Bearer hush","x":1},"X-Fleet":{"action":"append","headerKey":"X-Fleet","headerValue":"north"}}}}}""",
            scene.Draft.ToJson());

        scene.Editor.FindAll(".header .button.plain")[0].Click();
        Assert.Equal("""{"SoracomBeam":{"http://beam.soracom.io:8888/a":{"customHeaders":{"X-Fleet":{"action":"append","headerKey":"X-Fleet","headerValue":"north"}}}}}""", scene.Draft.ToJson());
    }

    [Fact]
    public async Task Credential_IsPickedFromTheAccount_OrTypedWhereItsListIsNotKnown()
    {
        var choices = new EditingChoices([new CredentialChoice("aws-prod", "aws-credentials", "Data lake")], null);
        await using var scene = new EditorScene("""{"SoracomFunnel":{"credentialsId":{"$credentialsId":"gone"}},"SoracomAir":{"useVpg":true}}""", "SoracomFunnel", choices: choices);

        Assert.Equal(["None", "gone (not in this account)", "aws-prod · Data lake (aws-credentials)"], scene.Row("SoracomFunnel.credentialsId").QuerySelectorAll("option").Select(option => option.TextContent));
        scene.Input("SoracomFunnel.credentialsId").Change("aws-prod");
        Assert.Contains("""{"credentialsId":{"$credentialsId":"aws-prod"}}""", scene.Draft.ToJson(), StringComparison.Ordinal);

        Space(scene, "Air").Click();
        scene.Input("SoracomAir.vpgId").Change("vpg-1");
        Assert.Contains("""{"useVpg":true,"vpgId":"vpg-1"}""", scene.Draft.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ShowsWhatItTakes()
    {
        await using var scene = new EditorScene("{}", "SoracomFunnel");
        Assert.Empty(scene.Editor.FindAll("[data-field='SoracomFunnel.destination.randomizePartitionKey']"));

        scene.Input("SoracomFunnel.service").Change("aws/kinesis");
        scene.Input("SoracomFunnel.destination.randomizePartitionKey").Change(true);

        Assert.Equal("""{"SoracomFunnel":{"destination":{"provider":"aws","service":"kinesis","randomizePartitionKey":true}}}""", scene.Draft.ToJson());
    }

    [Fact]
    public async Task BinaryFormat_IsTriedOnASample_AndTakesEffectOnlyWhenItIsOne()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"binaryParserEnabled":true}}""");
        var format = scene.Input("SoracomAir.binaryParserFormat");

        format.Input("temp::int:16:/10 hum");
        Assert.Contains("hum: name, type and length", scene.Row("SoracomAir.binaryParserFormat").QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        scene.Input("SoracomAir.binaryParserFormat").Change("temp::int:16:/10 hum");
        Assert.Equal(0, scene.Edits);

        scene.Input("SoracomAir.binaryParserFormat").Input("temp::int:16:/10 hum::uint:8");
        scene.Row("SoracomAir.binaryParserFormat").QuerySelector("[id$=-sample]")!.Input("00ff 2a");
        Assert.Equal(["25.5", "42"], scene.Row("SoracomAir.binaryParserFormat").QuerySelectorAll(".value").Select(value => value.TextContent));
        scene.Input("SoracomAir.binaryParserFormat").Change("temp::int:16:/10 hum::uint:8");
        Assert.Equal("""{"SoracomAir":{"binaryParserEnabled":true,"binaryParserFormat":"temp::int:16:/10 hum::uint:8"}}""", scene.Draft.ToJson());
    }

    [Fact]
    public async Task Navigation_HasAllNamespaces_TheUnknownToo_AndMarksWhatIsInUse()
    {
        await using var scene = new EditorScene("""{"SoracomFuture":{"a":1},"SoracomFunk":{"enabled":true}}""");

        Assert.Equal(SettingCatalogue.Spaces.Count + 1, scene.Editor.FindAll(".spaces li").Count);
        Assert.Equal(["Funk", "SoracomFuture"], scene.Editor.FindAll(".spaces .used .label").Select(label => label.TextContent));
        Assert.Equal("Funk", scene.Editor.Find(".spaces [aria-current] .label").TextContent);

        Space(scene, "SoracomFuture").Click();
        Assert.Equal("{\n  \"a\": 1\n}", scene.Json);
    }

    [Fact]
    public async Task ReadOnly_ShowsEverything_AndOffersNothing()
    {
        await using var scene = new EditorScene("""{"SoracomAir":{"useCustomDns":true,"other":1},"SoracomBeam":{"tcp://beam.soracom.io:8023":{}}}""", readOnly: true);

        Assert.All(scene.Editor.FindAll(".form-side :is(input, select, textarea)"), input => Assert.True(input.HasAttribute("disabled")));
        Assert.True(scene.Editor.Find("#space-json").HasAttribute("readonly"));
        Assert.Empty(scene.Editor.FindAll(".form-side button:not([disabled])"));
        Space(scene, "Beam").Click();
        Assert.Empty(scene.Editor.FindAll(".form-side button, .add-entry"));
    }

    private static AngleSharp.Dom.IElement Space(EditorScene scene, string label) =>
        scene.Editor.FindAll(".spaces button").Single(button => button.QuerySelector(".label")!.TextContent == label);
}
