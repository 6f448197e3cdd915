using Microsoft.Extensions.Hosting;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>A container's health check asks the portal by the portal's own program.</summary>
public sealed class HealthProbeTests : IDisposable
{
    private readonly TestCertificate certificate = new();

    public void Dispose() => certificate.Dispose();

    [Theory]
    [InlineData("/health/live", "portal.example.com;localhost", "health")]
    [InlineData("/health/ready", "*", "health", "ready")]
    [InlineData("/health/ready", "*.example.com", "health", "ready")]
    public async Task PortalServes_IsHealthy_WhateverNamesItAnswers(string path, string names, params string[] command)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await PortalStart.StartAsync(Environments.Production, database, [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider, $"--AllowedHosts={names}"]);

        var (code, said) = await AskAsync([.. command, $"--urls={portal.Urls.Single()}", $"--AllowedHosts={names}"]);

        Assert.Equal(0, code);
        Assert.Contains($"{path}: 200", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SchemaIsNotTheBuilds_LivesAndIsNotReady()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await PortalStart.StartAsync(Environments.Production, database, [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider]);
        await database.ExecuteAsync("DELETE FROM __EFMigrationsHistory");

        var (live, _) = await AskAsync("health", $"--urls={portal.Urls.Single()}");
        var (ready, said) = await AskAsync("health", "ready", $"--urls={portal.Urls.Single()}");

        Assert.Equal((0, 1), (live, ready));
        Assert.Contains("503", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyServes_IsNot()
    {
        // Port 1 is the multiplexer's, which no machine serves any more.
        var (code, said) = await AskAsync("health", "--urls=http://*:1");

        Assert.Equal(1, code);
        Assert.StartsWith("http://127.0.0.1:1/health/live: ", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> AskAsync(params string[] args)
    {
        await using var output = new StringWriter();
        return (await PortalProgram.RunAsync(args, output, TextWriter.Null), output.ToString());
    }
}
