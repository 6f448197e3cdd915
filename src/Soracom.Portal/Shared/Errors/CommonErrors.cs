namespace Soracom.Portal.Shared.Errors;

/// <summary>What was put in can't be used; nothing was changed.</summary>
public record InputError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="key">Names what is wrong with what.</param>
    /// <param name="arguments">What the text speaks of.</param>
    public InputError(string key, params object[] arguments)
        : base(key) => Arguments = arguments;
}

/// <summary>Somebody else changed the same thing meanwhile; nothing was changed here.</summary>
public sealed record ConflictError() : PortalError("Conflict");

/// <summary>What was to be changed is no longer there.</summary>
public sealed record GoneError() : PortalError("Gone");

/// <summary>The half of the tenant's key that lies outside the database is out of reach: nothing can be sealed or opened for the moment, and nothing was changed.</summary>
public sealed record KeyStoreAwayError() : PortalError("KeyStoreAway");
