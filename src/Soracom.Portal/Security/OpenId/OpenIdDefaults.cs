namespace Soracom.Portal.Security.OpenId;

internal static class OpenIdDefaults
{
    /// <summary>The name of the authentication scheme of the provider that has no key.</summary>
    public const string Scheme = "OpenId";

    /// <summary>
    /// The name of a challenge parameter (<c>AuthenticationProperties.SetParameter</c>) that is passed to the provider,
    /// for instance <c>select_account</c> after a sign-in with the wrong account.
    /// </summary>
    public const string PromptParameter = "prompt";

    /// <summary>Stands among a sign-in's properties where the person is to prove anew who they are: since when, in seconds since 1970.</summary>
    public const string AgainItem = "again";

    /// <summary>Stands among a sign-in's properties when the provider has answered: when the person proved who they are, in seconds since 1970.</summary>
    public const string ProvenAtItem = "proven_at";

    /// <summary>The name of the parameter, which no cookie holds, among a sign-in's properties: what the ID token says about groups.</summary>
    public const string GroupsParameter = "groups";

    /// <summary>The name under which the session keeps the ID token, which the provider asks for at sign-out.</summary>
    public const string IdTokenName = "id_token";

    public const string CallbackPath = "/signin-oidc";
    public const string SignedOutCallbackPath = "/signout-callback-oidc";
    public const string FailurePath = "/sign-in/failed";

    /// <summary>The authentication scheme of one of several providers.</summary>
    /// <param name="key">Its key; empty for the one that has none.</param>
    public static string SchemeOf(string key) => key.Length == 0 ? Scheme : $"{Scheme}:{key}";
}

/// <summary>The claims of a signed-in person; there are no others.</summary>
internal static class OpenIdClaims
{
    /// <summary>Issuer. Part of <see cref="PersonKey"/>.</summary>
    public const string Issuer = "iss";

    /// <summary>The provider's identifier of the person, at most 255 characters, case-sensitive.</summary>
    public const string Subject = "sub";

    /// <summary>Microsoft Entra only: the person's tenant, a GUID in lower case.</summary>
    public const string TenantId = "tid";

    /// <summary>Microsoft Entra only: the person's object in that tenant, a GUID in lower case.</summary>
    public const string ObjectId = "oid";

    /// <summary>For display.</summary>
    public const string Name = "name";

    /// <summary>
    /// For display only. Many providers let people, or the administrator of any tenant, write what they like here: it
    /// says nothing about who somebody is.
    /// </summary>
    public const string Email = "email";

    /// <summary>For display only, as <see cref="Email"/>.</summary>
    public const string PreferredUsername = "preferred_username";
}
