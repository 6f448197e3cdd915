using System.Net;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Vendor;

/// <summary>
/// Fetches files that the vendor hands out at signed addresses. Whoever knows such an address can read the file: it goes to no page, log or
/// error, and files go to the browser by way of the portal.
/// </summary>
/// <param name="clients">Makes the HTTP client: without credentials, and without following redirects.</param>
/// <param name="options">Where the vendor is.</param>
/// <param name="clock">The clock.</param>
internal sealed class VendorFiles(IHttpClientFactory clients, IOptions<SoracomApiOptions> options, TimeProvider clock)
{
    /// <summary>Name of the HTTP client.</summary>
    internal const string Client = "vendor-files";

    private const int BufferBytes = 64 * 1024;

    /// <summary>Adds it.</summary>
    public static IServiceCollection Add(IServiceCollection services)
    {
        // The framework would log each address.
        services.AddHttpClient(Client).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        return services.AddSingleton<VendorFiles>();
    }

    /// <summary>Opens a file.</summary>
    /// <param name="url">The address that the vendor told.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The file, to be disposed of; a <see cref="GoneError"/> where it is not there (yet, or any more) or the address is not one that the portal
    /// fetches from; or a <see cref="VendorError"/>.
    /// </returns>
    public async Task<Result<VendorFile>> OpenAsync(string url, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        if (VendorAddress.Of(url, options.Value, coverage) is not { } address)
        {
            return new GoneError();
        }

        try
        {
            var answer = await clients.CreateClient(Client).GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return new VendorFile(answer, new VendorContent(await answer.Content.ReadAsStreamAsync(cancellationToken), clock));
            }

            answer.Dispose();
            return answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden ? new GoneError() : new VendorError(VendorErrorKind.Unavailable, coverage);
        }
        catch (HttpRequestException)
        {
            return new VendorError(VendorErrorKind.Unavailable, coverage);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time for an answer was over.
            return new VendorError(VendorErrorKind.Unavailable, coverage);
        }
    }

    /// <summary>Reads a small file whole.</summary>
    /// <param name="url">The address that the vendor told.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="mostBytes">What is larger is none of those that are meant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Its bytes; what <see cref="OpenAsync"/> fails with; or a <see cref="VendorError"/> where it breaks off or is too large.</returns>
    public async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(string url, SoracomCoverage coverage, int mostBytes, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(url, coverage, cancellationToken);
        if (opened.Error is { } error)
        {
            return error;
        }

        await using var file = opened.Value;
        if (file.Length > mostBytes)
        {
            return new VendorError(VendorErrorKind.NotUnderstood, coverage);
        }

        var whole = new MemoryStream();
        var buffer = new byte[BufferBytes];
        try
        {
            while (await file.Content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (whole.Length + read > mostBytes)
                {
                    return new VendorError(VendorErrorKind.NotUnderstood, coverage);
                }

                whole.Write(buffer, 0, read);
            }
        }
        catch (VendorContentException)
        {
            return new VendorError(VendorErrorKind.Unavailable, coverage);
        }

        return (ReadOnlyMemory<byte>)whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}

/// <summary>A file of the vendor's, on its way.</summary>
internal sealed class VendorFile(HttpResponseMessage answer, Stream content) : IAsyncDisposable
{
    /// <summary>The bytes.</summary>
    public Stream Content { get; } = content;

    /// <summary>How many; null when it is not known beforehand.</summary>
    public long? Length { get; } = answer.Content.Headers.ContentLength;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        answer.Dispose();
    }
}
