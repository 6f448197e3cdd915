using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Soracom.Portal.Hosting;
using Soracom.Portal.Tests.Hosting;
using Soracom.Portal.Tests.Infra.Bicep;

namespace Soracom.Portal.Tests.Infra;

/// <summary>What the template passes to the portal is what the portal reads, and all that Production asks for.</summary>
public sealed class SettingTests : IDisposable
{
    private static readonly BicepFile Web = BicepFile.Parse(File.ReadAllText(Repository.PathOf("infra/modules/web.bicep")));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("portal-infra-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Template_PassesWhatThePortalKnows()
    {
        var passed = PortalSettings.Read(Web);

        Assert.Contains("Database__Provider", passed.Select(setting => setting.Key));
        Assert.Contains("KeyRing__PreviousCertificatePaths__0", passed.Select(setting => setting.Key));
        Assert.Empty(passed.Select(setting => PortalSettings.Problem(setting.Key, setting.Literal)).OfType<string>());
        Assert.Empty(PortalSettings.Elsewhere(Web, but: "sticky"));
    }

    [Theory]
    [InlineData("KeyRing__CertifcatePath: 'x'", "KeyRingOptions has no CertifcatePath")]
    [InlineData("Keyring__CertificatePath: 'x'", "there is no such section")]
    [InlineData("AzureAd__ClientSecrets: 'x'", "docs/configuration.md has no such key")]
    [InlineData("KeyRing__PreviousCertificatePaths: 'x'", "is a list")]
    [InlineData("Exports__Folder__0: 'x'", "is one value")]
    [InlineData("Jobs__Run: 'yes'", "\"yes\" is no Boolean")]
    [InlineData("Jobs__AtOnce: 'two'", "\"two\" is no Int32")]
    [InlineData("Database__Provider: 'Oracle'", "\"Oracle\" is no DatabaseProvider")]
    [InlineData("WEBSITES_PORT: '80'", "there is no such section")]
    public void WrongSetting_IsFound(string entry, string expected)
    {
        var setting = Assert.Single(PortalSettings.Read(BicepFile.Parse($"var madeUpSettings = {{\n  {entry}\n}}\n")));

        Assert.Contains(expected, PortalSettings.Problem(setting.Key, setting.Literal), StringComparison.Ordinal);
    }

    [Fact]
    public void SettingOutsideOfTheVariables_IsFound() =>
        Assert.Equal(["Jobs__Run"], PortalSettings.Elsewhere(BicepFile.Parse("var others = {\n  Jobs__Run: 'true'\n}\n"), but: "sticky"));

    /// <summary>What works by itself rests in the staging slot, and stays there when versions are swapped.</summary>
    [Fact]
    public void WorkersOfTheSlot_Rest()
    {
        var passed = PortalSettings.Read(Web);
        var working = passed.Where(setting => setting.Group == "workingSettings").ToList();
        var resting = passed.Where(setting => setting.Group == "restingSettings").ToList();
        var sticky = Web.Statements.Single(statement => statement.Name == "sticky").Value.Where(token => token.Value.Contains("__", StringComparison.Ordinal)).Select(token => token.Value);

        Assert.All(working, setting => Assert.Equal("true", setting.Literal));
        Assert.All(resting, setting => Assert.Equal("false", setting.Literal));
        Assert.Equal(working.Select(setting => setting.Key), resting.Select(setting => setting.Key));
        Assert.Equal(working.Select(setting => setting.Key), sticky);
        // Every switch of this kind, as the document has them.
        var switches = File.ReadLines(Repository.PathOf("docs/configuration.md")).Where(line => line.Contains("whether this instance", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1].Replace(":", "__", StringComparison.Ordinal));
        Assert.Equal(switches.Order(StringComparer.Ordinal), working.Select(setting => setting.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ConnectionString_IsOfTheIdentity_EncryptedAndWithoutAPassword()
    {
        var text = Web.Statements.Single(statement => statement.Name == "portalSettings").Value
            .Single(token => token.Value.StartsWith("Server=", StringComparison.Ordinal)).Value.Replace("${}", "made-up", StringComparison.Ordinal);
        var settings = new ConfigurationManager { ["Database:Provider"] = "SqlServer", ["ConnectionStrings:Portal"] = text };

        var connection = new SqlConnectionStringBuilder(DatabaseOptions.Read(settings, "/", mayBeOpen: false).ConnectionString);

        Assert.Equal(SqlAuthenticationMethod.ActiveDirectoryManagedIdentity, connection.Authentication);
        Assert.Equal((SqlConnectionEncryptOption.Mandatory, false, string.Empty), (connection.Encrypt, connection.TrustServerCertificate, connection.Password));
        Assert.Equal("made-up", connection.UserID);
    }

    [Fact]
    public async Task Production_WithTheTemplatesSettingsAlone_Starts()
    {
        await using var database = await TestDatabase.CreateAsync();

        await using var portal = await PortalStart.StartAsync(Environments.Production, database, Arguments(database));

        Assert.Single(portal.Urls);
    }

    /// <summary>That such a start can fail for the want of one, each of them that there is no doing without.</summary>
    [Theory]
    [InlineData("KeyRing:CertificatePath")]
    [InlineData("AzureAd:ClientId")]
    [InlineData("AzureAd:TenantId")]
    [InlineData("AzureAd:ClientSecret")]
    [InlineData("Mail:PortalAddress")]
    public async Task Production_WithoutOneOfThem_NamesIt(string key)
    {
        await using var database = await TestDatabase.CreateAsync();

        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => PortalStart.StartAsync(Environments.Production, database, [.. Arguments(database).Where(argument => !argument.StartsWith($"--{key}=", StringComparison.Ordinal))]));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    /// <summary>The template's keys with values such as they have there. No SQL Server is here, so that the database is the test's.</summary>
    private string[] Arguments(TestDatabase database)
    {
        // Without a password, as App Service for Linux puts certificates.
        var path = Path.Combine(folder.FullName, "0123456789ABCDEF.p12");
        using (var certificate = new TestCertificate())
        using (var loaded = X509CertificateLoader.LoadPkcs12FromFile(certificate.FilePath, TestCertificate.Password, X509KeyStorageFlags.Exportable))
        {
            File.WriteAllBytes(path, loaded.Export(X509ContentType.Pkcs12));
        }

        Dictionary<string, string> standIns = new(StringComparer.Ordinal)
        {
            ["KeyRing:CertificatePath"] = path,
            ["KeyRing:PreviousCertificatePaths:0"] = path,
            // Where the test's database has its own.
            ["KeyRing:SharesFolder"] = Path.Combine(Path.GetDirectoryName(database.FilePath)!, "keys"),
            ["Exports:Folder"] = Path.Combine(folder.FullName, "exports"),
            ["Billing:Folder"] = Path.Combine(folder.FullName, "bills"),
            ["AzureAd:Instance"] = "https://login.microsoftonline.com/",
            ["AzureAd:TenantId"] = "3f8c5f0e-6f0e-4f1e-9f3c-0a8b7d6c5e4f",
            ["AzureAd:ClientId"] = "portal",
            ["AzureAd:ClientSecret"] = "made up",
            ["AzureAd:GroupClaim"] = "groups",
            ["Mail:Host"] = "mail.example.com",
            ["Mail:From"] = "portal@example.com",
            ["Mail:PortalAddress"] = "https://portal.example.com",
            ["Mail:User"] = "portal",
            ["Mail:Password"] = "made up",
            ["AllowedHosts"] = "localhost",
        };
        string[] ofTheTest = ["Database:Provider", "ConnectionStrings:Portal"];
        return
        [
            // What App Service sets in the environment by itself.
            "--WEBSITE_SITE_NAME=portal",
            .. PortalSettings.Read(Web)
                .Where(setting => setting.Group is not ("restingSettings" or "platformSettings" or "telemetrySettings") && !setting.Key.StartsWith("ASPNETCORE_", StringComparison.Ordinal))
                .Select(setting => (Key: setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Literal))
                .Where(setting => !ofTheTest.Contains(setting.Key))
                .Select(setting => $"--{setting.Key}={standIns.GetValueOrDefault(setting.Key) ?? setting.Literal ?? throw new InvalidOperationException($"{setting.Key} has no stand-in here.")}"),
        ];
    }
}
