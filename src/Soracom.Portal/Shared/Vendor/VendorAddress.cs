using Soracom.Api;

namespace Soracom.Portal.Shared.Vendor;

/// <summary>Addresses of files, as the vendor's answers tell them.</summary>
internal static class VendorAddress
{
    /// <summary>An address, if the portal may fetch what is there: over TLS, or from where the vendor itself is.</summary>
    /// <param name="url">The address; null where none was told.</param>
    /// <param name="options">Where the vendor is.</param>
    /// <param name="coverage">The coverage.</param>
    /// <returns>The address; null where it is none, or may not be fetched.</returns>
    public static Uri? Of(string? url, SoracomApiOptions options, SoracomCoverage coverage)
    {
        var endpoint = coverage == SoracomCoverage.Japan ? options.JapanEndpoint : options.GlobalEndpoint;
        return Uri.TryCreate(url, UriKind.Absolute, out var address)
            && address.UserInfo.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || address.GetLeftPart(UriPartial.Authority) == endpoint.GetLeftPart(UriPartial.Authority))
            ? address
            : null;
    }
}
