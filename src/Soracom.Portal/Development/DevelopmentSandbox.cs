using Soracom.Api;
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
        var options = new SandboxOptions { StateFile = Path.Combine(builder.Environment.ContentRootPath, "App_Data", "sandbox.state") };
        var sandbox = await SandboxServer.StartAsync(options, CancellationToken.None);

        // Registered by a factory, so that the container ends it with the portal.
        builder.Services.AddSingleton(_ => sandbox);
        builder.Services.PostConfigure<SoracomApiOptions>(options =>
        {
            options.JapanEndpoint = sandbox.JapanAddress;
            options.GlobalEndpoint = sandbox.GlobalAddress;
        });
    }
}
