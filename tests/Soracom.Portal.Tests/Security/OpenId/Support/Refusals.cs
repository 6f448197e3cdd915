using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

internal static class Refusals
{
    public static void Refused(SignInFailure expected, Action action) =>
        Assert.Equal(expected, Assert.Throws<OpenIdSignInException>(action).Failure);

    public static async Task RefusedAsync(SignInFailure expected, Func<Task> action) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<OpenIdSignInException>(action)).Failure);
}
