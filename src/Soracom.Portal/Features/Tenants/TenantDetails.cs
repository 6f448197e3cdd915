using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Tenants;

/// <summary>What a tenant is called, and how it is spoken to.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="TimeZone">IANA time zone in which its people read times.</param>
/// <param name="Language">en or ja: for those whose language nobody knows; null follows whoever writes.</param>
public sealed record TenantDetails(string Name, string TimeZone, string? Language)
{
    /// <summary>What is wrong with it.</summary>
    internal InputError? Problem() => this switch
    {
        _ when Names.IsBlank(Name) || Name.Trim().Length > Tenant.NameLength => new InputError("TenantName", Tenant.NameLength),
        _ when !Times.IsZone(TimeZone) || TimeZone.Length > Tenant.TimeZoneLength => new InputError("TenantTimeZone"),
        _ when Language is not null && !Languages.All.Contains(Language, StringComparer.Ordinal) => new InputError("TenantLanguage"),
        _ => null,
    };
}
