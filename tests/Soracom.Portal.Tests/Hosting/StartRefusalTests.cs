using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>A start with settings that would be unsafe or can't work ends with a message that names the key.</summary>
public sealed class StartRefusalTests : IDisposable
{
    private readonly TestCertificate certificate = new();

    public void Dispose() => certificate.Dispose();

    [Fact]
    public async Task Production_WithCertificateAndProvider_Starts()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await PortalStart.StartAsync(Environments.Production, database, [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider]);

        Assert.Single(portal.Urls);
    }

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Production", " ")]
    [InlineData("Development", null)]
    public async Task SqlServer_WithoutAFolderForTheHalvesOfKeys_NamesTheKey(string environment, string? folder)
    {
        string[] settings =
        [
            "--Database:Provider=SqlServer",
            "--ConnectionStrings:Portal=Server=never-opened",
            .. PortalStart.KeyRing(certificate),
            .. PortalStart.Provider,
            .. folder is null ? Array.Empty<string>() : [$"--KeyRing:SharesFolder={folder}"],
        ];

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.CreateAsync(environment, settings));

        Assert.StartsWith("KeyRing:SharesFolder is missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Encrypt=False")]
    [InlineData("Encrypt=Optional")]
    [InlineData("TrustServerCertificate=True")]
    public async Task SqlServer_ByAConnectionThatOthersCouldReadOrAnswer_IsForDevelopmentAlone(string part)
    {
        string[] settings = ["--Database:Provider=SqlServer", $"--ConnectionStrings:Portal=Server=never-opened;Password=hunter2;{part}", .. PortalStart.KeyRing(certificate), .. PortalStart.Provider];

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.CreateAsync(Environments.Production, settings));
        var taken = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.CreateAsync(Environments.Development, settings));

        Assert.All(["ConnectionStrings:Portal", part.Split('=')[0]], named => Assert.Contains(named, refused.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
        // What is asked for next.
        Assert.StartsWith("KeyRing:SharesFolder is missing", taken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_NoStoreForTheHalvesOfKeysWasBegun_SaysHow_AndStartsOnceItWas()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("DELETE FROM KeyStores");
        Directory.Delete(database.KeysFolder, recursive: true);
        string[] settings = [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider];

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.StartAsync(Environments.Production, database, settings));

        Assert.All(["KeyRing:SharesFolder", "begin-key-store", database.KeysFolder], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(database.KeysFolder));
        await using (var commands = await PortalStart.CreateAsync(Environments.Production, database, settings))
        {
            await using var output = new StringWriter();
            Assert.Equal(0, await Administration.TryRunAsync(commands, ["begin-key-store"], output, Watchdog.Token));
            Assert.Contains(database.KeysFolder, output.ToString(), StringComparison.Ordinal);
            var twice = await Assert.ThrowsAsync<ConfigurationException>(() => Administration.TryRunAsync(commands, ["begin-key-store", "lost"], output, Watchdog.Token));
            Assert.Contains(database.KeysFolder, twice.Message, StringComparison.Ordinal);
        }

        await using var portal = await PortalStart.StartAsync(Environments.Production, database, settings);
        Assert.Single(portal.Urls);
    }

    [Theory]
    [InlineData("KeyRing:KeepRetiredShares", "00:00:01")]
    [InlineData("KeyRing:SharesFolder", "")]
    [InlineData("Demo:Accounts", "true")]
    [InlineData("Demo:Sandbox", "true")]
    [InlineData("Demo:Accounts", "perhaps")]
    [InlineData("KeyRing:CertificatePath", "")]
    [InlineData("KeyRing:CertificatePath", "/no/such/file.pfx")]
    [InlineData("KeyRing:CertificatePath", "with another password", "KeyRing:CertificatePassword")]
    [InlineData("Mail:Folder", "/tmp")]
    [InlineData("Mail:Host", "", "Mail:User")]
    [InlineData("Mail:From", "mail.example.com", "Mail:Host")]
    [InlineData("Mail:PortalAddress", "mail.example.com", "Mail:Host")]
    [InlineData("Mail:PortalAddress", "http://portal.example.com")]
    [InlineData("Mail:Timeout", "00:00:00")]
    [InlineData("Mail:Port", "many")]
    [InlineData("AzureAd:ClientId", "")]
    [InlineData("AzureAd:Authority", "http://id.example.test/")]
    [InlineData("AzureAd:CallbackPath", "no-path")]
    [InlineData("AzureAd:ClockSkew", "soon")]
    [InlineData("AzureAd:RequireHttpsMetadata", "maybe")]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Session:IdleTimeout", "abc")]
    [InlineData("Session:IdleTimeout", "")]
    [InlineData("Session:IdleTimeout", "00:00:01")]
    [InlineData("Session:AbsoluteTimeout", "31.00:00:00")]
    [InlineData("Soracom:JapanEndpoint", "http://127.0.0.1:5090")]
    [InlineData("Soracom:GlobalEndpoint", "not an address")]
    [InlineData("Soracom:MaxRetries", "many")]
    [InlineData("Soracom:MaxRetries", "11")]
    [InlineData("Exports:Folder", @"\\account.file.core.windows.net\footage")]
    [InlineData("Exports:MostBytesOfTenant", "536870911")] // Less than one piece may take.
    [InlineData("Soracom:AttemptTimeout", "-00:00:01")]
    [InlineData("Soracom:InteractiveReserve", "most")]
    public async Task Production_AKeyIsWrongOrMissing_NamesIt(string key, string value, string? setInstead = null)
    {
        await using var database = await TestDatabase.CreateAsync();
        string[] settings = [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider, $"--{setInstead ?? key}={value}"];

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.StartAsync(Environments.Production, database, settings));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestCertificate.Password, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Staging")]
    [InlineData("Production")]
    public async Task OutsideDevelopment_WithoutAnySetting_NamesWhatIsMissing(string environment)
    {
        await using var database = await TestDatabase.CreateAsync();

        var ring = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.StartAsync(environment, database, PortalStart.Provider));
        var provider = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.StartAsync(environment, database, PortalStart.KeyRing(certificate)));

        Assert.Contains("KeyRing:CertificatePath", ring.Message, StringComparison.Ordinal);
        Assert.Contains("AzureAd:ClientId", provider.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_CertificateWithoutPrivateKey_NamesTheKey()
    {
        using var useless = new TestCertificate(withPrivateKey: false);
        await using var database = await TestDatabase.CreateAsync();

        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => PortalStart.StartAsync(Environments.Production, database, [.. PortalStart.KeyRing(useless), .. PortalStart.Provider]));

        Assert.Contains("KeyRing:CertificatePath", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_FormerCertificateIsMissing_NamesWhichAndItsFile()
    {
        using var former = new TestCertificate();
        await using var database = await TestDatabase.CreateAsync();
        string[] settings =
        [
            .. PortalStart.KeyRing(certificate),
            .. PortalStart.Provider,
            $"--KeyRing:PreviousCertificatePaths:0={former.FilePath}",
            "--KeyRing:PreviousCertificatePaths:1=/no/such/former.pfx",
        ];

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.StartAsync(Environments.Production, database, settings));

        Assert.Contains("KeyRing:PreviousCertificatePaths:1", error.Message, StringComparison.Ordinal);
        Assert.Contains("/no/such/former.pfx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_RingHoldsAKeyThatIsNotEncrypted_SaysWhichRowAndWhatToDo()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("INSERT INTO KeyRing (Id, Name, Xml) VALUES (7, 'key', '<key><masterKey>hunter2</masterKey></key>')");

        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => PortalStart.StartAsync(Environments.Production, database, [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider]));

        Assert.Contains("KeyRing:CertificatePath", error.Message, StringComparison.Ordinal);
        Assert.Contains("Id 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("Delete", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_RingIsOfAnotherCertificate_StartsOnceThatIsNamedAsFormer()
    {
        using var renewed = new TestCertificate();
        await using var database = await TestDatabase.CreateAsync();
        await using (var before = new VaultHost(database, certificate))
        {
            before.Keys.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));
        }

        string[] settings = [.. PortalStart.KeyRing(renewed), .. PortalStart.Provider];
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.StartAsync(Environments.Production, database, settings));
        await using var portal = await PortalStart.StartAsync(Environments.Production, database, [.. settings, $"--KeyRing:PreviousCertificatePaths:0={certificate.FilePath}"]);

        Assert.Contains("KeyRing:PreviousCertificatePaths", error.Message, StringComparison.Ordinal);
        Assert.Single(portal.Urls);
    }

    [Fact]
    public async Task Start_SeveralSectionsAreWrong_NamesEachKey()
    {
        await using var database = await TestDatabase.CreateAsync();
        string[] settings = [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider, "--Session:IdleTimeout=00:00:01", "--Soracom:MaxRetries=11", "--AzureAd:ClockSkew=1.00:00:00"];

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.StartAsync(Environments.Production, database, settings));

        Assert.All(["Session:IdleTimeout", "Soracom:MaxRetries", "AzureAd:ClockSkew"], key => Assert.Contains(key, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sqlite", "hunter2 is no connection string")]
    [InlineData("Sqlite", "Data Source=portal.db;Password=a;hunter2=b")]
    [InlineData("SqlServer", "Server=db;Password=a;hunter2=b")]
    [InlineData("SqlServer", "")]
    public async Task Start_ConnectionStringCannotBeRead_NamesTheKeyAndQuotesNothing(string provider, string connection)
    {
        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => PortalStart.CreateAsync(Environments.Development, [$"--Database:Provider={provider}", $"--ConnectionStrings:Portal={connection}"]));

        Assert.Contains("ConnectionStrings:Portal", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_SchemaIsOlderThanTheBuild_SaysToMigrate()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("DELETE FROM __EFMigrationsHistory");

        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => PortalStart.StartAsync(Environments.Production, database, [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider]));

        Assert.Contains("migrate", error.Message, StringComparison.Ordinal);
        Assert.Contains("_Initial", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("ftp://127.0.0.1:0")]
    public async Task Start_AddressCannotBeListenedAt_SaysSo(string address)
    {
        await using var database = await TestDatabase.CreateAsync();

        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=false", $"--urls={address}"));

        Assert.Contains("--urls", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--Kestrel:Certificates:Default:Path=/no/such/file.pfx", "--Kestrel:Certificates:Default:Password=hunter2")]
    public async Task Production_HttpsAddressWithoutAUsableCertificate_NamesTheKeys(params string[] certificateSettings)
    {
        await using var database = await TestDatabase.CreateAsync();
        string[] settings = [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider, "--urls=https://127.0.0.1:0", .. certificateSettings];

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.StartAsync(Environments.Production, database, settings));

        Assert.Contains("Kestrel:Certificates:Default:Path", error.Message, StringComparison.Ordinal);
        Assert.Contains("--urls", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_HttpsAddressWithACertificate_Starts()
    {
        await using var database = await TestDatabase.CreateAsync();
        string[] settings =
        [
            .. PortalStart.KeyRing(certificate),
            .. PortalStart.Provider,
            "--urls=https://127.0.0.1:0",
            $"--Kestrel:Certificates:Default:Path={certificate.FilePath}",
            $"--Kestrel:Certificates:Default:Password={TestCertificate.Password}",
        ];

        await using var portal = await PortalStart.StartAsync(Environments.Production, database, settings);

        Assert.StartsWith("https://127.0.0.1:", Assert.Single(portal.Urls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_SettingIsMissing_EndsWithTheCodeForWrongConfiguration()
    {
        await using var database = await TestDatabase.CreateAsync();
        string[] args = ["--environment=Production", $"--ConnectionStrings:Portal={database.ConnectionString}"];

        Assert.Equal(78, typeof(PortalApplication).Assembly.EntryPoint!.Invoke(obj: null, [args]));
    }

    [Fact]
    public async Task Development_NoDatabaseYet_MakesItAndItsFolder()
    {
        var folder = Directory.CreateTempSubdirectory("portal-start-");
        var file = Path.Combine(folder.FullName, "App_Data", "portal.db");
        var connection = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString;
        await using (var portal = await PortalStart.CreateAsync(Environments.Development, [$"--ConnectionStrings:Portal={connection}", "--Demo:Sandbox=false"]))
        {
            await PortalApplication.StartAsync(portal, Watchdog.Token);
        }

        Assert.True(File.Exists(file));
        folder.Delete(recursive: true);
    }
}
