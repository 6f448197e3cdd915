using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Soracom.Portal.Shared.Mail;

/// <summary>Where the portal is, for links that are read elsewhere: as configured; in Development, where it listens.</summary>
/// <param name="options">The address as configured.</param>
/// <param name="server">Knows where it listens.</param>
public sealed class PortalAddress(IOptions<MailOptions> options, IServer server)
{
    /// <summary>The address of a page as others reach it.</summary>
    /// <param name="path">Path and query.</param>
    /// <returns>The address; null where the portal does not know its own.</returns>
    public Uri? Of(string path)
    {
        var known = options.Value.PortalAddress ?? Listening();
        return known is null ? null : new Uri(new Uri(known.AbsoluteUri.TrimEnd('/') + "/"), path.TrimStart('/'));
    }

    private Uri? Listening()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (address is null)
        {
            return null;
        }

        var own = BindingAddress.Parse(address);
        var host = own.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : own.Host;
        return new UriBuilder(own.Scheme, host, own.Port).Uri;
    }
}
