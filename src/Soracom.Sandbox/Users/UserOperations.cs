using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Operators;

namespace Soracom.Sandbox.Users;

/// <summary>The tag User: SAM users.</summary>
internal static class UserOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("DELETE", "/operators/{operator_id}/users/{user_name}/tokens", "revokeUserAuthTokens", "User:revokeUserAuthTokens", RevokeTokens),
    ];

    private static Answer RevokeTokens(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        if (!call.Account.Users.TryGetValue(call.Path["user_name"], out var user))
        {
            throw new VendorException(VendorErrors.UnknownUser);
        }

        call.World.Sessions.RevokeAll(call.Account, user.Name);
        return Answer.NoContent;
    }
}
