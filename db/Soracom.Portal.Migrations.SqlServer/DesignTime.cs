using Microsoft.EntityFrameworkCore.Design;
using Soracom.Portal.Data;

namespace Soracom.Portal.Migrations.SqlServer;

/// <summary>Lets <c>build/add-migration.sh</c> compare the model with this provider's snapshot. Opens no database.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<PortalDbContext>
{
    /// <inheritdoc />
    public PortalDbContext CreateDbContext(string[] args) =>
        new PortalDatabase(PortalDatabaseOptions.For(DatabaseProvider.SqlServer, "Server=design-time")).ForInstallation();
}
