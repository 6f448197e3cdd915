namespace Soracom.Sandbox.State;

/// <summary>The current session of a SIM, or that there is none.</summary>
/// <param name="Online">Whether a session is open. All below <paramref name="LastUpdatedAt"/> is of that session.</param>
/// <param name="LastUpdatedAt">Unix milliseconds.</param>
/// <param name="Id">A ULID.</param>
/// <param name="Imei">15 digits; null for a virtual SIM.</param>
/// <param name="Address">IPv4 address of the device, most significant byte first.</param>
/// <param name="Region">The rendezvous point.</param>
/// <param name="Cell">Null for a virtual SIM.</param>
internal sealed record SimSession(bool Online, long LastUpdatedAt, UInt128 Id, string? Imei, uint Address, string Region, Cell? Cell);

/// <summary>The session before the current one.</summary>
internal sealed record PreviousSession(UInt128 Id, string? Imei, uint Address, Cell? Cell, long CreatedTime, long DeletedTime);

/// <summary>Where a virtual SIM or subscription tunnels to.</summary>
internal sealed record ArcSession(string ServerPeerPublicKey, string ServerEndpoint, uint ClientAddress, string ClientPeerPublicKey, long LastUpdatedAt, string Region);

/// <summary>A base station. 2G and 3G have <see cref="Lac"/> and <see cref="Ci"/>, later ones <see cref="Tac"/> and <see cref="Eci"/>.</summary>
internal sealed record Cell(string RadioType, int Mcc, int Mnc)
{
    public int? Lac { get; init; }

    public int? Ci { get; init; }

    public int? Tac { get; init; }

    public int? Eci { get; init; }
}
