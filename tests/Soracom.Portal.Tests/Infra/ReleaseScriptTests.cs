using System.Diagnostics;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Soracom.Portal.Tests.Infra;

/// <summary>The scripts do their steps in order, end at the first that fails, and close what they opened. Azure is played by a program that notes what it is asked.</summary>
public sealed class ReleaseScriptTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("portal-release-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Release_SlotIsReady_Swaps_AndClosesWhatItOpened()
    {
        var (code, calls) = await RunAsync("release.sh", health: "200");

        Assert.Equal(0, code);
        InOrder(
            calls,
            "az sql server firewall-rule create",
            "dotnet Soracom.Portal.dll migrate",
            "az webapp config access-restriction add",
            "az webapp deploy",
            "curl https://staging.example.net/health/ready",
            "az webapp deployment slot swap",
            "curl https://own.example.net/health/ready",
            "az webapp config access-restriction remove",
            "az sql server firewall-rule delete");
    }

    [Fact]
    public async Task Release_SlotDoesNotBecomeReady_DoesNotSwap()
    {
        var (code, calls) = await RunAsync("release.sh", health: "503");

        Assert.NotEqual(0, code);
        Assert.DoesNotContain(calls, call => call.Contains("slot swap", StringComparison.Ordinal));
        InOrder(calls, "az webapp deploy", "curl https://staging.example.net/health/ready", "az webapp config access-restriction remove", "az sql server firewall-rule delete");
    }

    [Fact]
    public async Task Release_SchemaCannotBeBroughtUpToDate_TouchesNoSlot()
    {
        var (code, calls) = await RunAsync("release.sh", health: "200", fails: "dotnet Soracom.Portal.dll migrate");

        Assert.NotEqual(0, code);
        Assert.DoesNotContain(calls, call => call.StartsWith("az webapp", StringComparison.Ordinal));
        InOrder(calls, "az sql server firewall-rule create", "dotnet Soracom.Portal.dll migrate", "az sql server firewall-rule delete");
    }

    [Fact]
    public async Task Release_RuleCannotBeClosed_SaysSoByItsCode()
    {
        var (code, calls) = await RunAsync("release.sh", health: "200", fails: "az sql server firewall-rule delete");

        Assert.NotEqual(0, code);
        Assert.Contains(calls, call => call.Contains("slot swap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Begin_NoStoreYet_BeginsItAfterTheSchema_AndPutsItsMarkOnTheShare()
    {
        var (code, calls) = await RunAsync("begin.sh", storeThere: "false");

        Assert.Equal(0, code);
        InOrder(calls, "dotnet Soracom.Portal.dll migrate", "sqlcmd", "dotnet Soracom.Portal.dll begin-key-store", "az storage file upload", "az sql server firewall-rule delete");
    }

    [Fact]
    public async Task Begin_StoreIsThere_ChangesNothing()
    {
        var (code, calls) = await RunAsync("begin.sh", storeThere: "true");

        Assert.NotEqual(0, code);
        Assert.DoesNotContain(calls, call => call.StartsWith("dotnet", StringComparison.Ordinal) || call.StartsWith("sqlcmd", StringComparison.Ordinal) || call.Contains("upload", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("infra/sql/portal.sql")]
    [InlineData("infra/sql/release.sql")]
    public void Sql_CanBeRead_AndGivesThePortalNoSchema(string file)
    {
        var script = File.ReadAllText(Repository.PathOf(file));

        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);

        Assert.Empty(errors);
        // What the roles may is said, and held, in one place: db/sqlserver/roles.sql.
        Assert.Equal(file.EndsWith("release.sql", StringComparison.Ordinal), script.Contains("portal_migration", StringComparison.Ordinal));
        Assert.Equal(file.EndsWith("portal.sql", StringComparison.Ordinal), script.Contains("portal_application", StringComparison.Ordinal));
        Assert.DoesNotContain("db_", script.Replace("db/", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static void InOrder(IReadOnlyList<string> calls, params string[] expected)
    {
        var at = 0;
        foreach (var call in expected)
        {
            var found = calls.Skip(at).ToList().FindIndex(made => made.StartsWith(call, StringComparison.Ordinal));
            Assert.True(found >= 0, $"{call} is missing after {at} calls of:\n{string.Join('\n', calls)}");
            at += found + 1;
        }
    }

    private async Task<(int Code, IReadOnlyList<string> Calls)> RunAsync(string script, string health = "", string storeThere = "", string fails = "none")
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The scripts are for bash.");
            return default;
        }

        // One program by all names: it notes how it was called, less what differs from run to run, and answers what a script asks for.
        var tools = folder.CreateSubdirectory("tools").FullName;
        var player = Path.Combine(tools, "az");
        await File.WriteAllTextAsync(player, Player, Watchdog.Token);
        File.SetUnixFileMode(player, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var name in new[] { "curl", "dotnet", "unzip", "sqlcmd" })
        {
            File.CreateSymbolicLink(Path.Combine(tools, name), player);
        }

        var package = Path.Combine(folder.FullName, "portal.zip");
        await File.WriteAllTextAsync(package, "no archive: unzip is played, too", Watchdog.Token);
        var log = Path.Combine(folder.FullName, "calls");
        await File.WriteAllTextAsync(log, string.Empty, Watchdog.Token);
        var start = new ProcessStartInfo("bash", [Repository.PathOf($"infra/{script}"), "the-group", package]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = log;
        start.Environment["HEALTH"] = health;
        start.Environment["STORE_THERE"] = storeThere;
        start.Environment["FAILS"] = fails;
        start.Environment["PORTAL_OWN_ADDRESS"] = "203.0.113.7";
        start.Environment["PORTAL_READY_TRIES"] = "2";
        start.Environment["PORTAL_READY_PAUSE"] = "0";
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(Watchdog.Token), process.StandardError.ReadToEndAsync(Watchdog.Token));
        await process.WaitForExitAsync(Watchdog.Token);
        await said;
        return (process.ExitCode, await File.ReadAllLinesAsync(log, Watchdog.Token));
    }

    private const string Player = """
        #!/usr/bin/env bash
        name=$(basename "$0")
        if [ "$name" = curl ]; then call="curl ${*: -1}"; else call="$name $*"; fi
        echo "$call" >>"$CALLS"
        case "$call" in
          "$FAILS"*) exit 1 ;;
          unzip*) mkdir -p "${*: -1}" ;;
          curl*) printf '%s' "$HEALTH" ;;
          *outputs.ownHost*) echo own.example.net ;;
          *outputs.stagingHost*) echo staging.example.net ;;
          *outputs.*) echo made-up ;;
          *"storage file exists"*) echo "$STORE_THERE" ;;
          *"keys list"*) echo made-up-key ;;
        esac
        """;
}
