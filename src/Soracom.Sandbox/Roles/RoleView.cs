using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Users;

namespace Soracom.Sandbox.Roles;

/// <summary>A role as it is shown, whoever it belongs to.</summary>
internal sealed record RoleView(string Id, string Name, string Owner, string? Description, string Permission, DateTimeOffset Created, DateTimeOffset Updated)
{
    public const string OfTheOperator = "operator";
    public const string OfTheService = "soracom";

    public static RoleView Of(Role role) => new(role.Id, role.Id, OfTheOperator, role.Description, role.Permission, role.Created, role.Updated);

    public static RoleView Of(ManagedRole role) => new(role.Id, role.Name, OfTheService, role.Description, role.Permission, role.Published, role.Updated);

    /// <summary>The role of that id, or null.</summary>
    public static RoleView? Find(PeoplePart people, string id) =>
        people.FindRole(id) is { } own ? Of(own)
        : ManagedRoles.Find(id) is { } managed ? Of(managed)
        : null;

    /// <summary>A user's roles.</summary>
    public static IReadOnlyList<RoleView> Of(PeoplePart people, User user) => [.. user.Roles.Select(id => Find(people, id)).OfType<RoleView>()];

    /// <summary>Users with all that is shown of them.</summary>
    public static Answer UserList(PeoplePart people, IEnumerable<User> users)
    {
        (User User, IReadOnlyList<RoleView> Roles)[] picked = [.. users.Select(user => (user, Of(people, user)))];
        return Answer.List(picked, (json, one) => UserJson.Write(json, one.User, one.Roles));
    }
}
