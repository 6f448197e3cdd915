using RestEase;
using Soracom.Api.Http;
using Soracom.Api.Users;

namespace Soracom.Api.Operators;

/// <summary>The operator account itself, and its root user. Every operation answers 400 when the operator is not the caller's.</summary>
public interface IOperatorsApi
{
    /// <summary>Vendor operation getOperator: the account's own data.</summary>
    [SoracomOperation("getOperator"), Get("/operators/{operator_id}")]
    Task<Operator> GetOperatorAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listOperatorAuthKeys: the root user's AuthKeys, without their secrets.</summary>
    [SoracomOperation("listOperatorAuthKeys"), Get("/operators/{operator_id}/auth_keys")]
    Task<IReadOnlyList<AuthKeyInfo>> ListOperatorAuthKeysAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation generateOperatorAuthKey: a new AuthKey of the root user. Its secret is in this answer and never again.</summary>
    [SoracomOperation("generateOperatorAuthKey"), Post("/operators/{operator_id}/auth_keys")]
    Task<NewAuthKey> GenerateOperatorAuthKeyAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteOperatorAuthKey: nobody signs in with it any more. 404 when there is none of that id.</summary>
    [SoracomOperation("deleteOperatorAuthKey"), Delete("/operators/{operator_id}/auth_keys/{auth_key_id}")]
    Task DeleteOperatorAuthKeyAsync(
        [Path("operator_id")] string operatorId, [Path("auth_key_id")] string authKeyId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateOperatorPassword: another root password. 400 when the current one is wrong or the new one too weak.</summary>
    [SoracomOperation("updateOperatorPassword"), Post("/operators/{operator_id}/password")]
    Task UpdateOperatorPasswordAsync(
        [Path("operator_id")] string operatorId, [Body] UpdatePasswordRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation revokeOperatorAuthTokens: ends every API key of the root user at once, also one that makes this call.</summary>
    [SoracomOperation("revokeOperatorAuthTokens"), Delete("/operators/{operator_id}/tokens")]
    Task RevokeOperatorAuthTokensAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation generateSupportToken: a token that the support site takes for a sign-in. 403 without the right to it.</summary>
    [SoracomOperation("generateSupportToken"), Post("/operators/{operator_id}/support/token")]
    Task<SupportToken> GenerateSupportTokenAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getMFAStatus: whether the root user's password sign-in needs a second factor.</summary>
    [SoracomOperation("getMFAStatus"), Get("/operators/{operator_id}/mfa")]
    Task<MfaState> GetMFAStatusAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation enableMFA: begins a second factor, which counts once verified. 400 when there is one already.</summary>
    [SoracomOperation("enableMFA"), Post("/operators/{operator_id}/mfa")]
    Task<MfaSecret> EnableMFAAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation verifyMFA: ends the beginning with a first code, and answers the backup codes, which nothing shows again.
    /// 400 when the code is wrong or nothing was begun.
    /// </summary>
    [SoracomOperation("verifyMFA"), Post("/operators/{operator_id}/mfa/verify")]
    Task<MfaBackupCodes> VerifyMFAAsync([Path("operator_id")] string operatorId, [Body] MfaCode request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation revokeMFA: ends the second factor. 400 when the password is wrong or there is none.</summary>
    [SoracomOperation("revokeMFA"), Delete("/operators/{operator_id}/mfa")]
    Task RevokeMFAAsync([Path("operator_id")] string operatorId, [Body] RevokeMfaRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getCompanyInformation: the company behind the account. 404 when it was never given.</summary>
    [SoracomOperation("getCompanyInformation"), Get("/operators/{operator_id}/company_information")]
    Task<CompanyInformation> GetCompanyInformationAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createCompanyInformation: gives it for the first time. 400 when it was given already.</summary>
    [SoracomOperation("createCompanyInformation"), Post("/operators/{operator_id}/company_information")]
    Task CreateCompanyInformationAsync(
        [Path("operator_id")] string operatorId, [Body] CompanyInformation information, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateCompanyInformation: replaces it. 404 when it was never given.</summary>
    [SoracomOperation("updateCompanyInformation", Effect = CallEffect.Repeatable), Put("/operators/{operator_id}/company_information")]
    Task UpdateCompanyInformationAsync(
        [Path("operator_id")] string operatorId, [Body] CompanyInformation information, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getIndividualInformation: the person behind the account. 404 when it was never given.</summary>
    [SoracomOperation("getIndividualInformation"), Get("/operators/{operator_id}/individual_information")]
    Task<IndividualInformation> GetIndividualInformationAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createIndividualInformation: gives it for the first time. 400 when it was given already.</summary>
    [SoracomOperation("createIndividualInformation"), Post("/operators/{operator_id}/individual_information")]
    Task CreateIndividualInformationAsync(
        [Path("operator_id")] string operatorId, [Body] IndividualInformation information, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateIndividualInformation: replaces it. 404 when it was never given.</summary>
    [SoracomOperation("updateIndividualInformation", Effect = CallEffect.Repeatable), Put("/operators/{operator_id}/individual_information")]
    Task UpdateIndividualInformationAsync(
        [Path("operator_id")] string operatorId, [Body] IndividualInformation information, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getOperatorConfigurationNamespace: account-level settings. 400 for an unknown namespace, 404 when nothing is set.</summary>
    /// <param name="operatorId">The caller's operator.</param>
    /// <param name="configurationNamespace">One of <see cref="OperatorConfigurationNamespace"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getOperatorConfigurationNamespace"), Get("/operators/{operator_id}/configuration/{namespace}")]
    Task<OperatorConfiguration> GetOperatorConfigurationNamespaceAsync(
        [Path("operator_id")] string operatorId, [Path("namespace")] string configurationNamespace, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation setOperatorConfigurationNamespace: replaces account-level settings. 400 for an unknown namespace, 409 when
    /// the version is no longer the expected one.
    /// </summary>
    /// <param name="operatorId">The caller's operator.</param>
    /// <param name="configurationNamespace">One of <see cref="OperatorConfigurationNamespace"/>.</param>
    /// <param name="request">The settings.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("setOperatorConfigurationNamespace"), Post("/operators/{operator_id}/configuration/{namespace}")]
    Task<OperatorConfiguration> SetOperatorConfigurationNamespaceAsync(
        [Path("operator_id")] string operatorId,
        [Path("namespace")] string configurationNamespace,
        [Body] SetOperatorConfigurationRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteOperatorConfigurationNamespace: takes the settings away. 400 and 404 as for reading.</summary>
    [SoracomOperation("deleteOperatorConfigurationNamespace"), Delete("/operators/{operator_id}/configuration/{namespace}")]
    Task DeleteOperatorConfigurationNamespaceAsync(
        [Path("operator_id")] string operatorId, [Path("namespace")] string configurationNamespace, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation addOperatorContract: an option of the account that costs money from then on.</summary>
    [SoracomOperation("addOperatorContract"), Post("/operators/{operator_id}/contracts")]
    Task<OperatorContract> AddOperatorContractAsync(
        [Path("operator_id")] string operatorId, [Body] AddContractRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteOperatorContract: ends an option. 404 when the account doesn't have it.</summary>
    /// <param name="operatorId">The caller's operator.</param>
    /// <param name="contractName">One of <see cref="Operators.ContractName"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("deleteOperatorContract"), Delete("/operators/{operator_id}/contracts/{contract_name}")]
    Task DeleteOperatorContractAsync(
        [Path("operator_id")] string operatorId,
        [Path("contract_name"), WireValues(typeof(ContractName))] string contractName,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation addCoverageType: opens the account to another coverage, <c>jp</c> or <c>g</c>. 400 for any other.</summary>
    [SoracomOperation("addCoverageType", Effect = CallEffect.Repeatable), Post("/operators/{operator_id}/coverage_type/{coverage_type}")]
    Task AddCoverageTypeAsync(
        [Path("operator_id")] string operatorId, [Path("coverage_type")] string coverageType, CancellationToken cancellationToken = default);
}
