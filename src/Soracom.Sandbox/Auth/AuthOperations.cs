using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Users;

namespace Soracom.Sandbox.Auth;

/// <summary>The tag Auth: signing in and out, and switching to another user.</summary>
internal static class AuthOperations
{
    /// <summary>In seconds. The definition gives the longest life; below the shortest there is only nonsense.</summary>
    private const long ShortestLife = 1;
    private const long LongestLife = 172_800;
    private const long DefaultLife = 86_400;

    private const long ShortestSwitch = 180;
    private const long LongestSwitch = 3600;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/auth", "auth", "Auth:auth", SignIn) { Anonymous = true },
        new("POST", "/auth/logout", "logout", "Auth:logout", SignOut) { NeedsNoPermission = true },
        new("POST", "/auth/switch_user", "switchUser", "Auth:switchUser", Switch) { EntersAccounts = true },
    ];

    /// <summary>Reads <c>tokenTimeoutSeconds</c>, the life that a caller asks for.</summary>
    public static TimeSpan TokenLife(JsonFields body) =>
        TimeSpan.FromSeconds(body.Integer("tokenTimeoutSeconds", ShortestLife, LongestLife) ?? DefaultLife);

    private static Answer SignIn(Call call)
    {
        var body = call.Body.Object();
        var life = TokenLife(body);
        var code = body.Text("mfaOTPCode");
        var visitor = Visitor(call, body) ?? throw new VendorException(VendorErrors.WrongLogin);
        if (visitor is { ByPassword: true, User.SecondFactor: { IsConfirmed: true } factor } && !Totp.IsGood(factor.Secret, code, call.Now))
        {
            throw new VendorException(UserErrors.SecondFactorNeeded);
        }

        return Open(call, visitor, life);
    }

    private static Answer Open(Call call, Visitor visitor, TimeSpan life)
    {
        var (session, token) = call.World.Sessions.Open(visitor.Account, visitor.User.Name, visitor.Permissions, life);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("apiKey", session.ApiKey);
            json.WriteString("operatorId", visitor.Account.OperatorId);
            json.WriteString("token", token);
            if (session.UserName is { } userName)
            {
                json.WriteString("userName", userName);
            }

            json.WriteEndObject();
        });
    }

    private static Visitor? Visitor(Call call, JsonFields body)
    {
        var world = call.World;
        var password = body.Text("password");
        return (body.Text("authKeyId"), body.Text("authKey"), body.Text("email"), body.Text("operatorId"), body.Text("userName")) switch
        {
            ({ } id, { } secret, _, _, _) => world.Accounts.Select(account => Enter(account, people => people.Use(id, secret, call.Now), byPassword: false)).FirstOrDefault(found => found is not null),
            (_, _, { } email, _, _) when password is not null => world.FindByEmail(email) is { } account
                ? Enter(account, people => people.Root.Password == password ? people.Root : null, byPassword: true)
                : null,
            (_, _, _, { } operatorId, { } userName) when password is not null => world.Find(operatorId) is { } account
                ? Enter(account, people => people.Find(userName) is { } user && user.Password == password ? user : null, byPassword: true)
                : null,
            _ => throw new VendorException(VendorErrors.IncompleteLogin) { Status = world.Options.Undocumented.IncompleteLogin },
        };
    }

    /// <summary>Looks for a user in an account; nothing is changed but the last use of a key, and nothing that is due has to have happened.</summary>
    private static Visitor? Enter(OperatorAccount account, Func<PeoplePart, User?> find, bool byPassword)
    {
        lock (account.Gate)
        {
            var people = account.Part<PeoplePart>();
            return find(people) is { } user ? new Visitor(account, user, people.PermissionsOf(user), byPassword) : null;
        }
    }

    /// <summary>Nobody switches to a root user, which has no name, or to themselves. Why it is refused is not told.</summary>
    private static Answer Switch(Call call)
    {
        var body = call.Body.Object();
        var life = TimeSpan.FromSeconds(body.Integer("tokenTimeoutSeconds", ShortestSwitch, LongestSwitch) ?? LongestSwitch);
        var (operatorId, userName) = (body.RequiredText("operatorId"), body.RequiredText("userName"));
        var (from, by) = (call.Account.OperatorId, call.Session.UserName);
        var target = (operatorId, userName) != (from, by) && call.World.Find(operatorId) is { } account
            ? Enter(account, people => people.Find(userName) is { TrustPolicy: { } policy } user && TrustPolicy.Parse(policy).Trusts(from, by, call.Facts) ? user : null, byPassword: false)
            : null;
        return Open(call, target ?? throw new VendorException(UserErrors.NotTrusted), life);
    }

    private static Answer SignOut(Call call)
    {
        call.World.Sessions.Revoke(call.Session);
        return Answer.NoContent;
    }
}

/// <summary>Somebody who has shown who they are.</summary>
/// <param name="Account">Whose user.</param>
/// <param name="User">The user.</param>
/// <param name="Permissions">What the user may do at this moment.</param>
/// <param name="ByPassword">Whether a second factor is asked for, where there is one: AuthKeys are for programs.</param>
internal sealed record Visitor(OperatorAccount Account, User User, PermissionSet Permissions, bool ByPassword);
