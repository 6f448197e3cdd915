using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>The sandbox that the demo brings along.</summary>
public sealed class DemoSandboxTests : IDisposable
{
    private readonly HttpClient http = new();

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Change_MadeOverTheApi_OutlivesARestartOfTheDemo()
    {
        await using var database = await TestDatabase.CreateAsync();
        string sim;
        await using (var portal = await StartAsync(database))
        {
            sim = (await SendAsync(portal, HttpMethod.Get, "sims?limit=1"))[0].GetProperty("simId").GetString()!;
            Assert.False(Tags(await SendAsync(portal, HttpMethod.Get, $"sims/{sim}")).TryGetProperty("kept", out _));
            await SendAsync(portal, HttpMethod.Put, $"sims/{sim}/tags", new[] { new { tagName = "kept", tagValue = "倉庫" } });
        }

        await using var again = await StartAsync(database);

        Assert.Equal("倉庫", Tags(await SendAsync(again, HttpMethod.Get, $"sims/{sim}")).GetProperty("kept").GetString());
    }

    private static JsonElement Tags(JsonElement sim) => sim.GetProperty("tags");

    private static Task<WebApplication> StartAsync(TestDatabase database) =>
        PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=true", "--Inventory:Walk=false");

    /// <summary>Calls the API of a demo's sandbox as the small account's root user.</summary>
    private async Task<JsonElement> SendAsync(WebApplication portal, HttpMethod method, string path, object? body = null)
    {
        var sandbox = portal.Services.GetRequiredService<SandboxServer>();
        var account = sandbox.Operators.Single(candidate => candidate.Fleet == DemoFleets.Aoba);
        using var signedIn = await http.PostAsJsonAsync(new Uri(sandbox.JapanAddress, "v1/auth"), new { authKeyId = account.AuthKeyId, authKey = account.AuthKey }, Watchdog.Token);
        var session = await signedIn.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Watchdog.Token);
        using var request = new HttpRequestMessage(method, new Uri(sandbox.JapanAddress, "v1/" + path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Soracom-API-Key", session.GetProperty("apiKey").GetString());
        request.Headers.Add("X-Soracom-Token", session.GetProperty("token").GetString());
        using var answer = await http.SendAsync(request, Watchdog.Token);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Watchdog.Token);
    }
}
