using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Credentials;

/// <summary>Credential sets: what the vendor's services sign in with at other services, for Beam, Funnel, Krypton and others.</summary>
public interface ICredentialsApi
{
    /// <summary>Vendor operation listCredentials: all credential sets. It has no pages.</summary>
    [SoracomOperation("listCredentials"), Get("/credentials")]
    Task<IReadOnlyList<CredentialSet>> ListCredentialsAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createCredential: a credential set under an id that the caller chooses. 400 when it is taken.</summary>
    [SoracomOperation("createCredential"), Post("/credentials/{credentials_id}")]
    Task<CredentialSet> CreateCredentialAsync(
        [Path("credentials_id")] string credentialsId, [Body] CredentialSetRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateCredential: replaces a credential set, secrets included. 404 when there is none of that id.</summary>
    [SoracomOperation("updateCredential", Effect = CallEffect.Repeatable), Put("/credentials/{credentials_id}")]
    Task<CredentialSet> UpdateCredentialAsync(
        [Path("credentials_id")] string credentialsId, [Body] CredentialSetRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteCredential: removes a credential set; settings that name it fail from then on. 404 when there is none.</summary>
    [SoracomOperation("deleteCredential"), Delete("/credentials/{credentials_id}")]
    Task DeleteCredentialAsync([Path("credentials_id")] string credentialsId, CancellationToken cancellationToken = default);
}
