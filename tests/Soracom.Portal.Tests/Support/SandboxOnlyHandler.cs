using System.Collections.Concurrent;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Support;

/// <summary>Lets requests to the sandbox through and refuses all others, which the scene then fails on.</summary>
internal sealed class SandboxOnlyHandler(SandboxServer sandbox, SandboxOnlyHandler.Log strays) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = request.RequestUri!.GetLeftPart(UriPartial.Authority);
        if (target != sandbox.JapanAddress.GetLeftPart(UriPartial.Authority) && target != sandbox.GlobalAddress.GetLeftPart(UriPartial.Authority))
        {
            strays.Requests.Enqueue($"{request.Method} {target}");
            throw new InvalidOperationException($"No test may send a request to {target}.");
        }

        return base.SendAsync(request, cancellationToken);
    }

    internal sealed class Log
    {
        public ConcurrentQueue<string> Requests { get; } = new();
    }
}
