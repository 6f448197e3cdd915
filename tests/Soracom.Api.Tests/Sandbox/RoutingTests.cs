using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox;

public sealed class RoutingTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Theory]
    [InlineData("/v1/sims?a=b?c", "/v1/sims", "a=b?c")]
    [InlineData("/v1/sims?", "/v1/sims", "")]
    [InlineData("/v1/files/private//", "/v1/files/private//", "")]
    [InlineData("/v1/a%2Fb/../c", "/v1/a%2Fb/../c", "")]
    [InlineData("http://api.example/v1/sims?x=1", "/v1/sims", "x=1")]
    [InlineData("http://api.example", "/", "")]
    [InlineData("*", "/", "")]
    public void RawTarget_IsTakenApartAsItStands(string target, string path, string query) =>
        Assert.Equal(new RawTarget(path, query), RawTarget.Parse(target));

    [Theory]
    [InlineData("GET", "/sims/1", "sim", "sim_id", "1")]
    [InlineData("GET", "/sims/a%2Fb%2525+", "sim", "sim_id", "a/b%25+")]
    [InlineData("PUT", "/groups/g/configuration/SoracomBeam/tcp%3A%2F%2Fbeam.soracom.io%3A8023", "parameter", "name", "tcp://beam.soracom.io:8023")]
    [InlineData("PUT", "/groups/g/configuration/SoracomBeam/tcp%3A%2F%2Fbeam.soracom.io%3A8023", "parameter", "namespace", "SoracomBeam")]
    [InlineData("DELETE", "/devices/events", "device", "device_id", "events")]
    [InlineData("GET", "/devices/x/name", "name", "device_id", "x")]
    [InlineData("GET", "/files/private//", "file", "path", "/")]
    [InlineData("GET", "/files/private//a//b%20c", "file", "path", "/a//b c")]
    [InlineData("GET", "/files/private/", "file", "path", "")]
    [InlineData("GET", "/folders/private//", "folder", "path", "")]
    [InlineData("GET", "/folders/private/a//b/", "folder", "path", "a//b")]
    [InlineData("GET", "/folders/private/a//b", "thing", "path", "a//b")]
    public void Router_FindsTheTemplateAndUnescapesAfterwards(string method, string path, string target, string parameter, string value)
    {
        var match = MakeRouter().Match(method, path[1..].Split('/'));

        Assert.Equal(target, match.Target);
        Assert.Equal(value, match.Values[parameter]);
    }

    [Fact]
    public void Router_LiteralSegment_WinsOverAParameter() =>
        Assert.Equal("events", MakeRouter().Match("GET", ["devices", "events"]).Target);

    [Theory]
    [InlineData("/sims/")]
    [InlineData("/sims//")]
    [InlineData("/Sims/1")]
    [InlineData("/%73ims/1")]
    [InlineData("/devices//name")]
    [InlineData("/files/private")]
    [InlineData("/")]
    public void Router_OtherPaths_AreUnknown(string path)
    {
        var match = MakeRouter().Match("GET", path[1..].Split('/'));

        Assert.Null(match.Target);
        Assert.Empty(match.Allowed);
    }

    [Fact]
    public void Router_KnownPathWithAnotherMethod_TellsTheMethodsItKnows() =>
        Assert.Equal(["DELETE", "GET"], MakeRouter().Match("PATCH", ["devices", "events"]).Allowed);

    [Theory]
    [InlineData("/v1/nothing")]
    [InlineData("/v1")]
    [InlineData("/v1/")]
    [InlineData("/")]
    [InlineData("/v2/sims")]
    [InlineData("/v1/sims/")]
    [InlineData("/v1//sims")]
    [InlineData("/v1/operators//tokens")]
    [InlineData("/v1/files/private")]
    [InlineData("/v1/groups/../sims")]
    public async Task Call_UnknownPath_Is404InTheVendorsShape(string path) =>
        (await host.GetAsync(path, await host.SignInAsync(host.Aoba))).Refused(404);

    [Fact]
    public async Task Call_KnownPathWithAWrongMethod_Is405AndTellsTheRightOnes()
    {
        var reply = await host.SendAsync(HttpMethod.Post, "/v1/query/sims", await host.SignInAsync(host.Aoba), "{}");

        reply.Refused(405);
        Assert.Equal("GET", reply.Header("Allow"));
    }

    [Fact]
    public async Task Call_OfAnOperationThatTheVendorHasAndTheSandboxHasNot_SaysSo()
    {
        (await host.GetAsync("/v1/lora_gateways")).Refused(501, "AGW9008");
        (await host.GetAsync("/v1/lora_gateways/any", await host.SignInAsync(host.Aoba))).Refused(501, "AGW9008");
    }

    [Fact]
    public async Task Call_TrailingQuestionMark_IsNothing() =>
        Assert.Equal(200, (await host.GetAsync("/v1/sims?", await host.SignInAsync(host.Aoba))).Status);

    [Fact]
    public async Task Head_AnswersWithoutABody()
    {
        var reply = await host.SendAsync(HttpMethod.Head, "/v1/sims");

        Assert.Equal((405, ""), (reply.Status, reply.Text));
    }

    private static Router<string> MakeRouter()
    {
        var router = new Router<string>();
        router.Add("GET", "/sims/{sim_id}", "sim");
        router.Add("PUT", "/groups/{group_id}/configuration/{namespace}/{name}", "parameter");
        router.Add("GET", "/devices/events", "events");
        router.Add("DELETE", "/devices/{device_id}", "device");
        router.Add("GET", "/devices/{device_id}/name", "name");
        router.Add("GET", "/files/{scope}/{path*}", "file");
        router.Add("GET", "/folders/{scope}/{path*}", "thing");
        router.Add("GET", "/folders/{scope}/{path*}/", "folder");
        return router;
    }
}
