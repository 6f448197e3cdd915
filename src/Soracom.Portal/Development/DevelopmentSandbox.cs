using Microsoft.Data.Sqlite;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Hosting;
using Soracom.Sandbox;

namespace Soracom.Portal.Development;

/// <summary>
/// Runs the sandbox of the vendor's API in this process and points the portal's clients at it. With
/// <see cref="DemoData"/> the only code of the portal that knows the sandbox.
/// </summary>
internal static class DevelopmentSandbox
{
    public static async Task AddAsync(WebApplicationBuilder builder)
    {
        var logging = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        var options = new SandboxOptions
        {
            StateFile = StateFile(builder),
            LoggerFactory = logging,

            // Whoever is shown a remote access can try it, on this machine.
            Napter = new NapterListening { GivesOutListeners = true },
        };
        var sandbox = await SandboxServer.StartAsync(options, CancellationToken.None);

        // Registered by a factory, so that the container ends it with the portal.
        builder.Services.AddSingleton(_ => sandbox);
        builder.Services.PostConfigure<SoracomApiOptions>(options =>
        {
            options.JapanEndpoint = sandbox.JapanAddress;
            options.GlobalEndpoint = sandbox.GlobalAddress;
        });
    }

    /// <summary>Beside the portal's database, as the two belong together; null where that is in no file.</summary>
    private static string? StateFile(WebApplicationBuilder builder)
    {
        var (provider, connection) = DatabaseOptions.Read(builder.Configuration, builder.Environment.ContentRootPath, mayBeOpen: true);
        if (provider != DatabaseProvider.Sqlite)
        {
            return null;
        }

        var database = new SqliteConnectionStringBuilder(connection);
        return database.Mode == SqliteOpenMode.Memory || database.DataSource is "" or ":memory:" ? null : Path.ChangeExtension(database.DataSource, ".sandbox.state");
    }
}
