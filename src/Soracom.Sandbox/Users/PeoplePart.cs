using System.Security.Cryptography;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Roles;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Users;

/// <summary>Who can sign in to an account and what they may do then: the root user, SAM users, roles, default permissions.</summary>
internal sealed class PeoplePart() : Part<PeopleState>(PeopleJson.Default.PeopleState)
{
    private readonly SortedDictionary<string, User> users = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Role> roles = new(StringComparer.Ordinal);
    private readonly List<MailedToken> tokens = [];
    private User? root;

    public User Root => root ?? Home.Account.Root;

    /// <summary>The SAM users by name.</summary>
    public IReadOnlyCollection<User> Users => users.Values;

    /// <summary>The operator's own roles by id.</summary>
    public IReadOnlyCollection<Role> Roles => roles.Values;

    /// <summary>A permission document for all SAM users; null for none.</summary>
    public string? DefaultPermissions { get; set; }

    public IReadOnlyList<MailedToken> Tokens => tokens;

    /// <summary>The user of that name, or null; without a name the root user.</summary>
    public User? Find(string? name) => name is null ? Root : users.GetValueOrDefault(name);

    /// <summary>Adds or replaces a user.</summary>
    public void Put(User user)
    {
        if (user.Name is { } name)
        {
            users[name] = user;
        }
        else
        {
            root = user;
        }
    }

    public void Remove(User user) => users.Remove(user.Name ?? throw new ArgumentException("The root user stays.", nameof(user)));

    public Role? FindRole(string id) => roles.GetValueOrDefault(id);

    public void Put(Role role) => roles[role.Id] = role;

    public void Remove(Role role) => roles.Remove(role.Id);

    /// <summary>The user with that AuthKey, who is remembered as having used it; null when there is none.</summary>
    public User? Use(string authKeyId, string authKey, DateTimeOffset now)
    {
        if (Users.Prepend(Root).FirstOrDefault(user => user.AuthKeys.Any(key => key.Id == authKeyId && key.Secret == authKey)) is not { } user)
        {
            return null;
        }

        Put(user with { AuthKeys = [.. user.AuthKeys.Select(key => key.Id == authKeyId ? key with { LastUsed = now } : key)] });
        Changed = true;
        Home.Account.OnChange();
        return user;
    }

    /// <summary>What somebody who signs in now may do until the API key ends: default permissions, roles and the user's own, together.</summary>
    public PermissionSet PermissionsOf(User user) => user.IsRoot
        ? PermissionSet.Everything
        : PermissionSet.Of(new[] { DefaultPermissions, user.Permission }
            .Concat(user.Roles.Select(role => FindRole(role)?.Permission ?? ManagedRoles.Find(role)?.Permission))
            .OfType<string>()
            .Select(PermissionSet.Parse));

    /// <summary>A new token for a purpose, in place of the last one.</summary>
    public string IssueToken(string purpose, DateTimeOffset expires)
    {
        UseUp(purpose);
        var token = RandomNumberGenerator.GetHexString(48, lowercase: true);
        tokens.Add(new MailedToken(purpose, token, expires));
        return token;
    }

    public void UseUp(string purpose) => tokens.RemoveAll(token => token.Purpose == purpose);

    public override void Seed()
    {
        PeopleSeeds.Fill(this);
    }

    protected override PeopleState Save() => new(Root, [.. users.Values], [.. roles.Values], DefaultPermissions, [.. tokens]);

    protected override void Load(PeopleState saved)
    {
        root = saved.Root;
        saved.Users.ForEach(Put);
        saved.Roles.ForEach(Put);
        DefaultPermissions = saved.DefaultPermissions;
        tokens.AddRange(saved.Tokens);
    }
}
