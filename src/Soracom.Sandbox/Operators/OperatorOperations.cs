using System.Globalization;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Operators;

/// <summary>The tag Operator: the account itself and the tokens of its root user.</summary>
internal static class OperatorOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/operators/{operator_id}", "getOperator", "Operator:getOperator", Get),
        new("POST", "/operators/{operator_id}/token", "generateAuthToken", "Operator:generateAuthToken", RenewToken) { ExpiredTokenStatus = StatusCodes.Status400BadRequest },
        new("DELETE", "/operators/{operator_id}/tokens", "revokeOperatorAuthTokens", "Operator:revokeOperatorAuthTokens", RevokeTokens),
    ];

    /// <summary>The account may only be named by its own users: any other id is refused, whether or not it exists.</summary>
    public static void EnsureOwnOperator(Call call)
    {
        if (call.Path["operator_id"] != call.Account.OperatorId)
        {
            throw new VendorException(VendorErrors.WrongOperator);
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

    private static Answer RevokeTokens(Call call)
    {
        EnsureOwnOperator(call);
        call.World.Sessions.RevokeAll(call.Account, userName: null);
        return Answer.NoContent;
    }
}
