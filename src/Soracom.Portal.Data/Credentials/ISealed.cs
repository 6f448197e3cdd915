namespace Soracom.Portal.Data.Credentials;

/// <summary>A row with a secret that <see cref="TenantVault"/> seals under the tenant's data key, and seals anew when that key is replaced.</summary>
public interface ISealed : ITenantOwned
{
    /// <summary>Identity of the row; part of what the seal is bound to.</summary>
    Guid Id { get; }

    /// <summary>Counts replacements of the secret; part of what the seal is bound to.</summary>
    int Version { get; }

    /// <summary>The sealed secret.</summary>
    byte[] Sealed { get; set; }
}
