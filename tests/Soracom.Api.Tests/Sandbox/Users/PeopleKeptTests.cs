using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Users;

/// <summary>What becomes of users and their like over restarts and resets.</summary>
public sealed class PeopleKeptTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-people-").FullName;
    private readonly FakeTime clock = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Everything_IsTheSameAfterARestart()
    {
        object key;
        List<string> before;
        await using (var host = await StartAsync())
        {
            var root = await host.SignInAsync(host.Aoba);
            var users = $"/v1/operators/{host.Aoba.OperatorId}/users";
            await host.PostAsync($"{users}/yamada.taro", new { description = "山田" }, root);
            await host.PostAsync($"{users}/yamada.taro/roles", new { roleId = "srn:soracom:::Role:ReadOnlyAccess" }, root);
            await host.PostAsync($"{users}/yamada.taro/mfa", body: null, root);
            await host.SendAsync(HttpMethod.Put, $"{users}/yamada.taro/trust_policy", root, new { trustPolicy = """{"statements":[]}""" });
            await host.SendAsync(HttpMethod.Delete, $"{users}/limited", root);
            await host.PostAsync($"/v1/operators/{host.Aoba.OperatorId}/roles/own", new { permission = """{"statements":[]}""" }, root);
            await host.SendAsync(HttpMethod.Delete, "/v1/credentials/device-psk", root);
            await host.PostAsync($"/v1/operators/{host.Aoba.OperatorId}/configuration/Email", new { configuration = new { } }, root);
            await host.PostAsync($"/v1/operators/{host.Aoba.OperatorId}/password", new { currentPassword = host.Aoba.Password, newPassword = "correct horse" }, root);
            var made = await host.PostAsync($"{users}/yamada.taro/auth_keys", body: null, root);
            key = new { authKeyId = made["authKeyId"], authKey = made["authKey"] };
            before = await EverythingAsync(host);
        }

        await using var again = await StartAsync();

        Assert.Equal(before, await EverythingAsync(again));
        Assert.Equal(200, (await again.GetAsync("/v1/sims", await again.SignInAsync(key))).Status);
        (await again.PostAsync("/v1/auth", new { email = again.Aoba.Email, password = again.Aoba.Password })).Refused(401);
        await again.SignInAsync(new { email = again.Aoba.Email, password = "correct horse" });
    }

    [Fact]
    public async Task Reset_BringsBackTheUsersOfTheDemo()
    {
        await using var host = await StartAsync();
        var before = await EverythingAsync(host);
        await host.SendAsync(HttpMethod.Delete, $"/v1/operators/{host.Aoba.OperatorId}/users/portal", await host.SignInAsync(host.Aoba));
        await host.SendAsync(HttpMethod.Delete, "/v1/credentials/device-psk", await host.SignInAsync(host.Aoba));
        Assert.NotEqual(before, await EverythingAsync(host));

        await host.PostAsync("/_control/reset");

        Assert.Equal(before, await EverythingAsync(host));
        await host.SignInAsync(host.Aoba.User("portal"));
    }

    [Fact]
    public async Task LastUseOfAKey_OutlivesARestart()
    {
        await using (var host = await StartAsync())
        {
            await host.SignInAsync(host.Aoba.User("portal"));
        }

        var used = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromHours(1));
        await using var again = await StartAsync();
        var keys = await again.GetAsync($"/v1/operators/{again.Aoba.OperatorId}/users/portal/auth_keys", await again.SignInAsync(again.Aoba));

        Assert.Equal(used.ToUnixTimeSeconds(), keys.Json[0].GetProperty("lastUsedDateTime").GetInt64());
    }

    [Fact]
    public async Task SigningInWithAPassword_IsNoChange()
    {
        await using (var host = await StartAsync())
        {
            await host.SignInAsync(new { email = host.Aoba.Email, password = host.Aoba.Password });
        }

        Assert.Contains("\"accounts\":[]", await File.ReadAllTextAsync(Path.Combine(folder, "state"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>All that can be read of users and the account; the root user's keys are not among it.</summary>
    private static async Task<List<string>> EverythingAsync(SandboxHost host)
    {
        var root = await host.SignInAsync(new { authKeyId = host.Aoba.AuthKeyId, authKey = host.Aoba.AuthKey });
        var account = $"/v1/operators/{host.Aoba.OperatorId}";
        string[] paths =
        [
            $"{account}/users", $"{account}/roles?owner=all", $"{account}/users/default_permissions", $"{account}/users/yamada.taro/mfa",
            $"{account}/users/yamada.taro/trust_policy", $"{account}/company_information", $"{account}/configuration/Email", $"{account}/configuration/Support", "/v1/credentials",
        ];
        var answers = new List<string>();
        foreach (var path in paths)
        {
            var reply = await host.GetAsync(path, root);
            answers.Add(reply.Status == 200 ? reply.Text : "none");
        }

        return answers;
    }

    private Task<SandboxHost> StartAsync() =>
        SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], StateFile = Path.Combine(folder, "state") });
}
