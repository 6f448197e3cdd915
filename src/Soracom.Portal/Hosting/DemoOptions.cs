namespace Soracom.Portal.Hosting;

/// <summary>What makes a demo. Configuration section <c>Demo</c>; Development only.</summary>
public sealed class DemoOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Demo";

    /// <summary>
    /// Whether the sign-in page lists demo accounts that anybody may sign in as, and their tenants are made. True in
    /// Development by default, refused elsewhere.
    /// </summary>
    public bool Accounts { get; set; }

    /// <summary>
    /// Whether the sandbox of the vendor's API runs in this process in place of the real service. True in Development by
    /// default, refused elsewhere.
    /// </summary>
    public bool Sandbox { get; set; }

    internal static DemoOptions Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var options = Settings.Read(configuration, Section, new DemoOptions { Accounts = environment.IsDevelopment(), Sandbox = environment.IsDevelopment() });
        if (!environment.IsDevelopment() && (options.Accounts || options.Sandbox))
        {
            var key = options.Accounts ? nameof(Accounts) : nameof(Sandbox);
            throw new ConfigurationException($"{Section}:{key} is true. That is for Development only; remove the key, or start with ASPNETCORE_ENVIRONMENT=Development.");
        }

        return options;
    }
}
