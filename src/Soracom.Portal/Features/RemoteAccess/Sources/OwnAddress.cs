using System.Net;
using System.Net.Sockets;

namespace Soracom.Portal.Features.RemoteAccess.Sources;

/// <summary>Whether the address that somebody comes from can be a door's source.</summary>
/// <param name="Kind">Whether it can, or why not.</param>
/// <param name="Address">The address; null where it is not known.</param>
public sealed record OwnAddress(OwnAddressKind Kind, string? Address)
{
    /// <summary>The range of this address alone; null where it can't be a source.</summary>
    public string? Range => Kind == OwnAddressKind.Usable ? $"{Address}/32" : null;

    /// <summary>Looks at an address.</summary>
    /// <param name="address">The address of the request or circuit; behind a proxy, what its headers say where those are taken for true.</param>
    /// <returns>What it is good for.</returns>
    public static OwnAddress Of(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
        {
            return new OwnAddress(OwnAddressKind.Unknown, Address: null);
        }

        var plain = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return plain.AddressFamily != AddressFamily.InterNetwork ? new OwnAddress(IPAddress.IsLoopback(plain) ? OwnAddressKind.NotPublic : OwnAddressKind.Ipv6, plain.ToString())
            : SourceRanges.IsUnreachable(new IPNetwork(plain, 32)) ? new OwnAddress(OwnAddressKind.NotPublic, plain.ToString())
            : new OwnAddress(OwnAddressKind.Usable, plain.ToString());
    }
}

/// <summary>What an address is good for.</summary>
public enum OwnAddressKind
{
    /// <summary>It can be a source.</summary>
    Usable,

    /// <summary>It is an IPv6 address, which the vendor does not take.</summary>
    Ipv6,

    /// <summary>It is one of a private network, so the Internet sees another.</summary>
    NotPublic,

    /// <summary>It is not known.</summary>
    Unknown,
}
