using System.Diagnostics.CodeAnalysis;

namespace Soracom.Portal.Security.OpenId.Metadata;

/// <summary>Addresses that secrets may be sent to.</summary>
internal static class ProviderAddress
{
    /// <summary>
    /// Whether the text is an https address without user name and fragment; http only towards this machine, and only where
    /// <paramref name="requireHttps"/> is off.
    /// </summary>
    public static bool TryParse(string? text, bool requireHttps, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && address.UserInfo.Length == 0
        && address.Fragment.Length == 0
        && (address.Scheme is "https" || !requireHttps && address is { Scheme: "http", IsLoopback: true });

    /// <summary>An address as it is compared: the case of the host, the usual port and slashes at the end don't count.</summary>
    public static string Compared(Uri address) => address.AbsoluteUri.TrimEnd('/');
}
