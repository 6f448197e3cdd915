using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Operators;
using Soracom.Sandbox.Users;

namespace Soracom.Sandbox.Roles;

/// <summary>The tag Role: permissions with a name, given to SAM users.</summary>
internal static class RoleOperations
{
    private const string One = "/operators/{operator_id}/roles/{role_id}";
    private const string OfUser = "/operators/{operator_id}/users/{user_name}/roles";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/operators/{operator_id}/roles", "listRoles", "Role:listRoles", List),
        new("GET", One, "getRole", "Role:getRole", Get),
        new("POST", One, "createRole", "Role:createRole", Create),
        new("PUT", One, "updateRole", "Role:updateRole", Update),
        new("DELETE", One, "deleteRole", "Role:deleteRole", Delete),
        new("GET", One + "/users", "listRoleAttachedUsers", "Role:listRoleAttachedUsers", ListUsers),
        new("GET", One + "/versions", "listRoleVersions", "Role:listRoleVersions", ListVersions),
        new("GET", OfUser, "listUserRoles", "Role:listUserRoles", ListOfUser),
        new("POST", OfUser, "attachRole", "Role:attachRole", Attach),
        new("DELETE", OfUser + "/{role_id}", "detachRole", "Role:detachRole", Detach),
    ];

    private static PeoplePart People(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        return call.Account.Part<PeoplePart>();
    }

    private static RoleView Known(Call call) =>
        RoleView.Find(People(call), call.Path["role_id"]) ?? throw new VendorException(UserErrors.NoSuchRole);

    private static Role Own(Call call) =>
        People(call).FindRole(call.Path["role_id"]) ?? throw new VendorException(UserErrors.NoSuchRole);

    private static Answer List(Call call)
    {
        var people = People(call);
        var owner = call.Query.Choice("owner", RoleView.OfTheOperator, RoleView.OfTheOperator, RoleView.OfTheService, "all");
        RoleView[] roles =
        [
            .. owner == RoleView.OfTheService ? [] : people.Roles.Select(RoleView.Of),
            .. owner == RoleView.OfTheOperator ? [] : ManagedRoles.All.Select(RoleView.Of),
        ];
        return Answer.List(roles, RoleJson.WriteSummary);
    }

    private static Answer Get(Call call)
    {
        var role = Known(call);
        return Answer.Ok(json => RoleJson.Write(json, role));
    }

    private static Answer Create(Call call)
    {
        var people = People(call);
        var body = call.Body.Object();
        var id = Subject.CheckedName(call.Path["role_id"]);
        var role = new Role(id, Subject.Permission(body, "permission")) { Description = body.Text("description"), Created = call.Now, Updated = call.Now };
        if (people.FindRole(id) is not null)
        {
            throw new VendorException(UserErrors.RoleExists);
        }

        people.Put(role);
        return Answer.Ok(UserJson.Text("roleId", id));
    }

    private static Answer Update(Call call)
    {
        var role = Own(call);
        var body = call.Body.Object();
        People(call).Put(role with { Permission = Subject.Permission(body, "permission"), Description = body.Text("description"), Updated = call.Now });
        return Answer.EmptyOk;
    }

    private static Answer Delete(Call call)
    {
        var (people, role) = (People(call), Own(call));
        if (people.Users.Any(user => user.Roles.Contains(role.Id, StringComparer.Ordinal)))
        {
            throw new VendorException(UserErrors.RoleInUse);
        }

        people.Remove(role);
        return Answer.NoContent;
    }

    private static Answer ListUsers(Call call)
    {
        var (people, role) = (People(call), Known(call));
        return RoleView.UserList(people, people.Users.Where(user => user.Roles.Contains(role.Id, StringComparer.Ordinal)));
    }

    private static Answer ListVersions(Call call)
    {
        var id = Known(call).Id;
        var role = ManagedRoles.Find(id) ?? throw new VendorException(UserErrors.RoleHasNoVersions);
        return Answer.List([.. Enumerable.Range(1, role.Versions.Length)], (json, version) => RoleJson.WriteVersion(json, role, version));
    }

    private static Answer ListOfUser(Call call) => Answer.List(Subject.Sam(call).Roles(), RoleJson.Write);

    private static Answer Attach(Call call)
    {
        var subject = Subject.Sam(call);
        var id = call.Body.Object().RequiredText("roleId");
        var role = RoleView.Find(subject.People, id) ?? throw new VendorException(UserErrors.NoSuchRole) { Status = StatusCodes.Status400BadRequest };
        if (subject.User.Roles.Contains(role.Id, StringComparer.Ordinal))
        {
            throw new VendorException(UserErrors.RoleAttached);
        }

        subject.Put(subject.User with { Roles = [.. subject.User.Roles, role.Id] });
        return Answer.EmptyOk;
    }

    private static Answer Detach(Call call)
    {
        var subject = Subject.Sam(call);
        var id = call.Path["role_id"];
        if (!subject.User.Roles.Contains(id, StringComparer.Ordinal))
        {
            throw new VendorException(UserErrors.NoSuchRole);
        }

        subject.Put(subject.User with { Roles = [.. subject.User.Roles.Where(role => role != id)] });
        return Answer.EmptyOk;
    }
}
