using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Development;

/// <summary>The people of the demo. They sign in without proof, so they exist in Development only.</summary>
internal static class DemoAccounts
{
    /// <summary>Vouches for the people of the demo; no real provider can have this name.</summary>
    public const string Issuer = "urn:soracom-portal:demo";

    public static readonly IReadOnlyList<DemoAccount> All =
    [
        new("reseller", "Rin Kobayashi"),
        new("owner", "Haruto Sato") { Groups = ["aoba-all", "aoba-fleet"] },
        new("operator", "Yui Tanaka") { Groups = ["aoba-all", "aoba-fleet"] },
        new("viewer", "Sota Suzuki"),
        new("billing", "Mei Takahashi"),
        new("watch", "Ren Ito") { Groups = ["aoba-all", "aoba-night-watch"] },
        new("stranger", "Alex Nobody"),
    ];

    public static PersonKey KeyOf(DemoAccount account) => new(Issuer, account.Key);

    public static string EmailOf(DemoAccount account) => $"{account.Key}@example.com";

    /// <summary>Adds where the demo accounts' forms go.</summary>
    public static void MapDemoSignIn(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(PortalUrls.SignInAsDemo(), async (HttpContext context, Welcome welcome, TimeProvider clock, [FromForm] string account, [FromForm] string? returnUrl, [FromForm] bool? again) =>
        {
            if (All.FirstOrDefault(candidate => string.Equals(candidate.Key, account, StringComparison.Ordinal)) is not { } person)
            {
                return Results.BadRequest();
            }

            var principal = again == true
                ? await welcome.GoOnAsync(context, provider: null, KeyOf(person), person.Name, EmailOf(person), clock.GetUtcNow(), new ClaimedGroups(person.Groups))
                : await welcome.StartSessionAsync(context, provider: null, KeyOf(person), person.Name, EmailOf(person), clock.GetUtcNow(), new ClaimedGroups(person.Groups));
            if (principal is null)
            {
                return Results.LocalRedirect(PortalUrls.SignInAgain());
            }

            await context.SignInAsync(PortalCookie.Scheme, principal, new AuthenticationProperties());
            return Results.LocalRedirect(PortalUrls.Local(returnUrl));
        }).AllowAnonymous();
}
