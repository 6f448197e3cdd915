using System.Text.Json;
using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Security.OpenId.Tokens;

/// <summary>What an ID token says about the groups that a person is in.</summary>
/// <param name="Names">The groups' names, each once; empty where they are not known.</param>
/// <param name="Unknown">Why they are not known; null where they are, and be it that there are none, as an empty list says.</param>
internal sealed record ClaimedGroups(IReadOnlyList<string> Names, GroupsUnknown? Unknown = null);

/// <summary>
/// Reads the claim that names groups: one name, or a list of them. Whatever else stands there refuses nobody the sign-in; it makes the groups
/// unknown, which is neither "none" nor "those that could be read".
/// </summary>
internal static class GroupClaims
{
    /// <summary>The most groups that are read.</summary>
    public const int Most = 500;

    private const int LongestClaim = 128;

    // What says who somebody is says of no group that they are in it.
    private static readonly string[] NoGroups =
        ["iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "at_hash", "auth_time", "jti", "sid", "oid", "tid", "name", "email", "preferred_username", "_claim_names", "_claim_sources", "hasgroups"];

    /// <summary>Whether a claim can be one that names groups.</summary>
    public static bool IsSensible(string claim) =>
        claim.Length is > 0 and <= LongestClaim && !string.IsNullOrWhiteSpace(claim) && !claim.Any(char.IsControl) && !NoGroups.Contains(claim, StringComparer.Ordinal);

    public static ClaimedGroups Read(JsonElement claims, string name)
    {
        if (Missing(claims, name) is { } why)
        {
            return Unknown(why);
        }

        // Some leave the claim out where there is no group; but so does one that was set up otherwise, or in a hurry. "In none" is an empty list.
        if (claims.Member(name) is not { } claim)
        {
            return Unknown(GroupsUnknown.Absent);
        }

        if (claim.ValueKind == JsonValueKind.String)
        {
            return Text(claim) is { } one ? new ClaimedGroups([one]) : Unknown(GroupsUnknown.Odd);
        }

        if (claim.ValueKind != JsonValueKind.Array)
        {
            return Unknown(GroupsUnknown.Odd);
        }

        if (claim.GetArrayLength() > Most)
        {
            return Unknown(GroupsUnknown.TooMany);
        }

        var names = claim.EnumerateArray().Select(Text).ToList();
        return names.Contains(null) ? Unknown(GroupsUnknown.Odd) : new ClaimedGroups([.. names.Select(text => text!).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Why the token does not hold the groups itself; null where it does.</summary>
    private static GroupsUnknown? Missing(JsonElement claims, string name)
    {
        // OpenID Connect Core 1.0, section 5.6.2: claims that are to be fetched elsewhere. Entra does so with people in many groups.
        if (claims.Member("_claim_names") is { } elsewhere)
        {
            return elsewhere.ValueKind != JsonValueKind.Object ? GroupsUnknown.Odd
                : elsewhere.TryGetProperty(name, out _) ? GroupsUnknown.Elsewhere
                : null;
        }

        // Entra's other way to say the same, of this claim alone.
        return name is "groups" && claims.Member("hasgroups") is { ValueKind: not JsonValueKind.False } ? GroupsUnknown.Elsewhere : null;
    }

    private static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString() is { Length: > 0 and <= GroupGrant.GroupIdLength } text && !text.Any(char.IsControl) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no name.
            return null;
        }
    }

    private static ClaimedGroups Unknown(GroupsUnknown why) => new([], why);
}
