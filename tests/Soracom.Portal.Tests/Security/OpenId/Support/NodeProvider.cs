using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>
/// The npm package oidc-provider (tests/Soracom.Portal.Tests/OpenIdProvider) in a Node process on a loopback port. Where Node is
/// missing, tests that ask for the address are skipped; with PORTAL_REQUIRE_NODE=1 they fail.
/// </summary>
public sealed class NodeProvider : IAsyncLifetime
{
    private const string HowToGetIt = "The sign-in against a real provider needs Node.js 20 or newer with npm (https://nodejs.org, "
        + "or 'apt-get install nodejs npm'), and the npm registry the first time. Here: ";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    private Process? process;
    private string? address;
    private string missing = "";

    /// <summary>The provider's address; skips the test that asks where there is none.</summary>
    public Uri Address
    {
        get
        {
            if (address is null && Environment.GetEnvironmentVariable("PORTAL_REQUIRE_NODE") is "1")
            {
                Assert.Fail(missing);
            }

            Assert.SkipWhen(address is null, missing);
            return new Uri(address!);
        }
    }

    public async ValueTask InitializeAsync()
    {
        using var patience = new CancellationTokenSource(LongestStart);
        var folder = FindFolder();
        try
        {
            if (await InstallAsync(folder, patience.Token) is { } problem)
            {
                missing = HowToGetIt + problem;
                return;
            }

            process = Start("node", folder, "provider.mjs");
        }
        catch (Win32Exception exception)
        {
            missing = HowToGetIt + exception.Message;
            return;
        }

        address = await ReadAddressAsync(process).WaitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        // Its signal to end; see provider.mjs.
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    /// <summary>Null when the package is there; otherwise why it can't be had.</summary>
    private static async Task<string?> InstallAsync(string folder, CancellationToken cancellationToken)
    {
        // npm writes this file last.
        if (File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            return null;
        }

        using var npm = Start(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", folder, "ci");
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        await Task.WhenAll(output, errors, npm.WaitForExitAsync(cancellationToken));
        var reasons = (await errors).Split('\n').Where(line => line.StartsWith("npm error", StringComparison.Ordinal)).Take(4);
        return npm.ExitCode == 0 ? null : $"npm ci ended with {npm.ExitCode}: {string.Join("; ", reasons)}";
    }

    // Its output is read to the end, so that the provider never waits for somebody to take its notices.
    private static Task<string> ReadAddressAsync(Process node)
    {
        const string Sign = "listening ";
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new StringBuilder();
        node.OutputDataReceived += (_, line) => Read(line.Data);
        node.ErrorDataReceived += (_, line) => Read(line.Data);
        node.EnableRaisingEvents = true;
        node.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"node ended before it listened: {output}"));
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
        return listening.Task;

        void Read(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }

            if (line?.StartsWith(Sign, StringComparison.Ordinal) == true)
            {
                listening.TrySetResult(line[Sign.Length..]);
            }
        }
    }

    private static Process Start(string program, string folder, string argument) => Process.Start(
        new ProcessStartInfo(program, argument)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Soracom.Portal.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(
            folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run from inside the solution's folder."),
            "tests",
            "Soracom.Portal.Tests",
            "OpenIdProvider");
    }
}
