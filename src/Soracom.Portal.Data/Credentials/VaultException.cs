namespace Soracom.Portal.Data.Credentials;

/// <summary>Why a sealed secret can't be opened.</summary>
public enum VaultFailure
{
    /// <summary>Altered, moved to another tenant, record or version, or of an unknown format.</summary>
    Damaged,

    /// <summary>Its data key was retired or destroyed, or never was this tenant's.</summary>
    KeyGone,

    /// <summary>The installation's key ring can't unwrap the tenant's data key.</summary>
    KeyRing,

    /// <summary>The store of the halves that lie outside the database is away. It comes back, and what is sealed opens again.</summary>
    KeyShare,

    /// <summary>The store is there, and the half of the tenant's data key is not in it, or is not as it was kept. It opens again where the half is restored.</summary>
    KeyShareLost,
}

/// <summary>A sealed secret can't be opened. The message names the reason and nothing of the secret.</summary>
public sealed class VaultException : Exception
{
    /// <summary>Creates the exception.</summary>
    public VaultException()
        : this(VaultFailure.Damaged)
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What went wrong.</param>
    public VaultException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">The cause.</param>
    public VaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal VaultException(VaultFailure failure, Exception? cause = null)
        : base(
            failure switch
            {
                VaultFailure.KeyGone => "The data key of this secret was retired or destroyed.",
                VaultFailure.KeyRing => "The key ring can't unwrap the tenant's data key.",
                VaultFailure.KeyShare => "The half of the tenant's data key that lies outside the database can't be had.",
                VaultFailure.KeyShareLost => "The half of the tenant's data key that lies outside the database is missing or damaged.",
                _ => "The sealed secret was altered or belongs elsewhere.",
            },
            cause) => Failure = failure;

    /// <summary>The reason.</summary>
    public VaultFailure Failure { get; }
}
