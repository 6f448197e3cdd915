using System.Text;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.BadInput;

public sealed class OddRequestTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"email\":}")]
    [InlineData("{} {}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("<xml/>")]
    [InlineData("{\"email\":1,\"password\":\"x\"}")]
    [InlineData("{\"email\":{},\"password\":[]}")]
    [InlineData("{\"email\":\"\\ud800\",\"password\":\"x\"}")]
    [InlineData("{\"\\udfff\":1}")]
    public async Task Body_ThatIsNotWhatTheOperationTakes_Is400(string body)
    {
        var reply = (await host.PostAsync("/v1/auth", body)).Refused(400);

        Assert.DoesNotContain("Exception", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_InvalidUtf8_Is400() =>
        (await host.PostAsync("/v1/auth", new ByteArrayContent([.. "{\"email\":\""u8, 0xC3, 0x28, .. "\",\"password\":\"x\"}"u8]))).Refused(400);

    [Fact]
    public async Task Body_NestedTooDeep_Is400() =>
        (await host.PostAsync("/v1/auth", new string('[', 5000) + new string(']', 5000))).Refused(400);

    [Fact]
    public async Task Body_WithoutContentTypeOrWithAStrangeOne_IsReadAsJson()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"email":"{{host.Aoba.Email}}","password":"{{host.Aoba.Password}}"}""");

        Assert.Equal(200, (await host.PostAsync("/v1/auth", new ByteArrayContent(json))).Status);
        Assert.Equal(200, (await host.PostAsync("/v1/auth", new StringContent(Encoding.UTF8.GetString(json), Encoding.UTF8, "text/plain"))).Status);
    }

    [Fact]
    public async Task Body_WhereNoneIsExpected_IsIgnored()
    {
        var pair = await host.SignInAsync(host.Aoba);

        Assert.Equal(200, (await host.SendAsync(HttpMethod.Get, "/v1/sims?limit=1", pair, "{not json")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_LargerThanAllowed_Is413(bool chunked)
    {
        await using var small = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [], MaxBodyBytes = 1000 });
        HttpContent content = chunked
            ? new StreamContent(new Unseekable(new byte[50_000]))
            : new ByteArrayContent(new byte[50_000]);

        (await small.PostAsync("/v1/auth", content)).Refused(413);
        (await small.PostAsync("/v1/auth", new ByteArrayContent(new byte[1000]))).Refused(400);
    }

    [Fact]
    public async Task Message_WithABracketInTheParameter_IsNotTakenForAPlaceholder()
    {
        var limited = await host.SignInAsync(host.Aoba.User("limited"));

        (await host.GetAsync("/v1/query/sims?limit=%7B0%7D", limited)).Refused(403);
        (await host.GetAsync("/v1/query/sims?limit=%7B9%7D", await host.SignInAsync(host.Aoba))).Refused(400);
    }

    [Fact]
    public async Task Query_WithLineBreaks_DoesNotReachTheLinkHeaderUnescaped()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var reply = await host.GetAsync("/v1/sims?limit=1&x=%0D%0ASet-Cookie:a=b%3E;%20rel=prev", pair);

        Assert.Equal(200, reply.Status);
        Assert.Null(reply.Header("Set-Cookie"));
        Assert.StartsWith("</v1/sims?limit=1&x=%0D%0ASet-Cookie%3Aa%3Db%3E%3B%20rel%3Dprev&last_evaluated_key=", reply.Header("link"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestLine_InAbsoluteForm_IsRouted()
    {
        var address = host.Server.JapanAddress;

        var answer = await RawSocket.ExchangeAsync($"GET http://api.soracom.io/v1/sims HTTP/1.1\r\nHost: api.soracom.io\r\nConnection: close\r\n\r\n", address);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("AUM0001", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WithBrokenFraming_Is400AndTheServerLivesOn()
    {
        var answer = await RawSocket.ExchangeAsync("POST /v1/auth HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n", host.Server.JapanAddress);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\"", answer, StringComparison.Ordinal);
        await host.SignInAsync(host.Aoba);
    }

    /// <summary>A body of unknown length, which goes out in chunks.</summary>
    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
