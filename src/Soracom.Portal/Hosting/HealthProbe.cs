using System.Net;

namespace Soracom.Portal.Hosting;

/// <summary>
/// Asks the portal that serves on this machine how it is, for a container's health check: such an image has neither a shell nor curl. It needs none of the
/// portal's settings but where it listens and which names it answers.
/// </summary>
internal static class HealthProbe
{
    /// <summary>The command.</summary>
    public const string Command = "health";

    private const string Ready = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Asks /health/live, or /health/ready where <c>ready</c> is the first argument.</summary>
    /// <param name="args">What follows the command.</param>
    /// <param name="output">Gets the address and the answer.</param>
    /// <returns>0 when the answer is 200, <see cref="PortalProgram.Failed"/> when it is another or none comes within four seconds.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine([.. args.SkipWhile(word => word == Ready)]).Build();
        var address = Address(configuration) + (args is [Ready, ..] ? "/health/ready" : "/health/live");
        var (healthy, answer) = await AskAsync(address, Host(configuration["AllowedHosts"]));
        await output.WriteLineAsync($"{address}: {answer}");
        return healthy ? 0 : PortalProgram.Failed;
    }

    private static async Task<(bool Healthy, string Answer)> AskAsync(string address, string? host)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Host = host;
        // As the proxy says it that ends TLS: an address that is also served by https leads others on to there.
        request.Headers.Add("X-Forwarded-Proto", Uri.UriSchemeHttps);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return (response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode} {response.StatusCode}");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return (false, error.Message);
        }
    }

    /// <summary>The first http address that the portal listens at, by a name that leads to this machine.</summary>
    private static string Address(IConfiguration configuration)
    {
        var urls = (configuration[WebHostDefaults.ServerUrlsKey] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var listening = Array.Find(urls, url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        var ports = (configuration[WebHostDefaults.HttpPortsKey] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var binding = BindingAddress.Parse(listening ?? $"http://localhost:{ports.FirstOrDefault() ?? "5000"}");
        // *, + and 0.0.0.0 are every address of this machine's, the loopback among them.
        var host = IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) ? binding.Host : "127.0.0.1";
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://{host}:{binding.Port}");
    }

    /// <summary>A name that the portal answers; null when it answers any.</summary>
    private static string? Host(string? allowed)
    {
        var first = (allowed ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        return first is null or "*" ? null : first.StartsWith("*.", StringComparison.Ordinal) ? "portal" + first[1..] : first;
    }
}
