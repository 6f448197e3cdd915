using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>What every answer has in common.</summary>
public sealed class AnswerTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Answer_CarriesTheServicesHeaders()
    {
        var reply = await host.GetAsync("/v1/sims?limit=1", await host.SignInAsync(host.Aoba));

        Assert.Equal("application/json", reply.Header("Content-Type"));
        Assert.Equal("no-cache", reply.Header("Cache-Control"));
        Assert.Equal("Accept-Encoding", reply.Header("Vary"));
        Assert.Null(reply.Header("Server"));
    }

    [Fact]
    public async Task Answer_NamesItsRequest_EachByAnotherName()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var names = new[] { await host.GetAsync("/v1/sims", pair), await host.GetAsync("/v1/sims"), await host.PostAsync("/v1/auth/logout", pair: pair) }
            .Select(reply => reply.Header("x-soracom-request-id"))
            .ToList();

        Assert.All(names, name => Assert.True(Guid.TryParse(name, out _)));
        Assert.Equal(3, names.Distinct().Count());
    }

    [Fact]
    public async Task Connection_IsKeptAfterEveryKindOfAnswer()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var headers = $"Host: x\r\nX-Soracom-API-Key: {pair.ApiKey}\r\nX-Soracom-Token: {pair.Token}\r\n";
        (string Request, int Status)[] calls =
        [
            ($"GET /v1/sims?limit=1 HTTP/1.1\r\n{headers}\r\n", 200),
            ($"HEAD /v1/sims HTTP/1.1\r\n{headers}\r\n", 405),
            ($"GET /v1/sims/none HTTP/1.1\r\n{headers}\r\n", 404),
            ($"POST /v1/auth HTTP/1.1\r\n{headers}Content-Length: 2\r\n\r\n{{]", 400),
            ($"PUT /v1/sims HTTP/1.1\r\n{headers}Content-Length: 5\r\n\r\n12345", 405),
            ($"POST /v1/auth/logout HTTP/1.1\r\n{headers}Content-Length: 0\r\n\r\n", 204),
            ($"GET /v1/sims HTTP/1.1\r\n{headers}Connection: close\r\n\r\n", 401),
        ];
        using var client = new TcpClient();
        await client.ConnectAsync(host.Server.JapanAddress.Host, host.Server.JapanAddress.Port, TestContext.Current.CancellationToken);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Concat(calls.Select(call => call.Request))), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        var received = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            calls.Select(call => call.Status),
            Regex.Matches(received, "HTTP/1\\.1 (?<status>[0-9]{3})", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("ja", true)]
    [InlineData("en", false)]
    [InlineData("fr", false)]
    [InlineData(null, false)]
    public async Task Message_IsInTheLanguageAskedFor_EnglishOtherwise(string? language, bool japanese)
    {
        var reply = (await host.GetAsync("/v1/sims", headers: language is null ? [] : [("X-Soracom-Lang", language)])).Refused(400);

        Assert.Equal(japanese, reply["message"]!.Any(character => !char.IsAscii(character)));
    }

    [Fact]
    public async Task Japanese_TravelsAsUtf8NotAsEscapes()
    {
        var reply = await host.GetAsync("/v1/sims?limit=1", await host.SignInAsync(host.Aoba));

        Assert.Contains("冷蔵トラック 1号車", reply.Text, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetByteCount(reply.Text).ToString(CultureInfo.InvariantCulture), reply.Header("Content-Length"));
    }
}
