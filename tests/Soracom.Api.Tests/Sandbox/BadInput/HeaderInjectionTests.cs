using System.Text;
using System.Text.Json;
using Soracom.Api.Tests.Cases;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox.BadInput;

/// <summary>
/// Every operation is called well but for line breaks and control characters where none may be. What is no HTTP the server refuses
/// before anybody can give the vendor's error body; whatever gets further has that.
/// </summary>
public sealed class HeaderInjectionTests
{
    /// <summary>Parts of a header section.</summary>
    private static readonly string[] BadHeaders =
    [
        "X-Evil: a\rX-Injected: yes",
        "X-Evil: a\0b",
        "X-Evil: a\r\n X-Injected: yes",
        "X-Evil : a",
        "X-Evil",
        "Content-Length: -1",
    ];

    /// <summary>Parts of a request target.</summary>
    private static readonly string[] BadTargets = ["\n", "\r", "\0", " ", "\u0001", "\u007F", "\u00E6\u0097\u00A5"];

    public static TheoryData<string> Served => [.. Operations.All.Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Served))]
    public async Task Request_WithBrokenHeaders_ChangesNothing(string id)
    {
        await using var scene = await BadInputScene.OfAsync(id);

        foreach (var header in BadHeaders)
        {
            await RefusedAsync(scene, scene.Call.Target, header);
        }

        foreach (var part in BadTargets)
        {
            await RefusedAsync(scene, $"{scene.Call.Target}{(scene.Call.Target.Contains('?') ? '&' : '?')}x=a{part}X-Injected:yes", "X-Fine: a");
        }

        await scene.VerifyAsync();
    }

    private static async Task RefusedAsync(BadInputScene scene, string target, string header)
    {
        var call = scene.Call;
        var body = await BodyAsync(call);
        string[] head =
        [
            $"{call.Operation.Method} {target} HTTP/1.1",
            "Host: api.example",
            "Connection: close",
            .. call.Caller is { } pair ? [$"X-Soracom-API-Key: {pair.ApiKey}", $"X-Soracom-Token: {pair.Token}"] : (string[])[],
            .. header.StartsWith("Content-Length", StringComparison.Ordinal) ? (string[])[] : [$"Content-Length: {body.Length}"],
            header,
        ];
        var request = $"{string.Join("\r\n", head)}\r\n\r\n{body}";

        var answer = await RawSocket.ExchangeAsync(request, call.Global ? scene.Host.Server.GlobalAddress : scene.Host.Server.JapanAddress);

        Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"{JsonSerializer.Serialize(target)} {JsonSerializer.Serialize(header)}\n{answer}");
        Assert.DoesNotContain("X-Injected", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
        var content = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.True(content.Length == 0 || content.Contains("\"code\":", StringComparison.Ordinal), content);
    }

    /// <summary>A byte a character.</summary>
    private static async Task<string> BodyAsync(PreparedCall call) => call.Body switch
    {
        null => "",
        string text => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)),
        Func<HttpContent> make => Encoding.Latin1.GetString(await make().ReadAsByteArrayAsync(TestContext.Current.CancellationToken)),
        { } body => Encoding.Latin1.GetString(JsonSerializer.SerializeToUtf8Bytes(body)),
    };
}
