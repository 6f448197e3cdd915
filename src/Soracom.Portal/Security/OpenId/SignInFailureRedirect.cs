using Microsoft.AspNetCore.Authentication;

namespace Soracom.Portal.Security.OpenId;

/// <summary>Sends the browser to the page that explains a refusal; nothing but the failure's code goes with it.</summary>
internal static class SignInFailureRedirect
{
    /// <summary>
    /// For <see cref="RemoteAuthenticationEvents.OnRemoteFailure"/>. A failure that is not a refusal (a defect, a database that is down) is
    /// left to the host's error handling.
    /// </summary>
    public static Task HandleAsync(RemoteFailureContext context)
    {
        if (context.Failure is OpenIdSignInException refusal)
        {
            Redirect(context.HttpContext, (OpenIdOptions)context.Options, refusal.Failure, isAgain: context.Properties?.Items.ContainsKey(OpenIdDefaults.AgainItem) == true);
            context.HandleResponse();
        }

        return Task.CompletedTask;
    }

    public static void Redirect(HttpContext context, OpenIdOptions options, SignInFailure failure, bool isAgain)
    {
        // Whoever is signed in and failed to prove it anew is led back to that, not to a session of its own.
        var query = QueryString.Create("reason", failure.ToCode());
        context.Response.Redirect(context.Request.PathBase + options.FailurePath + (isAgain ? query.Add("again", "true") : query));
    }
}
