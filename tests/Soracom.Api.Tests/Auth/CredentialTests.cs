namespace Soracom.Api.Tests.Auth;

public sealed class CredentialTests
{
    [Fact]
    public void Text_NamesTheCredential_AndLeavesOutItsSecret()
    {
        Assert.Equal("AuthKeyCredential { AuthKeyId = keyId-1 }", new AuthKeyCredential("keyId-1", "canary").ToString());
        Assert.Equal("SamUserCredential { OperatorId = OP1, UserName = sam }", new SamUserCredential("OP1", "sam", "canary").ToString());
        Assert.Equal("RootCredential { Email = root@example.com }", new RootCredential("root@example.com", "canary").ToString());
    }

    [Fact]
    public void Credential_WithoutOneOfItsParts_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new AuthKeyCredential("", "secret"));
        Assert.Throws<ArgumentException>(() => new AuthKeyCredential("keyId-1", " "));
        Assert.Throws<ArgumentException>(() => new SamUserCredential("OP1", "", "secret"));
        Assert.Throws<ArgumentNullException>(() => new RootCredential("root@example.com", null!));
    }

    [Fact]
    public void Account_NeedsAKey_AndIsNamedByIt()
    {
        var account = new SoracomAccount("7f0c:3", SoracomCoverage.Global, _ => new(new AuthKeyCredential("keyId-1", "canary")));

        Assert.Equal("g:7f0c:3", account.ToString());
        Assert.Throws<ArgumentException>(() => new SoracomAccount(" ", SoracomCoverage.Global, _ => default));
    }

    [Theory]
    [InlineData("jp", true, SoracomCoverage.Japan)]
    [InlineData("g", true, SoracomCoverage.Global)]
    [InlineData("JP", false, SoracomCoverage.Japan)]
    [InlineData("", false, SoracomCoverage.Japan)]
    [InlineData(null, false, SoracomCoverage.Japan)]
    public void Coverage_IsReadFromItsWireName(string? name, bool known, SoracomCoverage expected)
    {
        Assert.Equal(known, SoracomCoverages.TryParseWireName(name, out var coverage));
        Assert.Equal(expected, coverage);
        Assert.True(!known || coverage.ToWireName() == name);
    }
}
