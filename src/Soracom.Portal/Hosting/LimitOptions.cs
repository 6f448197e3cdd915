namespace Soracom.Portal.Hosting;

/// <summary>How often may be asked, each a minute. Configuration section <c>Limits</c>. An address is an IPv4 address, or an IPv6 network of 64 bits.</summary>
public sealed class LimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    private const int Most = 1_000_000;

    /// <summary>Whether there are limits; unless set, outside Development alone, where one machine asks for everybody.</summary>
    public bool? On { get; set; }

    /// <summary>Requests of one address, but those for static files and probes. 1 to 1,000,000; 3,000 by default.</summary>
    public int RequestsPerAddress { get; set; } = 3000;

    /// <summary>Sign-ins that one address begins. 1 to 1,000,000; 60 by default.</summary>
    public int SignInsPerAddress { get; set; } = 60;

    /// <summary>
    /// Answers of providers that one address brings. 1 to 1,000,000; 180 by default: with a budget of their own, and a larger one, so that who
    /// has signed in at the provider is let in.
    /// </summary>
    public int AnswersPerAddress { get; set; } = 180;

    /// <summary>Times that one address opens an invitation, or the page for a new customer. 1 to 1,000,000; 60 by default.</summary>
    public int JoinsPerAddress { get; set; } = 60;

    /// <summary>Forms that one address posts. 1 to 1,000,000; 300 by default.</summary>
    public int FormsPerAddress { get; set; } = 300;

    /// <summary>Files that one session fetches, pieces of footage that is played among them. 1 to 1,000,000; 600 by default.</summary>
    public int DownloadsPerSession { get; set; } = 600;

    /// <summary>Circuits that one address begins. 1 to 1,000,000; 600 by default.</summary>
    public int CircuitsPerAddress { get; set; } = 600;

    /// <summary>Circuits that one session begins. 1 to 1,000,000; 60 by default.</summary>
    public int CircuitsPerSession { get; set; } = 60;

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ConfigurationException">A key is wrong; the message names it.</exception>
    internal static LimitOptions Read(IConfiguration configuration)
    {
        var options = Settings.Read(configuration, Section, new LimitOptions());
        (string Key, int Value)[] limits =
        [
            (nameof(RequestsPerAddress), options.RequestsPerAddress),
            (nameof(SignInsPerAddress), options.SignInsPerAddress),
            (nameof(AnswersPerAddress), options.AnswersPerAddress),
            (nameof(JoinsPerAddress), options.JoinsPerAddress),
            (nameof(FormsPerAddress), options.FormsPerAddress),
            (nameof(DownloadsPerSession), options.DownloadsPerSession),
            (nameof(CircuitsPerAddress), options.CircuitsPerAddress),
            (nameof(CircuitsPerSession), options.CircuitsPerSession),
        ];
        var wrong = limits.Where(limit => limit.Value is < 1 or > Most).Select(limit => $"{Section}:{limit.Key} is {limit.Value}; it must be between 1 and {Most}.").ToList();
        return wrong.Count == 0 ? options : throw new ConfigurationException(string.Join(Environment.NewLine, wrong));
    }
}
