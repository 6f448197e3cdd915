using System.Text.Json;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Operators;
using Soracom.Sandbox.Roles;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Users;

/// <summary>The user that a call is about: a SAM user of the path, or the root user.</summary>
/// <param name="Call">The call.</param>
/// <param name="People">Everybody of the account.</param>
/// <param name="User">The user as it is now.</param>
internal sealed record Subject(Call Call, PeoplePart People, User User)
{
    private const int LongestName = 64;
    private const int ShortestPassword = 8;
    private const int LongestPassword = 128;

    /// <summary>The path's SAM user.</summary>
    /// <param name="call">The call.</param>
    /// <param name="statusWhenUnknown">What the definition gives an unknown one on this operation; 404 where it says nothing.</param>
    public static Subject Sam(Call call, int statusWhenUnknown = StatusCodes.Status404NotFound)
    {
        OperatorOperations.EnsureOwnOperator(call);
        var people = call.Account.Part<PeoplePart>();
        var user = people.Find(call.Path["user_name"]) ?? throw new VendorException(UserErrors.NoSuchUser) { Status = statusWhenUnknown };
        return new Subject(call, people, user);
    }

    public static Subject Root(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        var people = call.Account.Part<PeoplePart>();
        return new Subject(call, people, people.Root);
    }

    /// <summary>A name that a user or role can have. The service's own rule is not public; this one keeps SRNs and paths unambiguous.</summary>
    public static string CheckedName(string name) =>
        name.Length is > 0 and <= LongestName && !name.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '/' or ':')
            ? name
            : throw new VendorException(UserErrors.BadName, $"{LongestName}");

    /// <summary>A password that the sandbox takes. The service's own rule is not public.</summary>
    public static string CheckedPassword(string password) =>
        password.Length is >= ShortestPassword and <= LongestPassword
            ? password
            : throw new VendorException(UserErrors.WeakPassword, $"{ShortestPassword}", $"{LongestPassword}");

    /// <summary>A permission document of a body, as it came.</summary>
    public static string Permission(JsonFields body, string member) => Document(body, member, document => PermissionSet.Parse(document));

    /// <summary>A trust policy of a body, as it came.</summary>
    public static string Trust(JsonFields body, string member) => Document(body, member, document => TrustPolicy.Parse(document));

    /// <summary>Puts a changed user in place of this one.</summary>
    public void Put(User changed) => People.Put(changed with { Updated = Call.Now });

    /// <summary>The user's roles as they are now.</summary>
    public IReadOnlyList<RoleView> Roles() => RoleView.Of(People, User);

    /// <summary>
    /// A document of statements. A condition of an unknown form is taken, as the service's language is not public; it never allows.
    /// </summary>
    private static string Document(JsonFields body, string member, Action<string> parse)
    {
        var document = body.RequiredText(member);
        try
        {
            parse(document);
            return StatementReader.ConditionsAreShort(document)
                ? document
                : throw new VendorException(UserErrors.LongCondition, $"{Condition.Longest}");
        }
        catch (JsonException)
        {
            throw new VendorException(UserErrors.BadDocument, member);
        }
    }
}
