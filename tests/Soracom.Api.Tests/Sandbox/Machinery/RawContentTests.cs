using System.Text;
using Soracom.Sandbox;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox.Machinery;

/// <summary>Bodies and answers that are not JSON, and files outside the API.</summary>
public sealed class RawContentTests
{
    private static readonly Operation[] Extra =
    [
        new("PUT", "/raw/{path*}", "putRaw", "Raw:putRaw", call => Answer.Bytes(call.ContentType, Encoding.UTF8.GetBytes($"{call.Path["path"]} {Encoding.UTF8.GetString(call.Body.Bytes.Span)}")))
        {
            MaxBodyBytes = 100,
        },
        new("GET", "/stream", "getStream", "Raw:getStream", _ => Answer.Stream("text/csv", 4, (stream, stop) => stream.WriteAsync("a,b\n"u8.ToArray(), stop).AsTask())),
        new("GET", "/link", "getLink", "Raw:getLink", call => Answer.Redirect(call.Link("echo", "folder/an Export.zip", TimeSpan.FromMinutes(10)))),
        new("PUT", "/same", "putSame", "Raw:putSame", _ => Answer.NotModified),
    ];

    [Fact]
    public async Task Body_OfAnyType_ReachesTheOperationAsItIs()
    {
        await using var host = await StartAsync(new FakeTime());
        var pair = await host.SignInAsync(host.Aoba);

        var reply = await host.SendAsync(HttpMethod.Put, "/v1/raw//a//b%2Fc", pair, new StringContent("<x/>", Encoding.UTF8, "application/xml"));

        Assert.Equal((200, "application/xml; charset=utf-8", "/a//b/c <x/>"), (reply.Status, reply.Header("Content-Type"), reply.Text));
        (await host.SendAsync(HttpMethod.Put, "/v1/raw/a", pair, new ByteArrayContent(new byte[101]))).Refused(413);
    }

    [Fact]
    public async Task Answer_ThatIsStreamed_HasItsTypeAndLength()
    {
        await using var host = await StartAsync(new FakeTime());

        var reply = await host.GetAsync("/v1/stream", await host.SignInAsync(host.Aoba));

        Assert.Equal((200, "text/csv", "4", "a,b\n"), (reply.Status, reply.Header("Content-Type"), reply.Header("Content-Length"), reply.Text));
    }

    [Fact]
    public async Task Answer_NotModified_IsEmpty()
    {
        await using var host = await StartAsync(new FakeTime());

        var reply = await host.SendAsync(HttpMethod.Put, "/v1/same", await host.SignInAsync(host.Aoba), "{}");

        Assert.Equal((304, ""), (reply.Status, reply.Text));
    }

    [Fact]
    public async Task Link_LeadsToItsFileAndItsNeighbours_WithoutAnApiKey_UntilItEnds()
    {
        var clock = new FakeTime();
        await using var host = await StartAsync(clock);
        var link = new Uri((await host.GetAsync("/v1/link", await host.SignInAsync(host.Aoba))).Header("Location")!).AbsolutePath;

        var file = await host.GetAsync(link);
        var neighbour = await host.GetAsync(link.Replace("an%20Export.zip", "other", StringComparison.Ordinal));
        var elsewhere = await host.GetAsync(link.Replace("folder", "folders", StringComparison.Ordinal));
        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((200, "folder/an Export.zip", "*"), (file.Status, file.Text, file.Header("Access-Control-Allow-Origin")));
        Assert.Equal("folder/other", neighbour.Text);
        elsewhere.Refused(403);
        (await host.GetAsync(link)).Refused(403);
        (await host.GetAsync("/_files/echo")).Refused(403);
    }

    private static Task<SandboxHost> StartAsync(FakeTime clock) => SandboxHost.StartAsync(new SandboxOptions
    {
        Clock = clock,
        Fleets = [DemoFleets.Aoba],
        Operations = [.. Operations.All, .. Extra],
        Downloads = [new DownloadKind("echo", download => Answer.Bytes("text/plain", Encoding.UTF8.GetBytes(download.Key)))],
    });
}
