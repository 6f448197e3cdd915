namespace Soracom.Sandbox.Http;

/// <summary>One operation of the API: one of these lines registers it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">Path below /v1, with {parameters}.</param>
/// <param name="Id">The definition's operationId.</param>
/// <param name="Permission">The name that SAM permissions know it by, <c>Tag:operationId</c> with the definition's exceptions.</param>
/// <param name="Handler">Runs under the lock of the caller's account; what it throws leaves the state as it was.</param>
internal sealed record Operation(string Method, string Template, string Id, string Permission, Func<Call, Answer> Handler)
{
    /// <summary>Takes no API key and token. The handler runs without an account and its lock.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Open to every signed-in user whatever the permissions are.</summary>
    public bool NeedsNoPermission { get; init; }

    /// <summary>Its handler enters accounts itself, the caller's and others: it runs without the caller's lock, so that two of them can't wait for each other.</summary>
    public bool EntersAccounts { get; init; }

    /// <summary>A second permission that it needs, where it does.</summary>
    public string? AlsoNeeds { get; init; }

    /// <summary>Whether it may change the account. Some readings do, as they cost something.</summary>
    public bool Changes { get; init; } = Method is not ("GET" or "HEAD");

    /// <summary>The status that the definition gives an expired token on this operation, where it does.</summary>
    public int? ExpiredTokenStatus { get; init; }

    /// <summary>The largest request body in bytes, where it is not <see cref="SandboxOptions.MaxBodyBytes"/>.</summary>
    public int? MaxBodyBytes { get; init; }

    /// <summary>Calls are counted against the rate limit per group of paths: those that share the first segment.</summary>
    public string RateGroup { get; } = Template.Split('/')[1];
}
