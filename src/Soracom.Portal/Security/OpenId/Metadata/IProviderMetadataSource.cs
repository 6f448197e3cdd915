namespace Soracom.Portal.Security.OpenId.Metadata;

internal interface IProviderMetadataSource
{
    /// <summary>The provider's metadata, at most a day old while the provider can be reached.</summary>
    /// <exception cref="OpenIdSignInException">There is none yet, and the provider did not answer or answered something unusable.</exception>
    Task<ProviderMetadata> GetAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Newer metadata than <paramref name="seen"/>, in which a key was missing; the same when it was asked for within the
    /// last minute, or when the provider has nothing newer to give.
    /// </summary>
    Task<ProviderMetadata> RefreshAsync(ProviderMetadata seen, CancellationToken cancellationToken);
}
