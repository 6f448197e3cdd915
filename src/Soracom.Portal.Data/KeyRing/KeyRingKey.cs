namespace Soracom.Portal.Data.KeyRing;

/// <summary>One key of the installation's key ring, as Data Protection writes it.</summary>
[InstallationWide]
public sealed class KeyRingKey
{
    /// <summary>Identity of the row.</summary>
    public int Id { get; init; }

    /// <summary>The key's name, as Data Protection gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The key's XML, encrypted under the configured certificate outside Development.</summary>
    public required string Xml { get; init; }

    /// <summary>
    /// Signature of the XML by the certificate that was configured when it was written, see <see cref="KeyRingSignatures"/>;
    /// null where none was, in Development.
    /// </summary>
    public byte[]? Signature { get; init; }
}
