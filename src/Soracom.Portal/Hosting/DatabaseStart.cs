using System.Data.Common;
using Soracom.Portal.Data;

namespace Soracom.Portal.Hosting;

/// <summary>What has to be said when the program starts with a database that can't serve it.</summary>
internal static class DatabaseStart
{
    private const string ConnectionKey = $"ConnectionStrings:{DatabaseOptions.ConnectionName}";

    /// <summary>Tells why the database's schema is not this build's, and what to do.</summary>
    /// <param name="database">The portal's database.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The complaint; null when the schema is up to date.</returns>
    /// <exception cref="DbException">The database can't be asked.</exception>
    public static async Task<string?> SchemaComplaintAsync(PortalDatabase database, CancellationToken cancellationToken)
    {
        if (database.MissingFile() is { } file)
        {
            return $"There is no database at {file}. \"Soracom.Portal migrate\" makes it; {ConnectionKey} names another place.";
        }

        return await database.PendingMigrationsAsync(cancellationToken) is { Count: > 0 } pending
            ? $"The database's schema is older than this build: it lacks {string.Join(", ", pending)}. Run \"Soracom.Portal migrate\" first."
            : null;
    }

    /// <summary>Says that the database failed, where that is what ended the program.</summary>
    /// <param name="error">What ended it.</param>
    /// <returns>One line that names the key, without anything of the connection string's secrets; null when it was something else.</returns>
    public static string? Explain(Exception error) => (error as DbException ?? error.InnerException as DbException) is { } failure
        ? $"The database that {ConnectionKey} names can't be used: {failure.Message.ReplaceLineEndings(" ")}"
        : null;
}
