using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Operators;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Users;

/// <summary>The tag User: SAM users.</summary>
internal static class UserOperations
{
    private const string Users = "/operators/{operator_id}/users";
    private const string One = "/operators/{operator_id}/users/{user_name}";
    private const string Defaults = "/operators/{operator_id}/users/default_permissions";

    /// <summary>What stands for no permission at all: a document that allows nothing.</summary>
    private const string Nothing = """{"statements":[]}""";

    /// <summary>A user of this name could not be told from the address of the default permissions.</summary>
    private const string TakenByAnAddress = "default_permissions";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", Users, "listUsers", "User:listUsers", List),
        new("GET", One, "getUser", "User:getUser", call => Read(Subject.Sam(call))),
        new("POST", One, "createUser", "User:createUser", Create),
        new("PUT", One, "updateUser", "User:updateUser", call => Change(Subject.Sam(call), user => user with { Description = call.Body.Object().Text("description") }, Answer.EmptyOk)),
        new("DELETE", One, "deleteUser", "User:deleteUser", Delete),
        new("GET", One + "/auth_keys", "listUserAuthKeys", "User:listUserAuthKeys", call => AuthKeyActs.List(Subject.Sam(call))),
        new("POST", One + "/auth_keys", "generateUserAuthKey", "User:generateUserAuthKey", call => AuthKeyActs.Generate(Subject.Sam(call), StatusCodes.Status200OK)),
        new("GET", One + "/auth_keys/{auth_key_id}", "getUserAuthKey", "User:getUserAuthKey", call => AuthKeyActs.Get(Subject.Sam(call))),
        new("DELETE", One + "/auth_keys/{auth_key_id}", "deleteUserAuthKey", "User:deleteUserAuthKey", call => AuthKeyActs.Delete(Subject.Sam(call))),
        new("GET", One + "/mfa", "getUserMFAStatus", "User:getUserMFAStatus", call => SecondFactorActs.Status(KnownOr400(call))),
        new("POST", One + "/mfa", "enableUserMFA", "User:enableUserMFA", call => SecondFactorActs.Enable(KnownOr400(call))),
        new("POST", One + "/mfa/verify", "verifyUserMFA", "User:verifyUserMFA", ConfirmSecondFactor),
        new("DELETE", One + "/mfa", "revokeUserMFA", "User:revokeUserMFA", call => SecondFactorActs.Revoke(KnownOr400(call))),
        new("GET", One + "/password", "hasUserPassword", "User:hasUserPassword", HasPassword),
        new("POST", One + "/password", "createUserPassword", "User:createUserPassword", CreatePassword),
        new("PUT", One + "/password", "updateUserPassword", "User:updateUserPassword", call => UpdatePassword(Subject.Sam(call))),
        new("DELETE", One + "/password", "deleteUserPassword", "User:deleteUserPassword", DeletePassword),
        new("GET", One + "/permission", "getUserPermission", "User:getUserPermission", call => Answer.Ok(UserJson.Text("permission", Subject.Sam(call).User.Permission ?? Nothing))),
        new("PUT", One + "/permission", "updateUserPermission", "User:updateUserPermission", UpdatePermission),
        new("DELETE", One + "/permission", "deleteUserPermission", "User:deleteUserPermission", call => Change(KnownOr400(call), user => user with { Permission = null }, Answer.NoContent)),
        new("DELETE", One + "/tokens", "revokeUserAuthTokens", "User:revokeUserAuthTokens", RevokeTokens),
        new("GET", One + "/trust_policy", "getUserTrustPolicy", "User:getUserTrustPolicy", call => Answer.Ok(UserJson.Text("trustPolicy", KnownOr400(call).User.TrustPolicy))),
        new("PUT", One + "/trust_policy", "updateUserTrustPolicy", "User:updateUserTrustPolicy", UpdateTrustPolicy),
        new("DELETE", One + "/trust_policy", "deleteUserTrustPolicy", "User:deleteUserTrustPolicy", call => Change(KnownOr400(call), user => user with { TrustPolicy = null }, Answer.NoContent)),
        new("GET", Defaults, "getDefaultPermissions", "User:getDefaultPermissions", call => Answer.Ok(UserJson.Text("defaultPermissions", OwnPeople(call).DefaultPermissions ?? Nothing))),
        new("PUT", Defaults, "updateDefaultPermissions", "User:updateDefaultPermissions", UpdateDefaults),
        new("DELETE", Defaults, "deleteDefaultPermissions", "User:deleteDefaultPermissions", DeleteDefaults),
    ];

    /// <summary>Also the root user's. API keys go on to their end, as far as is known.</summary>
    public static Answer UpdatePassword(Subject subject)
    {
        var body = subject.Call.Body.Object();
        var current = body.RequiredText("currentPassword");
        var wanted = Subject.CheckedPassword(body.RequiredText("newPassword"));
        return subject.User.Password is null ? throw new VendorException(UserErrors.HasNoPassword)
            : subject.User.Password != current ? throw new VendorException(UserErrors.WrongPassword)
            : Change(subject, user => user with { Password = wanted }, Answer.EmptyOk);
    }

    private static Subject KnownOr400(Call call) => Subject.Sam(call, StatusCodes.Status400BadRequest);

    private static Answer Change(Subject subject, Func<User, User> change, Answer answer)
    {
        subject.Put(change(subject.User));
        return answer;
    }

    private static Answer List(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        var people = call.Account.Part<PeoplePart>();
        return Roles.RoleView.UserList(people, people.Users);
    }

    private static Answer Read(Subject subject)
    {
        var roles = subject.Roles();
        return Answer.Ok(json => UserJson.Write(json, subject.User, roles));
    }

    private static Answer Create(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        var people = call.Account.Part<PeoplePart>();
        var description = call.Body.OptionalObject().Text("description");
        var name = Subject.CheckedName(call.Path["user_name"]);
        if (people.Find(name) is not null || name == TakenByAnAddress)
        {
            throw new VendorException(UserErrors.UserExists);
        }

        people.Put(new User(name, Password: null, []) { Description = description, Created = call.Now, Updated = call.Now });
        return new Answer(StatusCodes.Status201Created);
    }

    private static Answer Delete(Call call)
    {
        var subject = Subject.Sam(call);
        subject.People.Remove(subject.User);
        call.World.Sessions.RevokeAll(call.Account, subject.User.Name);
        return Answer.NoContent;
    }

    private static Answer ConfirmSecondFactor(Call call)
    {
        SecondFactorActs.Confirm(KnownOr400(call));
        return Answer.NoContent;
    }

    private static Answer HasPassword(Call call)
    {
        var hasPassword = Subject.Sam(call).User.Password is not null;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("hasPassword", hasPassword);
            json.WriteEndObject();
        });
    }

    private static Answer CreatePassword(Call call)
    {
        var subject = Subject.Sam(call);
        var password = Subject.CheckedPassword(call.Body.Object().RequiredText("password"));
        return subject.User.Password is null
            ? Change(subject, user => user with { Password = password }, new Answer(StatusCodes.Status201Created))
            : throw new VendorException(UserErrors.HasPassword);
    }

    /// <summary>Codes without a password to go with would be left over: they end too.</summary>
    private static Answer DeletePassword(Call call)
    {
        var subject = Subject.Sam(call);
        return subject.User.Password is null
            ? throw new VendorException(UserErrors.HasNoPassword)
            : Change(subject, user => user with { Password = null, SecondFactor = null }, Answer.NoContent);
    }

    private static Answer UpdatePermission(Call call)
    {
        var subject = Subject.Sam(call);
        var body = call.Body.Object();
        _ = body.Text("description");
        var permission = Subject.Permission(body, "permission");
        return Change(subject, user => user with { Permission = permission }, Answer.EmptyOk);
    }

    private static Answer RevokeTokens(Call call)
    {
        call.World.Sessions.RevokeAll(call.Account, KnownOr400(call).User.Name);
        return Answer.NoContent;
    }

    private static Answer UpdateTrustPolicy(Call call)
    {
        var subject = KnownOr400(call);
        var document = Subject.Trust(call.Body.Object(), "trustPolicy");
        return Change(subject, user => user with { TrustPolicy = document }, Answer.NoContent);
    }

    /// <summary>These operations know another operator as not found.</summary>
    private static PeoplePart OwnPeople(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call, StatusCodes.Status404NotFound);
        return call.Account.Part<PeoplePart>();
    }

    private static Answer UpdateDefaults(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        call.Account.Part<PeoplePart>().DefaultPermissions = Subject.Permission(call.Body.Object(), "permissions");
        return Answer.Accepted;
    }

    private static Answer DeleteDefaults(Call call)
    {
        OwnPeople(call).DefaultPermissions = null;
        return Answer.NoContent;
    }
}
