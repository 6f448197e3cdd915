using System.Text.Json;
using Soracom.Api.Auth;
using Soracom.Api.Credentials;
using Soracom.Api.Emails;
using Soracom.Api.Errors;
using Soracom.Api.Operators;
using Soracom.Api.Roles;
using Soracom.Api.Tests.Sandbox;
using Soracom.Api.Tests.Support;
using Soracom.Api.Users;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>Users, roles, credential sets and the account, by the client over HTTP. The wire models refuse what they don't know.</summary>
public sealed class IdentityTests
{
    private const string ListSims = """{"statements":[{"effect":"allow","api":["Sim:listSims","Auth:switchUser"]}]}""";

    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task User_IsMade_GivenARoleAndAKey_Works_AndIsGone()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var (client, id) = (sandbox.For(sandbox.Aoba), sandbox.Aoba.OperatorId);

        await client.Users.CreateUserAsync(id, "yamada.taro", new CreateUserRequest { Description = "山田" }, Stop);
        var role = await client.Roles.CreateRoleAsync(id, "listers", new CreateOrUpdateRoleRequest { Permission = ListSims }, Stop);
        await client.Roles.AttachRoleAsync(id, "yamada.taro", new AttachRoleRequest { RoleId = role.RoleId }, Stop);
        var key = await client.Users.GenerateUserAuthKeyAsync(id, "yamada.taro", Stop);
        var taro = sandbox.Api.Factory.For(new SoracomAccount("taro", SoracomCoverage.Japan, _ => new(new AuthKeyCredential(key.AuthKeyId, key.AuthKey))));

        Assert.NotEmpty((await taro.Sims.ListSimsAsync(cancellationToken: Stop)).Items);
        await Assert.ThrowsAsync<SoracomPermissionException>(() => taro.Groups.ListGroupsAsync(cancellationToken: Stop));
        var user = Assert.Single(await client.Users.ListUsersAsync(id, Stop), user => user.UserName == "yamada.taro");
        Assert.Equal(("山田", false, "listers"), (user.Description, user.HasPassword, Assert.Single(user.RoleList).RoleId));
        Assert.Equal(sandbox.Clock.GetUtcNow(), user.CreateDateTime);
        Assert.Equal(user, Assert.Single(await client.Roles.ListRoleAttachedUsersAsync(id, "listers", Stop)) with { AuthKeyList = user.AuthKeyList, RoleList = user.RoleList });
        Assert.Equal(ListSims, Assert.Single(await client.Roles.ListUserRolesAsync(id, "yamada.taro", Stop)).Permission);

        await client.Users.DeleteUserAsync(id, "yamada.taro", Stop);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => client.Users.GetUserAsync(id, "yamada.taro", Stop));
        await Assert.ThrowsAsync<SoracomAuthenticationException>(() => taro.Sims.ListSimsAsync(cancellationToken: Stop));
        await client.Roles.DeleteRoleAsync(id, "listers", Stop);
    }

    [Fact]
    public async Task Roles_OfTheService_AreListedWithTheirVersions()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var (client, id) = (sandbox.For(sandbox.Aoba), sandbox.Aoba.OperatorId);

        var managed = await client.Roles.ListRolesAsync(id, RoleOwnerFilter.Soracom, Stop);
        var all = await client.Roles.ListRolesAsync(id, RoleOwnerFilter.All, Stop);

        Assert.All(managed, role => Assert.Equal(RoleOwner.Soracom, role.Owner));
        Assert.Equal(all.Count, managed.Count + (await client.Roles.ListRolesAsync(id, cancellationToken: Stop)).Count);
        foreach (var role in managed)
        {
            var read = await client.Roles.GetRoleAsync(id, role.RoleId, Stop);
            Assert.Equal(read.Permission, (await client.Roles.ListRoleVersionsAsync(id, role.RoleId, Stop))[^1].Permission);
        }
    }

    [Fact]
    public async Task Refusal_OfAChange_IsAnInvalidRequest_AndTheCredentialStaysGood()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var (client, id) = (sandbox.For(sandbox.Aoba), sandbox.Aoba.OperatorId);

        var failure = await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => client.Operators.UpdateOperatorPasswordAsync(
            id, new UpdatePasswordRequest { CurrentPassword = "not it", NewPassword = "correct horse" }, Stop));

        Assert.NotNull(failure.VendorMessage);
        Assert.Equal(MfaStatus.Inactive, (await client.Operators.GetMFAStatusAsync(id, Stop)).Status);
    }

    [Fact]
    public async Task Switching_ToAnotherOperatorsUser_WorksAsThatUser()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop, [DemoFleets.Aoba, DemoFleets.Nagisa]);
        var (aoba, nagisa) = (sandbox.Aoba, sandbox.Operator(DemoFleets.Nagisa));
        var trust = JsonSerializer.Serialize(new
        {
            statements = new[] { new { effect = "allow", principal = new { soracom = new[] { $"srn:soracom:{aoba.OperatorId}::Operator:{aoba.OperatorId}" } } } },
        });
        await sandbox.For(nagisa).Users.UpdateUserTrustPolicyAsync(nagisa.OperatorId, "portal", new UserTrustPolicy { TrustPolicy = trust }, Stop);
        Assert.Equal(trust, (await sandbox.For(nagisa).Users.GetUserTrustPolicyAsync(nagisa.OperatorId, "portal", Stop)).TrustPolicy);
        var credential = new SwitchedUserCredential(new AuthKeyCredential(aoba.AuthKeyId, aoba.AuthKey), nagisa.OperatorId, "portal");
        var client = sandbox.Api.Factory.For(new SoracomAccount("switched", SoracomCoverage.Japan, _ => new(credential)));

        var identity = await sandbox.Api.Factory.VerifyAsync(SoracomCoverage.Japan, credential, Stop);
        var before = await client.Sims.ListSimsAsync(1, cancellationToken: Stop);
        sandbox.Clock.Advance(TimeSpan.FromHours(3));
        var after = await client.Sims.ListSimsAsync(1, cancellationToken: Stop);

        Assert.Equal(new SoracomIdentity(nagisa.OperatorId, "portal"), identity);
        Assert.Equal([nagisa.OperatorId, nagisa.OperatorId], new[] { before, after }.Select(page => page.Items[0].OperatorId));
        await Assert.ThrowsAsync<SoracomAuthenticationException>(() => sandbox.Api.Factory.VerifyAsync(
            SoracomCoverage.Japan, new SwitchedUserCredential(credential.Source, nagisa.OperatorId, "limited"), Stop));
        Assert.Throws<ArgumentException>(() => new SwitchedUserCredential(credential, nagisa.OperatorId, "limited"));
    }

    [Fact]
    public async Task SecondFactorAndPassword_Lost_AreRecoveredByMail()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var (client, aoba) = (sandbox.For(sandbox.Aoba), sandbox.Aoba);
        var recovery = sandbox.Api.Factory.Recovery(SoracomCoverage.Japan);
        var uri = (await client.Operators.EnableMFAAsync(aoba.OperatorId, Stop)).TotpUri;
        var codes = await client.Operators.VerifyMFAAsync(aoba.OperatorId, new MfaCode { Code = Authenticator.Code(uri, sandbox.Clock.GetUtcNow()) }, Stop);
        var mail = sandbox.Server.World.Mail;

        await recovery.IssuePasswordResetTokenAsync(new IssuePasswordResetTokenRequest { Email = aoba.Email }, Stop);
        await recovery.VerifyPasswordResetTokenAsync(new VerifyPasswordResetTokenRequest { Token = mail.All[^1].Token, Password = "correct horse" }, Stop);
        var credential = new RootCredential(aoba.Email, "correct horse");
        await Assert.ThrowsAsync<SoracomAuthenticationException>(() => sandbox.Api.Factory.VerifyAsync(SoracomCoverage.Japan, credential, Stop));
        await recovery.IssueMFARevokingTokenAsync(new IssueMfaRevokingTokenRequest { Email = aoba.Email, Password = "correct horse" }, Stop);
        var lost = new VerifyMfaRevokingTokenRequest { Email = aoba.Email, Password = "correct horse", Token = mail.All[^1].Token, BackupCode = codes.BackupCodes[0] };
        await recovery.VerifyMFARevokingTokenAsync(lost, Stop);

        Assert.True((await sandbox.Api.Factory.VerifyAsync(SoracomCoverage.Japan, credential, Stop)).IsRoot);
    }

    [Fact]
    public async Task CredentialSet_IsStored_Masked_Replaced_AndDeleted()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var api = sandbox.For(sandbox.Aoba).Credentials;
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["accessKeyId"] = JsonElement.Parse("\"AKIAEXAMPLE\""),
            ["secretAccessKey"] = JsonElement.Parse("\"example/secret\""),
        };

        var made = await api.CreateCredentialAsync("spare", new CredentialSetRequest { Type = CredentialType.Aws, Credentials = values }, Stop);
        var listed = Assert.Single(await api.ListCredentialsAsync(Stop), set => set.CredentialsId == "spare");

        Assert.Equal("AKIAEXAMPLE", made.Credentials["accessKeyId"].GetString());
        Assert.DoesNotContain("example/secret", listed.Credentials["secretAccessKey"].GetString(), StringComparison.Ordinal);
        Assert.Equal((sandbox.Clock.GetUtcNow(), DateTimeOffset.UnixEpoch), (listed.CreateDateTime, listed.LastUsedDateTime));
        var replaced = await api.UpdateCredentialAsync("spare", new CredentialSetRequest { Type = CredentialType.PreSharedKey, Credentials = values }, Stop);
        Assert.Equal(CredentialType.PreSharedKey, replaced.Type);
        await api.DeleteCredentialAsync("spare", Stop);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => api.DeleteCredentialAsync("spare", Stop));
    }

    [Fact]
    public async Task Settings_ChangedByTwo_TheSecondIsToldOfTheFirst()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var (api, id) = (sandbox.For(sandbox.Aoba).Operators, sandbox.Aoba.OperatorId);
        var read = await api.GetOperatorConfigurationNamespaceAsync(id, OperatorConfigurationNamespace.Support, Stop);
        var change = new SetOperatorConfigurationRequest { Configuration = JsonElement.Parse("""{"tier":"priority","paymentCoverage":"jp"}"""), ExpectedVersion = read.Version };

        var changed = await api.SetOperatorConfigurationNamespaceAsync(id, OperatorConfigurationNamespace.Support, change, Stop);
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => api.SetOperatorConfigurationNamespaceAsync(id, OperatorConfigurationNamespace.Support, change, Stop));

        Assert.Equal("priority", changed.Configuration.GetProperty("tier").GetString());
        Assert.Equal(read.Version + 1, changed.Version);
    }

    [Fact]
    public async Task Email_IsAddedByTheTokenThatReachesIt_AndRemoved()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var (api, aoba) = (sandbox.For(sandbox.Aoba).Emails, sandbox.Aoba);

        await api.IssueAddEmailTokenAsync(new IssueAddEmailTokenRequest { Email = "notices@aoba.example", Password = aoba.Password }, Stop);
        var mail = sandbox.Server.World.Mail.All[^1];
        await api.VerifyAddEmailTokenAsync(new VerifyAddEmailTokenRequest { Token = mail.Token }, Stop);
        var added = Assert.Single(await api.ListEmailsAsync(aoba.OperatorId, Stop), email => email.Email == "notices@aoba.example");

        Assert.Equal("notices@aoba.example", mail.To);
        Assert.Equal((true, sandbox.Clock.GetUtcNow()), (added.Verified, added.CreateDateTime));
        Assert.Equal(added, await api.GetEmailAsync(aoba.OperatorId, added.EmailId, Stop));
        await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => api.VerifyAddEmailTokenAsync(new VerifyAddEmailTokenRequest { Token = mail.Token }, Stop));
        await api.DeleteEmailAsync(aoba.OperatorId, added.EmailId, Stop);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => api.GetEmailAsync(aoba.OperatorId, added.EmailId, Stop));
    }

    [Fact]
    public async Task Account_ItsCompanyAndContracts_AreReadAndChanged()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var (api, id) = (sandbox.For(sandbox.Aoba).Operators, sandbox.Aoba.OperatorId);

        var company = await api.GetCompanyInformationAsync(id, Stop);
        await api.UpdateCompanyInformationAsync(id, company with { Building = "青葉ビル" }, Stop);
        await api.DeleteOperatorContractAsync(id, ContractName.Harvest, Stop);
        var contract = await api.AddOperatorContractAsync(id, new AddContractRequest { ContractName = ContractName.Harvest }, Stop);

        Assert.Equal(sandbox.Aoba.Name, company.CompanyName);
        Assert.Equal("青葉ビル", (await api.GetCompanyInformationAsync(id, Stop)).Building);
        Assert.Equal(731, contract.ContractDetail.GetProperty("ttl").GetInt32());
    }
}
