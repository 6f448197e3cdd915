using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;
using Soracom.Api;
using Soracom.Api.Errors;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Credentials;

/// <summary>A stored credential, tried again.</summary>
public sealed class CredentialTrialTests
{
    private static readonly SoracomFailure Failure = new() { OperationId = "auth" };

    public static TheoryData<string, CredentialResult> Answers => new()
    {
        { "accepted", CredentialResult.Accepted },
        { "refused", CredentialResult.Refused },
        { "down", CredentialResult.Unreachable },
        // The vendor had no time for it, and so has said nothing of it.
        { "rate limit", CredentialResult.Refused },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Test_OfARefusedCredential_NotesWhatTheVendorSaysNow(string answer, CredentialResult noted)
    {
        await using var database = await TestDatabase.CreateAsync();
        var access = new TestAccess(database);
        using var owner = await access.OpenAsync(await database.AddTenantAsync("aoba"), "aoba", "Haruto", TenantRole.Owner);
        var vault = new TenantVault(new EphemeralDataProtectionProvider(), new KeySharesInMemory(), access.Clock);
        Assert.Null((await Store().StoreAsync(owner, SoracomCoverage.Japan, new AuthKeyCredential("keyId-of-the-test", "secret"), otherOperator: false, Watchdog.Token)).Error);
        var credential = Assert.Single(await Store().ListAsync(owner, Watchdog.Token)).Id;
        await Store("refused").TestAsync(owner, credential, Watchdog.Token);

        await Store(answer).TestAsync(owner, credential, Watchdog.Token);

        Assert.Equal(noted, Assert.Single(await Store().ListAsync(owner, Watchdog.Token)).LastResult);

        CredentialStore Store(string says = "accepted")
        {
            var vendor = new TenantSoracom(database.Database, vault, new ScriptedVendor(() => Say(says)), new MemoryCache(new MemoryCacheOptions()), access.Clock);
            return new CredentialStore(database.Database, vault, vendor, NobodyToTell.Of(database.Database, access.Clock), new AuditTrail(database.Database, access.Clock), access.Clock);
        }
    }

    private static Task Say(string answer) => answer switch
    {
        "accepted" => Task.CompletedTask,
        "refused" => throw new SoracomAuthenticationException(Failure),
        "down" => throw new SoracomUnavailableException(Failure),
        "rate limit" => throw new SoracomRateLimitedException(Failure, retryAfter: null),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "No such answer."),
    };
}
