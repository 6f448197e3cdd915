using Microsoft.Data.Sqlite;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>What the program says and how it ends when it does not serve.</summary>
public sealed class PortalProgramTests : IDisposable
{
    private readonly TestCertificate certificate = new();

    public void Dispose() => certificate.Dispose();

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_NothingIsConfigured_ListsTheCommands(string asked)
    {
        var (code, said, complained) = await RunAsync(asked, "--environment=Production");

        Assert.Equal((0, string.Empty), (code, complained));
        Assert.All(["migrate", "add-reseller", "add-tenant", "grant", "grant-reseller", "docs/configuration.md"], word => Assert.Contains(word, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SettingIsMissing_EndsWithTheCodeForWrongConfigurationAndNamesIt()
    {
        await using var database = await TestDatabase.CreateAsync();

        var (code, said, complained) = await RunAsync("--environment=Production", $"--ConnectionStrings:Portal={database.ConnectionString}");

        Assert.Equal((78, string.Empty), (code, said));
        Assert.StartsWith("KeyRing:CertificatePath is missing.", complained, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("migrate")]
    [InlineData("add-tenant", "acme", "Acme")]
    public async Task SqlServerDoesNotAnswer_EndsWithOneLineThatNamesTheKeyAndNoSecret(params string[] command)
    {
        // Port 1 is the multiplexer's, which no machine serves any more.
        var (code, _, complained) = await RunAsync(
            [.. command, .. Settings("Server=tcp:127.0.0.1,1;User Id=portal;Password=hunter2;Connect Timeout=1;ConnectRetryCount=0"), "--Database:Provider=SqlServer", "--KeyRing:SharesFolder=never-looked-at"]);

        Assert.Equal(1, code);
        Assert.StartsWith("The database that ConnectionStrings:Portal names can't be used: ", complained, StringComparison.Ordinal);
        Assert.Single(complained.TrimEnd().Split('\n'));
        Assert.DoesNotContain("hunter2", complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SqliteFileIsNone_EndsWithOneLineThatNamesTheKey()
    {
        await using var database = await TestDatabase.CreateAsync();
        await File.WriteAllTextAsync(database.FilePath, "This file is much, but no database.", Watchdog.Token);

        var (code, _, complained) = await RunAsync(Settings(database.ConnectionString));

        Assert.Equal(1, code);
        Assert.StartsWith("The database that ConnectionStrings:Portal names can't be used: ", complained, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(78)]
    [InlineData(1, "add-tenant", "acme", "Acme")]
    public async Task SqliteFileIsNotThere_SaysWhereItShouldBeAndHowToMakeIt(int expected, params string[] command)
    {
        await using var database = await TestDatabase.CreateAsync();
        var missing = Path.Combine(Path.GetDirectoryName(database.FilePath)!, "App_Data", "missing.db");

        var (code, said, complained) = await RunAsync([.. command, .. Settings(new SqliteConnectionStringBuilder { DataSource = missing, Pooling = false }.ConnectionString)]);

        Assert.Equal(expected, code);
        Assert.All([$"no database at {missing}", "migrate", "ConnectionStrings:Portal"], part => Assert.Contains(part, said + complained, StringComparison.Ordinal));
        Assert.DoesNotContain("older", said + complained, StringComparison.Ordinal);
        Assert.False(File.Exists(missing));
    }

    private string[] Settings(string connection) =>
        ["--environment=Production", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:Portal={connection}", .. PortalStart.KeyRing(certificate), .. PortalStart.Provider];

    private static async Task<(int Code, string Said, string Complained)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await PortalProgram.RunAsync(args, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
