using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Soracom.Sandbox.Http;

/// <summary>One address that the sandbox listens on. Marks each of its connections with the coverage it stands for.</summary>
internal sealed class Listener
{
    private readonly Uri address;
    private readonly Coverage coverage;
    private readonly IPAddress? ip;
    private ListenOptions? opened;

    /// <exception cref="ArgumentException">The address is not one to listen on.</exception>
    public Listener(Uri address, Coverage coverage)
    {
        var isLocalhost = string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase);
        if (address.Scheme != Uri.UriSchemeHttp || (!IPAddress.TryParse(address.DnsSafeHost, out ip) && !isLocalhost))
        {
            throw new ArgumentException($"The sandbox listens on http with an IP address or localhost, not on '{address}'.", nameof(address));
        }

        this.address = address;
        this.coverage = coverage;
    }

    /// <summary>The address with the port that was taken.</summary>
    public Uri BoundAddress => new UriBuilder(address.Scheme, address.Host, opened?.IPEndPoint?.Port ?? address.Port, "/").Uri;

    public void Open(KestrelServerOptions kestrel)
    {
        if (ip is null)
        {
            kestrel.ListenLocalhost(address.Port, Mark);
        }
        else
        {
            kestrel.Listen(ip, address.Port, Mark);
        }
    }

    private void Mark(ListenOptions options)
    {
        opened = options;
        options.Use(next => connection =>
        {
            connection.Features.Set(new CoverageOfConnection(coverage));
            return next(connection);
        });
    }
}
