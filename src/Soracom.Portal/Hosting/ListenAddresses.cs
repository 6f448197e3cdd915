namespace Soracom.Portal.Hosting;

/// <summary>The addresses that the portal is told to listen at, by <c>--urls</c> or <c>ASPNETCORE_URLS</c>.</summary>
internal static class ListenAddresses
{
    /// <summary>Refuses what the web server could not make anything of, ahead of its own exceptions.</summary>
    /// <exception cref="ConfigurationException">One is not an http or https address.</exception>
    public static void Check(IConfiguration configuration)
    {
        var addresses = (configuration[WebHostDefaults.ServerUrlsKey] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.FirstOrDefault(address => !IsUsable(address)) is { } wrong)
        {
            throw new ConfigurationException($"--urls (ASPNETCORE_URLS) names \"{wrong}\"; it takes addresses such as http://localhost:5080, separated by semicolons.");
        }
    }

    private static bool IsUsable(string address)
    {
        try
        {
            // Takes * and + for a host, which Uri does not.
            return BindingAddress.Parse(address).Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
