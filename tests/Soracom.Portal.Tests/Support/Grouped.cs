using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Support;

/// <summary>Signs people in whose identity provider names their groups.</summary>
internal static class Grouped
{
    public const string Issuer = "https://directory.example.test/";

    /// <summary>Signs somebody in, once more perhaps, as a member of these groups.</summary>
    public static Task<SignedIn> ArriveAsync(this PortalScene scene, string name, params string[] groups) => scene.ArriveAsync(Issuer, name, new ClaimedGroups(groups));

    /// <summary>The same with whatever the provider said of groups; null for a provider that is not asked.</summary>
    public static async Task<SignedIn> ArriveAsync(this PortalScene scene, string issuer, string name, ClaimedGroups? claimed)
    {
        var person = await scene.Get<People>().RecogniseAsync(new PersonKey(issuer, name), name, email: null, Watchdog.Token);
        await scene.Get<GroupMembership>().FollowAsync(person, claimed, Watchdog.Token);
        return await scene.SignInAsync(person.Id, name);
    }

    /// <summary>A tenant whose owner comes from the directory.</summary>
    public static async Task<TenantContext> OwnedAsync(this PortalScene scene, string slug, params string[] groups)
    {
        await scene.TestDatabase.AddTenantAsync(slug);
        var owner = await scene.ArriveAsync($"Haruto of {slug}", groups);
        await scene.JoinAsync(owner.PersonId, slug, TenantRole.Owner);
        return await scene.OpenAsync(owner, slug);
    }
}
