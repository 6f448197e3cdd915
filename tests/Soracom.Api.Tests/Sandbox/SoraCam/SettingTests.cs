using System.Text.Json;
using Soracom.Api.Tests.Contract;
using static Soracom.Api.Tests.Sandbox.SoraCam.CameraScene;

namespace Soracom.Api.Tests.Sandbox.SoraCam;

public sealed class SettingTests
{
    private static readonly string[] Nonsense =
    [
        "", "{", "[]", "null", "\"on\"", "{}", """{"state":null}""", """{"state":{}}""", """{"state":""}""", """{"state":"ON"}""", """{"state":90}""", """{"state":true}""",
        """{"enabled":"yes"}""", """{"enabled":true,"time":"3:00"}""", """{"enabled":true,"time":"03:00\n"}""", """{"enabled":true,"daysOfWeek":[7]}""",
        """{"enabled":true,"daysOfWeek":["Sunday"]}""", """{"enabled":true,"daysOfWeek":0}""",
    ];

    public static TheoryData<string> Settings =>
        [.. ApiContract.Operations.Values.Where(operation => operation.Id.StartsWith("setSoraCamDeviceAtomCamSettings", StringComparison.Ordinal)).Select(operation => operation.Path.Split('/')[^1])];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Setting_IsReadBackAsItWasWritten_AndNoOtherChanges(string setting)
    {
        await using var scene = await CameraScene.StartAsync();
        if (setting == "self_reboot")
        {
            var plan = JsonSerializer.Serialize(new { enabled = true, time = "18:30", daysOfWeek = new[] { 0, 6 } });
            Assert.Equal("", (await scene.OnAsync("setSoraCamDeviceAtomCamSettingsSelfReboot", Continuous, plan)).Text);
            Assert.Equal(plan, (await scene.OnAsync("getSoraCamDeviceAtomCamSettingsSelfReboot", Continuous)).Text);
            return;
        }

        var name = string.Concat(setting.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var member = char.ToLowerInvariant(name[0]) + name[1..];
        var before = (await scene.OnAsync("getSoraCamDeviceAtomCamSettings", Continuous)).Json;
        var body = ApiContract.Resolve(ApiContract.Operation($"setSoraCamDeviceAtomCamSettings{name}").Body!.Types["application/json"]);
        foreach (var value in body.Properties["state"].Values)
        {
            var text = setting == "rotation" ? value : $"\"{value}\"";
            var written = await scene.OnAsync($"setSoraCamDeviceAtomCamSettings{name}", Continuous, $$"""{"state":{{text}}}""");
            var after = (await scene.OnAsync("getSoraCamDeviceAtomCamSettings", Continuous)).Json;

            Assert.Equal((200, ""), (written.Status, written.Text));
            Assert.Equal($$"""{"state":{{text}}}""", (await scene.OnAsync($"getSoraCamDeviceAtomCamSettings{name}", Continuous)).Text);
            Assert.Equal(text, after.GetProperty(member).GetRawText());
            Assert.All(before.EnumerateObject().Where(one => one.Name != member), one => Assert.Equal(one.Value.GetRawText(), after.GetProperty(one.Name).GetRawText()));
        }
    }

    [Fact]
    public async Task Settings_NeedALicenceOrRealTimeAccess()
    {
        await using var scene = await CameraScene.StartAsync();

        (await scene.OnAsync("getSoraCamDeviceAtomCamSettings", Unlicensed)).Refused(404);
        (await scene.OnAsync("setSoraCamDeviceAtomCamSettingsLogo", Unlicensed, new { state = "off" })).Refused(404);
        await scene.OnAsync("updateSoraCamDeviceAtomCamOptionsRealTimeAccess", Unlicensed, new { enabled = true });

        Assert.Equal("on", (await scene.OnAsync("getSoraCamDeviceAtomCamSettingsLogo", Unlicensed))["state"]);
    }

    [Fact]
    public async Task Body_OfNonsense_IsRefusedByEveryOperationOfTheCameras_AndChangesNothing()
    {
        await using var scene = await CameraScene.StartAsync();
        var before = await EverythingAsync(scene);
        var operations = ApiContract.Operations.Values.Where(operation => operation.Permission!.StartsWith("SoraCam:", StringComparison.Ordinal)
            && operation.Body?.Types.Count == 1 && operation.Path.Contains("{device_id}", StringComparison.Ordinal)).ToList();

        foreach (var operation in operations)
        {
            foreach (var body in Nonsense.Where(body => !IsGood(operation.Id, body)))
            {
                var reply = await scene.OnAsync(operation.Id, Continuous, body);
                Assert.True(reply.Status == 400, $"{operation.Id} {body}: {reply.Status}");
            }
        }

        Assert.True(operations.Count > 15);
        Assert.Equal(before, await EverythingAsync(scene));

        // It asks for nothing but whether it is enabled.
        static bool IsGood(string operation, string body) =>
            operation == "updateSoraCamDeviceAtomCamOptionsRealTimeAccess" && body.StartsWith("""{"enabled":true,""", StringComparison.Ordinal);
    }

    private static async Task<string> EverythingAsync(CameraScene scene)
    {
        var texts = new List<string>();
        foreach (var operation in (string[])["getSoraCamDevice", "getSoraCamDeviceAtomCamSettings", "getSoraCamDeviceAtomCamSettingsSelfReboot", "getSoraCamDeviceAtomCamOptions", "getSoraCamDeviceExportUsage"])
        {
            texts.Add((await scene.OnAsync(operation, Continuous)).Text);
        }

        texts.Add((await scene.CallAsync("listSoraCamDeviceVideoExports")).Text);
        texts.Add((await scene.CallAsync("listSoraCamDeviceImageExports")).Text);
        return string.Join('\n', texts);
    }
}
