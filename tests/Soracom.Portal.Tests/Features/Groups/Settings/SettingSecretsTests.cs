using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Tests.Features.Groups.Settings;

/// <summary>Secrets inside settings: never shown, never lost.</summary>
public sealed class SettingSecretsTests
{
    private const string Hidden = "hunter2";

    private static readonly SettingKey Beam = new("SoracomBeam", "mqtt://beam.soracom.io:1883");

    [Fact]
    public void Unmasked_WhatWasShown_IsWhatWasThere() => Prop.ForAll(
        SettingsGenerator.Value.ToArbitrary(),
        value => Assert.True(JsonElement.DeepEquals(value, SettingSecrets.Unmasked(Beam, SettingSecrets.Masked(Beam, value), value)!.Value)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("SoracomAir", "password", "\"hunter2\"")]
    [InlineData("SoracomBeam", "mqtt://x", """{"username":"a","password":"hunter2"}""")]
    [InlineData("SoracomBeam", "tcp://x", """{"psk":"hunter2"}""")]
    [InlineData("SoracomBeam", "tcp://x", """{"preSharedKey":"hunter2"}""")]
    [InlineData("SoracomBeam", "http://x", """{"customHeaders":{"h":{"action":"append","headerKey":"Authorization","headerValue":"hunter2"}}}""")]
    [InlineData("SoracomBeam", "http://x", """{"customHeaders":{"h":{"action":"append","headerKey":"X-API-Key","headerValue":"hunter2"}}}""")]
    [InlineData("SoracomBeam", "mqtt://x", """{"clientCerts":{"default":{"ca":"c","cert":"c","key":"hunter2"}}}""")]
    [InlineData("SoracomKrypton", "unknown", """[{"deep":[{"client_secret":"hunter2"}]}]""")]
    [InlineData("SoracomFlux", "x", """{"accessKeyId":"hunter2"}""")]
    [InlineData("SoracomKrypton", "password", """["hunter2"]""")]
    [InlineData("SoracomKrypton", "x", """[{"name":"password","value":"hunter2"},{"key":"token","value":"hunter2"}]""")]
    [InlineData("SoracomKrypton", "x", """{"pem":"-----BEGIN RSA PRIVATE KEY-----hunter2"}""")]
    [InlineData("SoracomKrypton", "x", """{"conf":"{\"password\":\"hunter2\"}","lines":"user: a\npassword: hunter2"}""")]
    [InlineData("SoracomBeam", "http://x", """{"destination":"https://hunter2@example.com/"}""")]
    [InlineData("SoracomBeam", "http://x", """{"customHeaders":{"h":{"headerKey":"X-Foo","headerValue":"Bearer hunter2"}}}""")]
    [InlineData("SoracomFunk", "x", """{"hook":"https://hooks.slack.com/services/hunter2"}""")]
    [InlineData("SoracomKrypton", "x", """{"secret":{"value":"hunter2","list":[{"a":"hunter2"}]}}""")]
    [InlineData("SoracomKrypton", "x", """{"pwd":"hunter2","パスワード":"hunter2","認証パスワード":"hunter2","auth":"hunter2","pin":"hunter2"}""")]
    [InlineData("SoracomKrypton", "x", """{"connectionString":"hunter2","other":"HostName=a;SharedAccessKey=hunter2"}""")]
    [InlineData("SoracomBeam", "mqtt://x", """{"destination":"mqtts://user:hunter2@example.com"}""")]
    [InlineData("SoracomBeam", "http://x", """{"destination":"https://example.com/a?sig=hunter2"}""")]
    [InlineData("SoracomBeam", "http://x", """{"customHeaders":{"h":{"action":"append","headerKey":"x-functions-key","headerValue":"hunter2"}}}""")]
    [InlineData("SoracomBeam", "http://x", """{"customHeaders":{"h":{"action":"append","headerKey":"Cookie","headerValue":"hunter2"}}}""")]
    [InlineData("SoracomBeam", "http://x", """{"customHeaders":{"h":{"action":"append","headerKey":"X-Foo","headerValue":"hunter2"}}}""")]
    [InlineData("SoracomBeam", "http://x", """{"customHeaders":{"h":{"action":"append","headerValue":"hunter2"}}}""")]
    [InlineData("SoracomFunk", "x", """{"headers":{"X-Foo":"hunter2","X-Bar":["hunter2"],"X-Baz":{"a":"hunter2"}}}""")]
    [InlineData("SoracomFunnel", "x", """{"headers":[{"name":"X-Foo","value":"hunter2"},{"key":"X-Bar","value":"hunter2"},"X-Baz: hunter2"]}""")]
    [InlineData("UnifiedEndpoint", "httpHeaders", """{"X-Foo":"hunter2"}""")]
    [InlineData("UnifiedEndpoint", "headers", "\"X-Foo: hunter2\"")]
    [InlineData("SoracomFlux", "x", """{"text":"{\"conf\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}"}""")]
    [InlineData("SoracomFlux", "x", """{"a":"curl -H 'X-Api-Key: hunter2'","b":"パスワード:hunter2","c":"user=a;pass=hunter2","d":"https://api.telegram.org/bot1:hunter2/x"}""")]
    [InlineData("SoracomFlux", "x", """[{"id":"password","val":"hunter2"}]""")]
    public void Masked_ShowsNoSecret(string space, string key, string value)
    {
        var masked = SettingSecrets.Masked(new SettingKey(space, key), JsonElement.Parse(value));

        Assert.DoesNotContain(Hidden, masked.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tokenTimeoutSeconds":600,"enabled":true,"credentialsId":"cred","password":""}""")]
    [InlineData("""{"$credentialsId":"cred","addSignature":true,"psk":null}""")]
    [InlineData("""{"customHeaders":{"h":{"headerKey":"Content-Type","headerValue":"text/plain"}}}""")]
    [InlineData("""{"headers":{"accept":"text/plain"},"other":[{"headers":[{"name":"User-Agent","value":"a"}]}]}""")]
    [InlineData("""{"note":"the key to the door, a token, no pin","addSubscriberHeader":true}""")]
    [InlineData("""{"customHeaders":{"Authorization":{"action":"append","headerKey":"Authorization"}}}""")]
    [InlineData("""{"psk":{"$credentialsId":"cred"},"destination":"https://example.com:8080/a?b=c"}""")]
    public void Masked_WhatIsNoSecret_StaysReadable(string value) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(value), SettingSecrets.Masked(Beam, JsonElement.Parse(value))));

    [Fact]
    public void Masked_UserData_IsWhatDevicesRead() => Assert.Equal(
        "password=x", SettingSecrets.Masked(new SettingKey("SoracomAir", "userdata"), JsonElement.Parse("\"password=x\"")).GetString());

    [Fact]
    public void Masked_AnEntryPointWhoseAddressHoldsSuchAWord_StaysReadable() => Assert.Equal(
        """{"name":"a"}""", SettingSecrets.Masked(new SettingKey("SoracomBeam", "http://beam.soracom.io:8888/token"), JsonElement.Parse("""{"name":"a"}""")).ToString());

    [Fact]
    public void Unmasked_ATextThatCarriesASecret_IsPutBackInItsPlaceAlone()
    {
        var original = JsonElement.Parse("""{"destination":"mqtts://user:hunter2@example.com"}""");

        Assert.True(JsonElement.DeepEquals(original, SettingSecrets.Unmasked(Beam, SettingSecrets.Masked(Beam, original), original)!.Value));
        Assert.Null(SettingSecrets.Unmasked(Beam, JsonElement.Parse("""{"name":"••••••••"}"""), original));
    }

    [Fact]
    public void Unmasked_AChangeBesideASecret_KeepsTheSecret() => Assert.Equal(
        """{"username":"b","password":"hunter2"}""",
        SettingSecrets.Unmasked(Beam, JsonElement.Parse($$"""{"username":"b","password":"{{SettingSecrets.Mask}}"}"""), JsonElement.Parse("""{"username":"a","password":"hunter2"}"""))?.ToString());

    [Fact]
    public void Unmasked_AHeaderOfAnotherName_KeepsItsValueHidden() => Assert.Equal(
        """{"h":{"headerKey":"X-Site","headerValue":"hunter2"}}""",
        SettingSecrets.Unmasked(Beam, JsonElement.Parse("""{"h":{"headerKey":"X-Site","headerValue":"••••••••"}}"""), JsonElement.Parse("""{"h":{"headerKey":"X-Key","headerValue":"hunter2"}}"""))?.ToString());

    [Theory]
    // Moved to where it would be shown, to where none was, or to a list's element that nobody can tell.
    [InlineData("""{"username":"••••••••"}""", """{"password":"hunter2"}""")]
    [InlineData("""{"psk":"••••••••"}""", """{"password":"hunter2"}""")]
    [InlineData("""{"password":"••••••••"}""", """{"password":""}""")]
    [InlineData("""{"h":{"headerKey":"Accept","headerValue":"••••••••"}}""", """{"h":{"headerKey":"Authorization","headerValue":"hunter2"}}""")]
    [InlineData("""[{"user":"c","password":"••••••••"}]""", """[{"user":"a","password":"hunter2"},{"user":"b","password":"hunter3"}]""")]
    public void Unmasked_AMaskThatStandsForNothing_IsRefused(string masked, string original) =>
        Assert.Null(SettingSecrets.Unmasked(Beam, JsonElement.Parse(masked), JsonElement.Parse(original)));

    [Fact]
    public void Unmasked_AnElementTakenOutOfAList_LeavesTheOthersTheirOwnSecrets() => Assert.Equal(
        """[{"user":"b","password":"hunter3"}]""",
        SettingSecrets.Unmasked(
            Beam,
            JsonElement.Parse($$"""[{"user":"b","password":"{{SettingSecrets.Mask}}"}]"""),
            JsonElement.Parse("""[{"user":"a","password":"hunter2"},{"user":"b","password":"hunter3"}]"""))?.ToString());
}
