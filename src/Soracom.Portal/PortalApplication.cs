using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Radzen;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.KeyRing;
using Soracom.Portal.Development;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Features.Audit.AtVendor;
using Soracom.Portal.Features.Audit.Retention;
using Soracom.Portal.Features.Billing;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Features.Billing.Paying;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Features.Delegation;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.History;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.Overview;
using Soracom.Portal.Features.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Actions;
using Soracom.Portal.Features.Sims.Capturing;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Diagnosing;
using Soracom.Portal.Features.Sims.HarvestData;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Features.Sims.Location;
using Soracom.Portal.Features.Sims.Logs;
using Soracom.Portal.Features.Sims.Offline;
using Soracom.Portal.Features.Sims.Reading;
using Soracom.Portal.Features.Sims.RemoteAccess;
using Soracom.Portal.Features.Sims.Timeline;
using Soracom.Portal.Features.Sims.Usage;
using Soracom.Portal.Features.Sims.Views;
using Soracom.Portal.Features.Start;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Features.Tenants.Offboarding;
using Soracom.Portal.Hosting;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Bell;
using Soracom.Portal.Shared.Branding;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Mail;
using Soracom.Portal.Shared.Palette;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal;

/// <summary>Composes the portal. The program and the tests start the same application.</summary>
public static class PortalApplication
{
    /// <summary>What a browser may send at once, in bytes: 20,000 characters of any script as a JSON string.</summary>
    private const int LongestMessage = 128 * 1024;

    /// <summary>Composes the portal, without opening the database or a port.</summary>
    /// <param name="args">Command-line arguments; they can set every configuration key.</param>
    /// <param name="configure">Last changes, for tests.</param>
    /// <returns>The application; dispose it.</returns>
    /// <exception cref="ConfigurationException">A configuration key is wrong or missing.</exception>
    public static async Task<WebApplication> CreateAsync(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        // What keeps the portal from starting ends the program with a message, which the host's stack trace would bury. A background
        // service that fails later is a critical line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        configure?.Invoke(builder);
        ListenAddresses.Check(builder.Configuration, builder.Environment);
        var proxy = ProxyOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(proxy);
        var demo = DemoOptions.Read(builder.Configuration, builder.Environment);
        Stopping.Add(builder.Services);
        AddData(builder);
        var ways = new SignInWays(AddSecurity(builder), demo.Accounts ? DemoAccounts.All : []);
        builder.Services.AddSingleton(ways);
        AddVendor(builder);
        AddFeatures(builder.Services);
        AddPages(builder);
        var limits = LimitOptions.Read(builder.Configuration);
        builder.Services.AddRateLimiter(_ => { }).AddSingleton(limits).AddSingleton<RequestRates>();
        if (demo.Sandbox)
        {
            await DevelopmentSandbox.AddAsync(builder);
        }

        var portal = builder.Build();
        UsePipeline(portal, proxy, limits.On ?? !portal.Environment.IsDevelopment());
        MapEndpoints(portal, ways, demo);
        return portal;
    }

    /// <summary>Prepares the database and serves until the process is asked to end.</summary>
    /// <param name="portal">The application.</param>
    /// <param name="output">Gets what somebody who tries the demo has to know.</param>
    /// <returns>The process's exit code.</returns>
    /// <exception cref="ConfigurationException">A configuration key is wrong or missing, or the schema is older than this build.</exception>
    public static async Task<int> RunAsync(WebApplication portal, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(portal);
        await StartAsync(portal, CancellationToken.None);
        await DemoAnnouncement.WriteAsync(portal, output);
        await portal.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Prepares the database and starts to serve.</summary>
    /// <param name="portal">The application.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>A task that ends when the portal serves.</returns>
    /// <exception cref="ConfigurationException">A configuration key is wrong or missing, or the schema is older than this build.</exception>
    public static async Task StartAsync(WebApplication portal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portal);
        var database = portal.Services.GetRequiredService<PortalDatabase>();
        if (portal.Environment.IsDevelopment())
        {
            await database.MigrateAsync(cancellationToken);
        }
        else if (await DatabaseStart.SchemaComplaintAsync(database, cancellationToken) is { } complaint)
        {
            throw new ConfigurationException(complaint);
        }

        await KeyRingOptions.RequireProtectedAsync(portal.Services.GetRequiredService<DatabaseKeyRing>(), cancellationToken);
        await portal.Services.GetRequiredService<KeyShareFolder>().RequireAsync(begins: portal.Environment.IsDevelopment(), cancellationToken);

        if (portal.Services.GetRequiredService<SignInWays>().DemoAccounts.Count > 0)
        {
            await ActivatorUtilities.CreateInstance<DemoData>(portal.Services).SeedAsync(cancellationToken);
        }

        await ServeAsync(portal, cancellationToken);
        PlainHttp.Warn(portal);
        LaxSignIn.Warn(portal);
    }

    private static async Task ServeAsync(WebApplication portal, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                await portal.StartAsync(cancellationToken);
            }
            catch
            {
                // Workers that have begun already must not go on while what they stand on is taken apart.
                await portal.StopAsync(CancellationToken.None);
                throw;
            }
        }
        catch (OptionsValidationException error)
        {
            throw new ConfigurationException([error], error);
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            // Several sections at once.
            throw new ConfigurationException(error.InnerExceptions.Cast<OptionsValidationException>(), error);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new ConfigurationException($"{error.Message} End the program that has it, or choose another address with --urls (ASPNETCORE_URLS).", error);
        }
        catch (SocketException error)
        {
            throw new ConfigurationException(ListenAddresses.Explain(portal.Configuration, error), error);
        }
        catch (Exception error) when (ListenAddresses.IsAboutCertificate(portal.Configuration, error))
        {
            throw new ConfigurationException(ListenAddresses.ExplainCertificate(portal.Configuration, error), error);
        }
    }

    private static void AddData(WebApplicationBuilder builder)
    {
        var (provider, connection) = DatabaseOptions.Read(builder.Configuration, builder.Environment.ContentRootPath, mayBeOpen: builder.Environment.IsDevelopment());
        builder.Services.TryAddSingleton(TimeProvider.System);
        var database = new PortalDatabase(PortalDatabaseOptions.For(provider, connection));
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton<TenantVault>();
        builder.Services.AddOptions<RecurringOptions>().Configure<IConfiguration>((options, configuration) => Settings.Read(configuration, RecurringOptions.Section, options)).ValidateOnStart();
        builder.Services.AddSingleton<KeyShareSweep>().AddHostedService(provider => provider.GetRequiredService<KeyShareSweep>());
        builder.Services.AddSingleton<TenantArchive>();
        KeyRingOptions.Add(builder.Services, builder.Configuration, builder.Environment, database.FilePath());
        builder.Services.AddSingleton<DatabaseHealth>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [DatabaseHealth.Ready]);
    }

    private static IReadOnlyList<SignInProvider> AddSecurity(WebApplicationBuilder builder)
    {
        var development = builder.Environment.IsDevelopment();
        var authentication = builder.Services.AddPortalCookie(development);
        var providers = SignInProviders.Add(authentication, builder.Configuration);
        if (providers.Count == 0 && !development)
        {
            throw new ConfigurationException(
                $"{SignInProviders.OnlySection}:ClientId is missing. Outside Development people sign in at an OpenID provider; section {SignInProviders.OnlySection} names it, or {SignInProviders.Section} several.");
        }

        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddSingleton<AuditTrail>();
        builder.Services.AddSingleton<TenantAccess>();
        builder.Services.AddSingleton<ResellerAccess>();
        builder.Services.AddSingleton<SuspensionExit>();
        builder.Services.AddSingleton<AccessWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AccessWatch>());
        builder.Services.AddScoped<CircuitHandler, CircuitActivity>();
        return providers;
    }

    private static void AddVendor(WebApplicationBuilder builder)
    {
        builder.Services.AddSoracomApi(options => Settings.Read(builder.Configuration, SoracomSection.Name, options));
        SoracomSection.RequireSafeEndpoints(builder.Services, builder.Environment);
        builder.Services.AddSingleton<TenantSoracom>();
        builder.Services.AddSingleton<ActsUnderWay>().AddHostedService(services => services.GetRequiredService<ActsUnderWay>());
        builder.Services.AddSingleton<VendorActs>();
        builder.Services.AddSingleton<KnownSims>();
        VendorFiles.Add(builder.Services);
    }

    private static void AddFeatures(IServiceCollection services) => services
        .AddMemoryCache()
        .AddMail()
        .AddSingleton<SimSearch>()
        .AddSingleton<SimChanges>()
        .AddSingleton<SimDevices>()
        .AddSingleton<SimOrders>()
        .AddSingleton<GroupNames>()
        .AddSingleton<RememberedSims>()
        .AddSingleton<SimUsage>()
        .AddSingleton<SimTimeline>()
        .AddSingleton<SimCaptures>()
        .AddSingleton<SimDiagnosing>()
        .AddSingleton<SimHarvest>()
        .AddSingleton<SimLocation>()
        .AddSingleton<SimLogs>()
        .AddSingleton<SimPortMappings>()
        .AddSingleton<OfflineReasons>()
        .AddInventory()
        .AddGroups()
        .AddGroupEditing()
        .AddCameras()
        .AddSimJobs()
        .AddExports()
        .AddRemoteAccess()
        .AddRemoteLog()
        .AddBilling()
        .AddOverview()
        .AddBell()
        .AddBrands()
        .AddSingleton<IBellSource, SimJobBell>()
        .AddSingleton<IBellSource, ExportBell>()
        .AddSingleton<IBellSource, BillFileBell>()
        .AddSingleton<IBellSource, DoorBell>()
        .AddSingleton<IBellSource, CredentialBell>()
        .AddSingleton<IBellSource, ArchiveBell>()
        .AddSingleton<SelectedSims>()
        .AddSingleton<IPaletteSource, SimPalette>()
        .AddSingleton<SavedViews>()
        .AddSingleton<SimExport>()
        .AddSingleton<CredentialNotices>()
        .AddSingleton<CredentialStore>()
        .AddTenants()
        .AddSingleton<Delegations>()
        .AddSingleton<TenantSetUp>()
        .AddSingleton<MemberList>()
        .AddSingleton<CustomRoles>()
        .AddSingleton<GroupGrants>()
        .AddSingleton<MemberSessions>()
        .AddSingleton<PeopleRights>()
        .AddSingleton<Invitations>()
        .AddSingleton<Joining>()
        .AddSingleton<AuditLog>()
        .AddSingleton<AuditExport>()
        .AddSingleton<VendorAuditLog>()
        .AddSingleton<AuditRetention>()
        .AddSingleton<AuditSweep>()
        .AddHostedService<AuditSweepWorker>();

    private static void AddPages(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = RequestSize.Most);
        var https = HttpsOptions.Read(builder.Configuration);
        builder.Services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (TimeSpan.FromDays(365), https.IncludeSubdomains));
        // SecurityHeaders says who may frame the pages; antiforgery would say something laxer.
        builder.Services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true);
        builder.Services.AddLocalization();
        builder.Services.AddRequestLocalization(options => options
            .SetDefaultCulture(Preferences.Languages[0])
            .AddSupportedCultures(Preferences.Languages)
            .AddSupportedUICultures(Preferences.Languages));
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddRadzenComponents();
        builder.Services.AddScoped<Confirm>();
        // A group's settings as text are longer than what a circuit takes by default, and a longer message ends it.
        builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongestMessage);
    }

    private static void UsePipeline(WebApplication portal, ProxyOptions proxy, bool hasLimits)
    {
        // First: all that follows goes by where a request came from, and how.
        if (proxy.Headers is { } headers)
        {
            portal.UseForwardedHeaders(headers);
        }

        portal.UseMiddleware<StoppingCircuits>();
        if (!portal.Environment.IsDevelopment())
        {
            portal.UseExceptionHandler("/error", createScopeForErrors: true);
            portal.UseHsts();
            // Probes ask by plain HTTP, past the proxy.
            portal.UseWhen(context => !HealthEndpoints.IsProbe(context.Request), pages => pages.UseHttpsRedirection());
            // Antiforgery's and the preferences' too. Not by antiforgery's own setting, which refuses to render a form over plain HTTP.
            portal.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always });
        }

        portal.UseMiddleware<SecurityHeaders>();
        portal.UseMiddleware<RequestSize>();
        portal.UseStatusCodePagesWithReExecute(PortalUrls.NotFound(), createScopeForStatusCodePages: true);
        portal.Use((context, next) =>
        {
            if (OtherSites.IsOfCircuits(context.Request) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                // Scripts ask there, not people: a page in place of the answer would be a post without a form's token, and the 401 a 400.
                pages.Enabled = false;
            }

            return next(context);
        });
        // Not at the very beginning, where it would be by default: static files leave here, with the headers.
        portal.UseRouting();
        portal.UseRequestLocalization();
        portal.UseMiddleware<OtherSites>();
        if (hasLimits)
        {
            // Ahead of the sign-in, which takes the providers' answers.
            portal.UseRateLimiter(portal.Services.GetRequiredService<RequestRates>().BeforeSignIn);
        }

        portal.UseAuthentication();
        if (hasLimits)
        {
            portal.UseRateLimiter(portal.Services.GetRequiredService<RequestRates>().AfterSignIn);
        }

        portal.UseAuthorization();
        portal.UseAntiforgery();
        portal.UseMiddleware<FormTokens>();
    }

    private static void MapEndpoints(WebApplication portal, SignInWays ways, DemoOptions demo)
    {
        portal.MapStaticAssets().AllowAnonymous().ShortCircuit((int)HttpStatusCode.OK);
        portal.MapHealth();
        portal.MapSignIn(ways);
        portal.MapPreferences();
        portal.MapSimJobFiles();
        portal.MapGroupFiles();
        portal.MapFootage();
        portal.MapDoorFiles();
        portal.MapSimColumns();
        portal.MapSimExport();
        portal.MapAudit();
        portal.MapLogos();
        portal.MapCustomerFiles();
        portal.MapRemoteLog();
        portal.MapBilling();
        portal.MapPortfolioBilling();
        portal.MapStatements();
        portal.MapBillFiles();
        if (demo.Accounts)
        {
            portal.MapDemoSignIn();
        }

        portal.MapCaptures();
        portal.MapPlayback();
        // SecurityHeaders says who may frame the pages; a second, laxer header would only confuse.
        portal.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
