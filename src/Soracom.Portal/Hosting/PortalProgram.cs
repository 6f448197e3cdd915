namespace Soracom.Portal.Hosting;

/// <summary>The program: help, a command, or the portal. What keeps it from its work is said in words.</summary>
internal static class PortalProgram
{
    /// <summary>Exit code of a database that can't be used, and of commands that are refused.</summary>
    public const int Failed = 1;

    /// <summary>Exit code of a wrong configuration: EX_CONFIG of sysexits.h.</summary>
    public const int WrongConfiguration = 78;

    /// <summary>Runs the program.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Gets what was asked for.</param>
    /// <param name="errors">Gets what went wrong.</param>
    /// <returns>The exit code: 0, <see cref="Failed"/> or <see cref="WrongConfiguration"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is ["help" or "--help" or "-h" or "-?", ..])
        {
            await output.WriteLineAsync(Administration.Help);
            return 0;
        }

        if (args is [HealthProbe.Command, .. var rest])
        {
            return await HealthProbe.RunAsync(rest, output);
        }

        try
        {
            await using var portal = await PortalApplication.CreateAsync(args);
            return await Administration.TryRunAsync(portal, args, output, CancellationToken.None) ?? await PortalApplication.RunAsync(portal, output);
        }
        catch (ConfigurationException error)
        {
            await errors.WriteLineAsync(error.Message);
            return WrongConfiguration;
        }
        catch (Exception error) when (DatabaseStart.Explain(error) is { } explanation)
        {
            await errors.WriteLineAsync(explanation);
            return Failed;
        }
    }
}
