using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Soracom.Portal.Data;

namespace Soracom.Portal.Tests.Data;

/// <summary>The scripts in db/sqlserver, read by SQL Server's own parser, and held against what makes them.</summary>
public sealed class DeployScriptTests
{
    private static readonly string Folder = Repository.PathOf("db/sqlserver");

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Folder, "*.sql").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("deploy.sql")]
    [InlineData("row-level-security.sql")]
    public async Task Script_IsWhatMigrationsAndModelMake(string name)
    {
        var made = name == "deploy.sql" ? Deploy() : Wall();
        var file = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("UPDATE_SQLSERVER") == "1")
        {
            await File.WriteAllTextAsync(file, made, Watchdog.Token);
        }

        Assert.Equal(made, await File.ReadAllTextAsync(file, Watchdog.Token));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_IsTransactSql(string name) => Assert.NotEmpty(Parsed(name).Batches);

    [Fact]
    public void Wall_StandsInEveryTableThatNamesATenant_ForReadingAndWriting()
    {
        // What the schema has, by the script that makes it, and not by the model, of which the wall is made.
        var tables = new Tables();
        Parsed("deploy.sql").Accept(tables);
        var policy = Assert.Single(Parsed("row-level-security.sql").Batches.SelectMany(batch => batch.Statements).OfType<CreateSecurityPolicyStatement>());

        var walled = policy.SecurityPredicateActions.ToLookup(action => action.TargetObjectName.BaseIdentifier.Value, action => action.SecurityPredicateType);

        Assert.NotEmpty(tables.OfTenants);
        Assert.Equal(tables.OfTenants.Append("AuditAnchors").Append("AuditHeads").Order(StringComparer.Ordinal), walled.Select(table => table.Key).Order(StringComparer.Ordinal));
        Assert.All(walled, table => Assert.Equal([SecurityPredicateType.Filter, SecurityPredicateType.Block], table.Order()));
        Assert.Equal(OptionState.On, policy.SecurityPolicyOptions.Single(option => option.OptionKind == SecurityPolicyOptionKind.State).OptionState);
    }

    [Fact]
    public void Application_MayNotRewriteTheTrail_NorAlterAnything()
    {
        var statements = Parsed("roles.sql").Batches.SelectMany(batch => batch.Statements).ToList();
        var granted = Permissions(statements.OfType<GrantStatement>()).Where(grant => grant.To == "portal_application").ToList();
        var denied = Permissions(statements.OfType<DenyStatement>()).Where(deny => deny.To == "portal_application").ToList();

        Assert.Equal(["DELETE dbo", "INSERT dbo", "SELECT dbo", "UPDATE dbo"], granted.Select(grant => $"{grant.Permission} {grant.On}").Order(StringComparer.Ordinal));
        Assert.Contains(("UPDATE", "dbo.AuditEntries", "portal_application"), denied);
        Assert.Contains(("ALTER", "dbo", "portal_application"), denied);
        Assert.Contains(("ALTER ANY SECURITY POLICY", "", "portal_application"), denied);
        Assert.DoesNotContain(statements.OfType<AlterRoleStatement>(), role => role.Action is AddMemberAlterRoleAction { Member.Value: "portal_application" });
    }

    private static IEnumerable<(string Permission, string On, string To)> Permissions(IEnumerable<SecurityStatement> statements) =>
        from statement in statements
        from permission in statement.Permissions
        from principal in statement.Principals
        select (string.Join(' ', permission.Identifiers.Select(part => part.Value)), statement.SecurityTargetObject is { } target ? string.Join('.', target.ObjectName.MultiPartIdentifier.Identifiers.Select(part => part.Value)) : "", principal.Identifier.Value);

    private static TSqlScript Parsed(string name)
    {
        using var reader = new StreamReader(Path.Combine(Folder, name));
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.Empty(errors.Select(error => $"{name} {error.Line}: {error.Message}"));
        return script;
    }

    private static string Deploy()
    {
        using var db = Database();
        // Rows that migrations change would not be found behind the wall of an earlier version.
        return $"-- Made of the migrations; see README.md.\n{TenantSession.CommandFor(new Microsoft.Data.SqlClient.SqlConnection(), wall: null).CommandText};\nGO\n\n"
            + db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent).ReplaceLineEndings("\n");
    }

    private static string Wall()
    {
        using var db = Database();
        return $"-- Made of the model; see README.md.\nSET XACT_ABORT ON;\nGO\nBEGIN TRANSACTION;\nGO\n{string.Join("\nGO\n", RowLevelSecurity.Batches(db))}\nGO\nCOMMIT;\nGO\n".ReplaceLineEndings("\n");
    }

    private static PortalDbContext Database() => new PortalDatabase(PortalDatabaseOptions.For(DatabaseProvider.SqlServer, "Server=never-opened")).ForInstallation();

    private sealed class Tables : TSqlFragmentVisitor
    {
        public SortedSet<string> OfTenants { get; } = new(StringComparer.Ordinal);

        public override void Visit(CreateTableStatement node)
        {
            if (node.Definition.ColumnDefinitions.Any(column => column.ColumnIdentifier.Value == "TenantId"))
            {
                OfTenants.Add(node.SchemaObjectName.BaseIdentifier.Value);
            }
        }

        public override void Visit(DropTableStatement node) => OfTenants.ExceptWith(node.Objects.Select(table => table.BaseIdentifier.Value));
    }
}
