using Soracom.Portal.Security.OpenId.Metadata;

namespace Soracom.Portal.Security.OpenId;

/// <summary>
/// What keeps providers from standing side by side. A person has to come by one of them alone: with two doors to the same people, the one
/// that asks for less would be everybody's.
/// </summary>
internal static class ProviderNeighbours
{
    /// <param name="providers">The providers, as they were read; what is wrong with one alone is found elsewhere.</param>
    /// <returns>Each a message that names the keys.</returns>
    public static IEnumerable<string> Problems(IReadOnlyList<OpenIdOptions> providers)
    {
        if (providers.Count > 1)
        {
            foreach (var nameless in providers.Where(one => one.DisplayName is null))
            {
                yield return $"{nameless.SectionPath}:DisplayName is missing: there are several providers, and its button has to say which one it is.";
            }
        }

        foreach (var (one, other) in providers.SelectMany((one, i) => providers.Skip(i + 1).Select(other => (one, other))))
        {
            foreach (var problem in new[] { SameName(one, other), SamePath(one, other), SameAuthority(one, other), SameTenants(one, other) })
            {
                if (problem is not null)
                {
                    yield return problem;
                }
            }
        }
    }

    private static string? SameName(OpenIdOptions one, OpenIdOptions other) =>
        one.DisplayName is { } name && string.Equals(name, other.DisplayName, StringComparison.OrdinalIgnoreCase)
            ? $"{one.SectionPath}:DisplayName and {other.SectionPath}:DisplayName are the same: nobody could tell the buttons apart."
            : null;

    // An answer at a shared path would be taken by whichever provider comes first.
    private static string? SamePath(OpenIdOptions one, OpenIdOptions other)
    {
        (string Key, PathString Path)[] ones = [(nameof(one.CallbackPath), one.CallbackPath), (nameof(one.SignedOutCallbackPath), one.SignedOutCallbackPath)];
        (string Key, PathString Path)[] others = [(nameof(other.CallbackPath), other.CallbackPath), (nameof(other.SignedOutCallbackPath), other.SignedOutCallbackPath)];
        var shared = ones.SelectMany(own => others.Where(theirs => theirs.Path == own.Path).Select(theirs => (Own: own.Key, Theirs: theirs.Key))).FirstOrDefault();
        return shared.Own is null ? null : $"{one.SectionPath}:{shared.Own} and {other.SectionPath}:{shared.Theirs} are the same path: each provider needs its own.";
    }

    private static string? SameAuthority(OpenIdOptions one, OpenIdOptions other) =>
        Address(one.Authority, one) is { } authority && authority == Address(other.Authority, other)
            ? $"{one.SectionPath}:Authority and {other.SectionPath}:Authority are the same provider: its people would be known by both, under the rules of whichever they choose."
            : null;

    private static string? SameTenants(OpenIdOptions one, OpenIdOptions other)
    {
        if (one.Authority is not null || other.Authority is not null || Address(one.Instance, one) is not { } cloud || cloud != Address(other.Instance, other))
        {
            return null;
        }

        foreach (var named in new[] { one, other })
        {
            if (!named.IsMultiTenant && !Guid.TryParse(named.TenantId, out _))
            {
                return $"{named.SectionPath}:TenantId has to be the tenant's id, not a domain name, as {(named == one ? other : one).SectionPath} is of the same cloud: nobody could tell whether they are the same tenant.";
            }
        }

        return (Tenants(one), Tenants(other)) switch
        {
            (null, _) or (_, null) => $"{one.SectionPath}:TenantId and {other.SectionPath}:TenantId overlap: one of them admits every tenant. Its AllowedTenantIds have to say which, and the other's may not be among them.",
            var (ones, others) when ones.Overlaps(others) => $"{one.SectionPath}:TenantId and {other.SectionPath}:TenantId (or their AllowedTenantIds) overlap: the same people would be known by both, under the rules of whichever they choose.",
            _ => null,
        };
    }

    /// <summary>The tenants whose people may sign in; null for all.</summary>
    private static HashSet<Guid>? Tenants(OpenIdOptions options)
    {
        // An id that is none is refused elsewhere.
        var allowed = options.AllowedTenantIds.Select(id => Guid.TryParse(id, out var tenant) ? tenant : Guid.Empty).ToHashSet();
        return options.IsMultiTenant ? allowed.Count == 0 ? null : allowed : [Guid.Parse(options.TenantId!)];
    }

    private static string? Address(string? text, OpenIdOptions options) =>
        ProviderAddress.TryParse(text, options.RequireHttpsMetadata, out var address) ? ProviderAddress.Compared(address) : null;
}
