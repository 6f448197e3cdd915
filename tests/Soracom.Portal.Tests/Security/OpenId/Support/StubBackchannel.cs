using System.Net;
using System.Text;
using System.Text.Json;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>Answers the backchannel's requests by address; any other address fails the test.</summary>
internal sealed class StubBackchannel : HttpMessageHandler
{
    private readonly Dictionary<string, Func<CancellationToken, Task<HttpResponseMessage>>> answers = new(StringComparer.Ordinal);

    public List<string> Requests { get; } = [];

    public void Answer(string address, object json, HttpStatusCode status = HttpStatusCode.OK) =>
        Answer(address, JsonSerializer.Serialize(json), status);

    public void Answer(string address, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Answer(address, _ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8) }));

    public void Answer(string address, Func<CancellationToken, Task<HttpResponseMessage>> answer) => answers[address] = answer;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.AbsoluteUri;
        lock (Requests)
        {
            Requests.Add(address);
        }

        return answers.TryGetValue(address, out var answer)
            ? answer(cancellationToken)
            : throw new InvalidOperationException($"Nobody expected a request to {address}.");
    }
}
