using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Soracom.Portal.Benchmarks;

/// <summary>Serves a file of 2 GB that nothing is kept of: the same megabyte again and again.</summary>
internal sealed class BigFile : IAsyncDisposable
{
    public const long Length = 2_000_000_000;

    private readonly WebApplication server;
    private readonly byte[] megabyte = new byte[1_000_000];

    private BigFile()
    {
        Random.Shared.NextBytes(megabyte);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(SendAsync);
    }

    /// <summary>Where it is.</summary>
    public Uri Address => new(server.Urls.Single());

    /// <summary>When its first byte was asked for last.</summary>
    public long Began { get; private set; }

    public static async Task<BigFile> StartAsync(CancellationToken cancellationToken)
    {
        var file = new BigFile();
        await file.server.StartAsync(cancellationToken);
        return file;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task SendAsync(HttpContext context)
    {
        Began = Stopwatch.GetTimestamp();
        context.Response.ContentLength = Length;
        for (var sent = 0L; sent < Length; sent += megabyte.Length)
        {
            await context.Response.Body.WriteAsync(megabyte, context.RequestAborted);
        }
    }
}

/// <summary>Asks for the big file, whatever file is asked for.</summary>
internal sealed class InsteadOfTheVendors(BigFile file) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = file.Address;
        return base.SendAsync(request, cancellationToken);
    }
}
