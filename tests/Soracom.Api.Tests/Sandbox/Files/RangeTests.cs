using System.Text;
using Soracom.Sandbox;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox.Files;

/// <summary>Parts of files, from signed addresses.</summary>
public sealed class RangeTests : IAsyncLifetime
{
    private const string Digits = "0123456789";

    private SandboxHost host = null!;
    private Pair pair = null!;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        host = await SandboxHost.StartAsync(new SandboxOptions
        {
            Clock = new FakeTime(),
            Fleets = [DemoFleets.Aoba],
            Operations =
            [
                .. Operations.All,
                .. new[] { "streamed", "unmeasured" }.Select(kind => new Operation("GET", $"/{kind}", $"get-{kind}", "Raw:get", call => Answer.Redirect(call.Link(kind, "x", TimeSpan.FromMinutes(1))))),
            ],
            Downloads = [.. DownloadKinds.All, new("streamed", _ => Answer.Stream("text/plain", Digits.Length, WriteAsync)), new("unmeasured", _ => Answer.Stream("text/plain", length: null, WriteAsync))],
        });
        pair = await host.SignInAsync(host.Aoba);
        await host.SendAsync(HttpMethod.Put, "/v1/files/private/ten.txt", pair, new StringContent(Digits, Encoding.ASCII, "text/plain"));
        address = await AddressAsync("/v1/files/private/ten.txt");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("bytes=0-3", "0123", "bytes 0-3/10")]
    [InlineData("bytes=4-", "456789", "bytes 4-9/10")]
    [InlineData("bytes=-3", "789", "bytes 7-9/10")]
    [InlineData("bytes=-30", Digits, "bytes 0-9/10")]
    [InlineData("bytes=8-9223372036854775806", "89", "bytes 8-9/10")]
    [InlineData("Bytes=9-9", "9", "bytes 9-9/10")]
    public async Task Range_IsAPartOfTheFile_HoweverThatIsMade(string range, string expected, string contentRange)
    {
        foreach (var target in new[] { address, await AddressAsync("/v1/streamed"), await AddressAsync("/v1/unmeasured") })
        {
            var reply = await PartAsync(target, range);

            Assert.Equal((206, expected, contentRange, "bytes"), (reply.Status, reply.Text, reply.Header("Content-Range"), reply.Header("Accept-Ranges")));
            Assert.Equal($"{expected.Length}", reply.Header("Content-Length"));
        }
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=10-20")]
    [InlineData("bytes=-0")]
    public async Task Range_BeyondTheFile_CanNotBeSatisfied(string range)
    {
        var reply = (await PartAsync(address, range)).Refused(416);

        Assert.Equal("bytes */10", reply.Header("Content-Range"));
    }

    [Theory]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=0-1,4-5")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("items=0-1")]
    [InlineData("bytes=99999999999999999999-")]
    public async Task Range_ThatIsNone_IsPassedOver(string range)
    {
        var reply = await PartAsync(address, range);

        Assert.Equal((200, Digits, null), (reply.Status, reply.Text, reply.Header("Content-Range")));
    }

    [Fact]
    public async Task WholeFile_TellsThatItHasRanges_AndTheLookAtItDoesToo()
    {
        var whole = await host.GetAsync(address);
        var head = await host.SendAsync(HttpMethod.Head, address);

        Assert.Equal((200, "bytes", Digits), (whole.Status, whole.Header("Accept-Ranges"), whole.Text));
        Assert.Equal((200, "bytes", "10", ""), (head.Status, head.Header("Accept-Ranges"), head.Header("Content-Length"), head.Text));
    }

    [Fact]
    public async Task Range_OfAFileThatIsAnotherSince_IsTheWholeFile()
    {
        var tag = (await host.GetAsync(address)).Header("ETag")!;

        var same = await PartAsync(address, "bytes=2-3", ("If-Range", tag));
        await host.SendAsync(HttpMethod.Put, "/v1/files/private/ten.txt", pair, new StringContent("abcdefghij", Encoding.ASCII, "text/plain"));
        var another = await PartAsync(address, "bytes=2-3", ("If-Range", tag));

        Assert.Equal((206, "23"), (same.Status, same.Text));
        Assert.Equal((200, "abcdefghij"), (another.Status, another.Text));
    }

    [Fact]
    public async Task Range_OfTheRefusalOfABadAddress_IsTheRefusal() =>
        (await PartAsync(address.Replace("ten", "two", StringComparison.Ordinal), "bytes=0-1")).Refused(403);

    private static async Task WriteAsync(Stream stream, CancellationToken stop)
    {
        foreach (var digit in Digits)
        {
            await stream.WriteAsync(new[] { (byte)digit }, stop);
        }
    }

    private async Task<string> AddressAsync(string path) => new Uri((await host.GetAsync(path, pair)).Header("Location")!).AbsolutePath;

    private Task<Reply> PartAsync(string target, string range, params (string Name, string Value)[] more) =>
        host.GetAsync(target, pair: null, global: false, [("Range", range), .. more]);
}
