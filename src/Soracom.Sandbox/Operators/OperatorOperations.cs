using System.Globalization;
using System.Security.Cryptography;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Users;

namespace Soracom.Sandbox.Operators;

/// <summary>The tag Operator: the account itself and the tokens of its root user.</summary>
internal static class OperatorOperations
{
    private const string One = "/operators/{operator_id}";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", One, "getOperator", "Operator:getOperator", Get),
        new("GET", One + "/auth_keys", "listOperatorAuthKeys", "Operator:listOperatorAuthKeys", call => AuthKeyActs.List(Subject.Root(call))),
        new("POST", One + "/auth_keys", "generateOperatorAuthKey", "Operator:generateOperatorAuthKey", call => AuthKeyActs.Generate(Subject.Root(call), StatusCodes.Status201Created)),
        new("DELETE", One + "/auth_keys/{auth_key_id}", "deleteOperatorAuthKey", "Operator:deleteOperatorAuthKey", call => AuthKeyActs.Delete(Subject.Root(call))),
        new("GET", One + "/mfa", "getMFAStatus", "Operator:getMFAStatus", call => SecondFactorActs.Status(Subject.Root(call))),
        new("POST", One + "/mfa", "enableMFA", "Operator:enableMFA", call => SecondFactorActs.Enable(Subject.Root(call))),
        new("POST", One + "/mfa/verify", "verifyMFA", "Operator:verifyMFA", ConfirmSecondFactor),
        new("DELETE", One + "/mfa", "revokeMFA", "Operator:revokeMFA", RevokeSecondFactor),
        new("POST", One + "/password", "updateOperatorPassword", "Operator:updateOperatorPassword", call => UserOperations.UpdatePassword(Subject.Root(call))),
        new("POST", One + "/support/token", "generateSupportToken", "Operator:generateSupportToken", SupportToken),
        new("GET", One + "/company_information", "getCompanyInformation", "Operator:getCompanyInformation", ProfileForm.Company.Get),
        new("POST", One + "/company_information", "createCompanyInformation", "Operator:createCompanyInformation", ProfileForm.Company.Create),
        new("PUT", One + "/company_information", "updateCompanyInformation", "Operator:updateCompanyInformation", ProfileForm.Company.Update),
        new("GET", One + "/individual_information", "getIndividualInformation", "Operator:getIndividualInformation", ProfileForm.Individual.Get),
        new("POST", One + "/individual_information", "createIndividualInformation", "Operator:createIndividualInformation", ProfileForm.Individual.Create),
        new("PUT", One + "/individual_information", "updateIndividualInformation", "Operator:updateIndividualInformation", ProfileForm.Individual.Update),
        new("GET", One + "/configuration/{namespace}", "getOperatorConfigurationNamespace", "Operator:getOperatorConfigurationNamespace", SettingForm.Get),
        new("POST", One + "/configuration/{namespace}", "setOperatorConfigurationNamespace", "Operator:setOperatorConfigurationNamespace", SettingForm.Set),
        new("DELETE", One + "/configuration/{namespace}", "deleteOperatorConfigurationNamespace", "Operator:deleteOperatorConfigurationNamespace", SettingForm.Delete),
        new("POST", One + "/contracts", "addOperatorContract", "Operator:addOperatorContract", ContractForm.Add),
        new("DELETE", One + "/contracts/{contract_name}", "deleteOperatorContract", "Operator:deleteOperatorContract", ContractForm.Delete),
        new("POST", One + "/coverage_type/{coverage_type}", "addCoverageType", "Operator:addCoverageType", AddCoverage),
        new("POST", One + "/token", "generateAuthToken", "Operator:generateAuthToken", RenewToken) { ExpiredTokenStatus = StatusCodes.Status400BadRequest },
        new("DELETE", One + "/tokens", "revokeOperatorAuthTokens", "Operator:revokeOperatorAuthTokens", RevokeTokens),
    ];

    /// <summary>The account may only be named by its own users: any other id is refused, whether or not it exists.</summary>
    public static void EnsureOwnOperator(Call call, int status = StatusCodes.Status400BadRequest)
    {
        if (call.Path["operator_id"] != call.Account.OperatorId)
        {
            throw new VendorException(VendorErrors.WrongOperator) { Status = status };
        }
    }

    private static Answer Get(Call call)
    {
        EnsureOwnOperator(call);
        var account = call.Account;
        var created = account.Created.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("operatorId", account.OperatorId);
            json.WriteString("rootOperatorId", account.OperatorId);
            json.WriteString("email", account.Email);
            json.WriteString("description", account.Name);
            json.WriteString("createDate", created);
            json.WriteString("updateDate", created);
            json.WriteEndObject();
        });
    }

    private static Answer RenewToken(Call call)
    {
        EnsureOwnOperator(call);
        var token = call.World.Sessions.Renew(call.Session, AuthOperations.TokenLife(call.Body.Object()));
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("token", token);
            json.WriteEndObject();
        });
    }

    private static Answer ConfirmSecondFactor(Call call)
    {
        var backupCodes = SecondFactorActs.Confirm(Subject.Root(call));
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStrings("backupCodes", backupCodes);
            json.WriteEndObject();
        });
    }

    private static Answer RevokeSecondFactor(Call call)
    {
        var subject = Subject.Root(call);
        return subject.User.Password == call.Body.Object().RequiredText("password")
            ? SecondFactorActs.Revoke(subject)
            : throw new VendorException(UserErrors.WrongPassword);
    }

    private static Answer SupportToken(Call call)
    {
        EnsureOwnOperator(call);
        return Answer.Ok(UserJson.Text("token", RandomNumberGenerator.GetHexString(64, lowercase: true)));
    }

    /// <summary>One that the account has already stays as it is.</summary>
    private static Answer AddCoverage(Call call)
    {
        EnsureOwnOperator(call);
        var coverage = call.Path["coverage_type"];
        if (coverage is not ("jp" or "g"))
        {
            throw new VendorException(AccountErrors.UnknownCoverage);
        }

        call.Account.Part<AccountPart>().Coverages.Add(coverage);
        return new Answer(StatusCodes.Status201Created);
    }

    private static Answer RevokeTokens(Call call)
    {
        EnsureOwnOperator(call);
        call.World.Sessions.RevokeAll(call.Account, userName: null);
        return Answer.NoContent;
    }
}
