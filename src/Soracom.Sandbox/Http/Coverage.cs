namespace Soracom.Sandbox.Http;

/// <summary>
/// Which of the vendor's two endpoints a call came to. SIMs and groups belong to one of them.
/// The listener puts it on each connection, so ports and host names are never compared.
/// </summary>
internal enum Coverage
{
    Japan,
    Global,
}

internal static class CoverageNames
{
    /// <summary>The vendor's short name: jp or g.</summary>
    public static string ShortName(this Coverage coverage) => coverage == Coverage.Japan ? "jp" : "g";
}

internal sealed record CoverageOfConnection(Coverage Coverage);
