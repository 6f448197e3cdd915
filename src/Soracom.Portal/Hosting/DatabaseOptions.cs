using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Soracom.Portal.Data;

namespace Soracom.Portal.Hosting;

/// <summary>Where the portal keeps its data. Configuration section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Database";

    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "Portal";

    /// <summary>The provider; SQLite by default, which needs no set-up.</summary>
    public DatabaseProvider Provider { get; set; }

    /// <summary>Reads the section and the connection string.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="contentRoot">The folder below which SQLite's file lies by default.</param>
    /// <param name="mayBeOpen">Whether the connection to the server may do without encryption and without a look at its certificate.</param>
    /// <returns>Provider and connection string.</returns>
    /// <exception cref="ConfigurationException">A key is wrong or missing.</exception>
    public static (DatabaseProvider Provider, string ConnectionString) Read(IConfiguration configuration, string contentRoot, bool mayBeOpen)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var name = configuration[$"{Section}:{nameof(Provider)}"];
        var provider = DatabaseProvider.Sqlite;
        if (name is not null && (!Enum.TryParse(name, ignoreCase: true, out provider) || !Enum.IsDefined(provider)))
        {
            throw new ConfigurationException($"{Section}:{nameof(Provider)} is \"{name}\"; it must be {nameof(DatabaseProvider.Sqlite)} or {nameof(DatabaseProvider.SqlServer)}.");
        }

        var connection = configuration.GetConnectionString(ConnectionName);
        return (provider, connection) switch
        {
            (_, { Length: > 0 }) => (provider, Checked(provider, connection, mayBeOpen)),
            (DatabaseProvider.Sqlite, _) => (provider, $"Data Source={Path.Combine(contentRoot, "App_Data", "portal.db")}"),
            _ => throw new ConfigurationException($"ConnectionStrings:{ConnectionName} is missing; {Section}:{nameof(Provider)}={provider} needs it."),
        };
    }

    private static string Checked(DatabaseProvider provider, string connection, bool mayBeOpen)
    {
        try
        {
            return provider == DatabaseProvider.Sqlite
                ? new SqliteConnectionStringBuilder(connection).ConnectionString
                : Closed(new SqlConnectionStringBuilder(connection), mayBeOpen);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The provider's own message may quote a part of the string, which may be a part of a password.
            throw new ConfigurationException($"ConnectionStrings:{ConnectionName} is not a connection string of {provider}.", error);
        }
    }

    private static string Closed(SqlConnectionStringBuilder connection, bool mayBeOpen)
    {
        if (!mayBeOpen && SqlConnectionEncryptOption.Optional.Equals(connection.Encrypt))
        {
            throw new ConfigurationException($"ConnectionStrings:{ConnectionName} has Encrypt=False (or Optional), which is for Development alone: leave it out, or set it to True or Strict.");
        }

        return mayBeOpen || !connection.TrustServerCertificate
            ? connection.ConnectionString
            : throw new ConfigurationException(
                $"ConnectionStrings:{ConnectionName} has TrustServerCertificate=True, by which anybody could pose as the server; that is for Development alone. Leave it out, and have the server use a certificate that this machine trusts.");
    }
}
