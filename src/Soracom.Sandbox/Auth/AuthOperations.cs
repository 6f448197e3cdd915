using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Auth;

/// <summary>The tag Auth: signing in and out.</summary>
internal static class AuthOperations
{
    /// <summary>In seconds. The definition gives the longest life; below the shortest there is only nonsense.</summary>
    private const long ShortestLife = 1;
    private const long LongestLife = 172_800;
    private const long DefaultLife = 86_400;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/auth", "auth", "Auth:auth", SignIn) { Anonymous = true },
        new("POST", "/auth/logout", "logout", "Auth:logout", SignOut) { NeedsNoPermission = true },
    ];

    /// <summary>Reads <c>tokenTimeoutSeconds</c>, the life that a caller asks for.</summary>
    public static TimeSpan TokenLife(JsonFields body) =>
        TimeSpan.FromSeconds(body.Integer("tokenTimeoutSeconds", ShortestLife, LongestLife) ?? DefaultLife);

    private static Answer SignIn(Call call)
    {
        var body = call.Body.Object();
        var life = TokenLife(body);

        // Accepted whether or not it is needed; no user of the sandbox has a second factor.
        _ = body.Text("mfaOTPCode");

        var (account, user) = Credentials(body, call.World)
            ?? throw new VendorException(VendorErrors.WrongLogin);
        var (session, token) = call.World.Sessions.Open(account, user, life);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("apiKey", session.ApiKey);
            json.WriteString("operatorId", account.OperatorId);
            json.WriteString("token", token);
            if (user.Name is not null)
            {
                json.WriteString("userName", user.Name);
            }

            json.WriteEndObject();
        });
    }

    private static (OperatorAccount Account, User User)? Credentials(JsonFields body, World world)
    {
        var password = body.Text("password");
        return (body.Text("authKeyId"), body.Text("authKey"), body.Text("email"), body.Text("operatorId"), body.Text("userName")) switch
        {
            ({ } id, { } secret, _, _, _) => ByAuthKey(world, id, secret),
            (_, _, { } email, _, _) when password is not null => ByEmail(world, email, password),
            (_, _, _, { } operatorId, { } userName) when password is not null => ByUserName(world, operatorId, userName, password),
            _ => throw new VendorException(VendorErrors.IncompleteLogin) { Status = world.Options.Undocumented.IncompleteLogin },
        };
    }

    private static (OperatorAccount Account, User User)? ByAuthKey(World world, string id, string secret)
    {
        foreach (var account in world.Accounts)
        {
            if (account.Everybody.FirstOrDefault(user => user.Has(id, secret)) is { } user)
            {
                return (account, user);
            }
        }

        return null;
    }

    private static (OperatorAccount Account, User User)? ByEmail(World world, string email, string password)
    {
        var account = world.Accounts.FirstOrDefault(account => string.Equals(account.Email, email, StringComparison.OrdinalIgnoreCase));
        return account is not null && account.Root.Password == password ? (account, account.Root) : null;
    }

    private static (OperatorAccount Account, User User)? ByUserName(World world, string operatorId, string userName, string password) =>
        world.Find(operatorId) is { } account && account.Users.TryGetValue(userName, out var user) && user.Password == password
            ? (account, user)
            : null;

    private static Answer SignOut(Call call)
    {
        call.World.Sessions.Revoke(call.Session);
        return Answer.NoContent;
    }
}
