using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Sandbox;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>
/// The whole portal as the one command starts it: demo data, the sandbox in this process, a database of its own in a
/// temporary folder. An error in its log fails the test that asks next, or the run that disposes it.
/// </summary>
public sealed class PortalHost : IAsyncDisposable
{
    private readonly WebApplication portal;
    private readonly DirectoryInfo folder;
    private readonly ErrorLog errors;
    private bool stopped;

    private PortalHost(WebApplication portal, DirectoryInfo folder, ErrorLog errors)
    {
        this.portal = portal;
        this.folder = folder;
        this.errors = errors;
        Address = new Uri(portal.Urls.Single());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The vendor's side.</summary>
    public SandboxServer Sandbox => portal.Services.GetRequiredService<SandboxServer>();

    /// <summary>Whether this build can play footage: Node was there.</summary>
    public bool HasPlayer => portal.Services.GetRequiredService<PlayerScript>().IsThere;

    /// <summary>The database, to look behind the pages.</summary>
    internal PortalDatabase Database => portal.Services.GetRequiredService<PortalDatabase>();

    /// <summary>Clients of the vendor's side, to look behind the pages there.</summary>
    internal ISoracomClientFactory Clients => portal.Services.GetRequiredService<ISoracomClientFactory>();

    /// <summary>Fails where the portal has logged an error since this was asked last.</summary>
    public void AssertNoErrors()
    {
        var entries = new List<string>();
        while (errors.Entries.TryDequeue(out var entry))
        {
            entries.Add(entry);
        }

        Assert.True(entries.Count == 0, string.Join(Environment.NewLine, entries));
    }

    /// <summary>Starts a portal.</summary>
    /// <param name="clock">Its clock.</param>
    /// <param name="configure">Last changes.</param>
    /// <returns>The portal.</returns>
    public static async Task<PortalHost> StartAsync(TimeProvider clock, Action<WebApplicationBuilder>? configure = null)
    {
        var place = Directory.CreateTempSubdirectory("portal-browser-");
        var log = new ErrorLog();
        string[] arguments =
        [
            "--environment=Development",
            "--applicationName=Soracom.Portal",
            $"--contentRoot={AppContext.BaseDirectory}",
            "--urls=http://127.0.0.1:0",
            // What fails in these stories fails for good: nobody has to wait for the pauses between the tries.
            "--Soracom:RetryDelay=00:00:00.05",
            $"--ConnectionStrings:Portal=Data Source={Path.Combine(place.FullName, "portal.db")}",
            $"--Exports:Folder={Path.Combine(place.FullName, "exports")}",
            $"--Mail:Folder={Path.Combine(place.FullName, "mail")}",
            $"--Billing:Folder={Path.Combine(place.FullName, "bills")}",
        ];
        var started = await PortalApplication.CreateAsync(arguments, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log);
            builder.Services.AddSingleton(clock);
            configure?.Invoke(builder);
        });
        await PortalApplication.StartAsync(started, TestContext.Current.CancellationToken);
        return new PortalHost(started, place, log);
    }

    /// <summary>Stops it as Ctrl+C does, whatever it is doing, and disposes what it is made of.</summary>
    /// <returns>A task that ends when it has.</returns>
    public async Task StopAsync()
    {
        if (!stopped)
        {
            stopped = true;
            await portal.StopAsync();
            await portal.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        try
        {
            AssertNoErrors();
        }
        finally
        {
            await DeleteAsync();
        }
    }

    /// <summary>A page that was on its way when the portal stopped may still come back to the database, which makes its file anew.</summary>
    private async Task DeleteAsync()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (tries < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    private sealed class ErrorLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Entries { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Log(categoryName, Entries);

        public void Dispose()
        {
        }

        private sealed class Log(string category, ConcurrentQueue<string> entries) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

            void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                {
                    entries.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{category}: {formatter(state, exception)} {exception}"));
                }
            }
        }
    }
}
