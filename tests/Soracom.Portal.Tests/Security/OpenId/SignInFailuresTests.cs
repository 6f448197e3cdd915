using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Tests.Security.OpenId;

public sealed class SignInFailuresTests
{
    [Theory]
    [InlineData("state")]
    [InlineData("correlation")]
    [InlineData("nonce")]
    [InlineData("signature")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("expired")]
    [InlineData("tenant")]
    [InlineData("denied")]
    [InlineData("provider")]
    [InlineData("unavailable")]
    [InlineData("protocol")]
    public void FromCode_EachCode_GivesItsFailure(string code) =>
        Assert.Equal(code, SignInFailures.FromCode(code)?.ToCode());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("State")]
    [InlineData("0")]
    [InlineData("state,nonce")]
    [InlineData("<script>")]
    public void FromCode_AnythingElse_IsNothing(string? code) => Assert.Null(SignInFailures.FromCode(code));
}
