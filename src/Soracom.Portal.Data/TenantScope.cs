namespace Soracom.Portal.Data;

/// <summary>
/// An entity that belongs to one tenant. <see cref="PortalDbContext"/> shows it to that tenant's contexts only and
/// refuses to save it from any other.
/// </summary>
public interface ITenantOwned
{
    /// <summary>The tenant that owns the row.</summary>
    Guid TenantId { get; }
}

/// <summary>
/// An entity that belongs to one tenant or, where <see cref="TenantId"/> is null, to the installation. A tenant's
/// context sees that tenant's rows only, the installation's context only those without a tenant.
/// </summary>
public interface IMayBeTenantOwned
{
    /// <summary>The tenant that owns the row, or null.</summary>
    Guid? TenantId { get; }
}

/// <summary>
/// Marks an entity that belongs to the installation rather than to one tenant. Without this mark an entity must be
/// <see cref="ITenantOwned"/> or <see cref="IMayBeTenantOwned"/>: the model refuses to build with one that is neither.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InstallationWideAttribute : Attribute;

/// <summary>Thrown when a row of one tenant is about to be saved through another tenant's context.</summary>
public sealed class ForeignTenantException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public ForeignTenantException()
        : this("A row of another tenant can't be saved here.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What was tried.</param>
    public ForeignTenantException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">What was tried.</param>
    /// <param name="innerException">The cause.</param>
    public ForeignTenantException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
