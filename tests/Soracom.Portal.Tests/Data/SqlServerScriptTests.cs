using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Soracom.Portal.Data;

namespace Soracom.Portal.Tests.Data;

/// <summary>What SQL Server would be sent, read by SQL Server's own parser: no server runs where the tests do.</summary>
public sealed class SqlServerScriptTests
{
    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public async Task MigrationScript_IsTransactSql(MigrationsSqlGenerationOptions options)
    {
        var script = await ScriptAsync(options);

        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);

        Assert.Empty(errors.Select(error => $"{error.Line}: {error.Message}"));
        Assert.Contains("CREATE TRIGGER AuditEntries_AppendOnly", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TriggersOfTheAuditTrail_AreTransactSql_AndOnlyTheAnchorsRowsMayGo()
    {
        // Within the script it is a text that the server parses only when it runs it.
        var script = await ScriptAsync(MigrationsSqlGenerationOptions.Default);
        var parser = new TSql150Parser(initialQuotedIdentifiers: true);
        var texts = new Texts();
        parser.Parse(new StringReader(script), out _).Accept(texts);

        var triggers = texts.Found.Where(text => text.Contains(" TRIGGER ", StringComparison.Ordinal)).ToList();

        Assert.Equal(
            [
                "CREATE TRIGGER AuditEntries_AppendOnly ON AuditEntries INSTEAD OF UPDATE, DELETE",
                "CREATE TRIGGER AuditEntries_AppendOnly_Delete ON AuditEntries AFTER DELETE",
                "ALTER TRIGGER AuditEntries_AppendOnly ON AuditEntries INSTEAD OF UPDATE",
                "CREATE TRIGGER AuditAnchors_Forward ON AuditAnchors AFTER INSERT, UPDATE, DELETE",
            ],
            triggers.Select(trigger => trigger[..trigger.IndexOf(" AS ", StringComparison.Ordinal)]));
        Assert.All(triggers, trigger =>
        {
            parser.Parse(new StringReader(trigger), out var errors);
            Assert.Empty(errors.Select(error => error.Message));
            Assert.Contains("THROW 5000", trigger, StringComparison.Ordinal);
        });
        Assert.Contains("tenant.AuditKeepDays IS NOT NULL", triggers[1], StringComparison.Ordinal);
        Assert.Contains("tenant.AuditKeepDays IS NOT NULL", triggers[3], StringComparison.Ordinal);
        Assert.Contains("head.Number >= anchor.Number", triggers[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdatesOfRowsThatAreThere_AreTransactSql()
    {
        var script = await ScriptAsync(MigrationsSqlGenerationOptions.Default);
        var parser = new TSql150Parser(initialQuotedIdentifiers: true);
        var texts = new Texts();
        parser.Parse(new StringReader(script), out _).Accept(texts);
        var updates = texts.Found.Where(text => text.StartsWith("UPDATE", StringComparison.Ordinal)).ToList();

        Assert.Contains("UPDATE FootagePieces SET ListedBefore = '' WHERE State = 'Asked'", updates);
        Assert.All(updates, update =>
        {
            parser.Parse(new StringReader(update), out var errors);
            Assert.Empty(errors.Select(error => $"{update}: {error.Message}"));
        });
    }

    private static async Task<string> ScriptAsync(MigrationsSqlGenerationOptions options)
    {
        await using var db = new PortalDatabase(PortalDatabaseOptions.For(DatabaseProvider.SqlServer, "Server=never-opened")).ForInstallation();
        return db.GetService<IMigrator>().GenerateScript(options: options);
    }

    private sealed class Texts : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(StringLiteral node) => Found.Add(node.Value);
    }
}
