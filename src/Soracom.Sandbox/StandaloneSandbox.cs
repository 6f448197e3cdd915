using System.Globalization;
using System.Runtime.InteropServices;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox;

/// <summary>The sandbox as a program of its own: reads the command line, says what it serves, runs until it is interrupted.</summary>
internal static class StandaloneSandbox
{
    private const string Usage = """
        Serves the Soracom API from memory. Options, as --NAME VALUE or --NAME=VALUE:
          --urls "A;B"   listen here: the first address is the Japan coverage, the second the Global one
                         (default "http://127.0.0.1:5090;http://127.0.0.1:5091")
          --seed N       make other demo accounts (default 1)
          --state FILE   keep what is changed in this file, from one start to the next
          --clock TIME   start at this time, such as 2026-04-01T00:00:00Z, unless FILE has one
          --napter SHAPE let remote access be connected to on this machine; SHAPE of the endpoints
                         that are given out: vendor or local
          --help         print this
        """;

    /// <returns>The exit code: 0 after an interruption or for help, 1 when an address can't be had, 2 for a bad command line.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (arguments is ["help" or "--help" or "-h" or "-?", ..])
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }

        using var logging = LoggerFactory.Create(logging => logging
            .AddSimpleConsole()
            .SetMinimumLevel(LogLevel.Warning)
            // What keeps it from starting is said in one line below.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None));
        SandboxOptions options;
        try
        {
            options = Parse(arguments, logging);
        }
        catch (FormatException mistake)
        {
            await errors.WriteLineAsync($"{mistake.Message}\n\n{Usage}");
            return 2;
        }

        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            await using var server = await SandboxServer.StartAsync(options, CancellationToken.None);
            await output.WriteAsync(Describe(server, options));
            await interrupted.Task;
            return 0;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException)
        {
            await errors.WriteLineAsync(failure.Message);
            return 1;
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.TrySetResult();
        }
    }

    /// <exception cref="FormatException">The arguments are not those of <see cref="Usage"/>.</exception>
    internal static SandboxOptions Parse(IReadOnlyList<string> arguments, ILoggerFactory logging)
    {
        var seed = 1;
        string? state = null;
        DateTimeOffset? clock = null;
        NapterListening? napter = null;
        Uri[] urls = [new("http://127.0.0.1:5090"), new("http://127.0.0.1:5091")];
        foreach (var (name, value) in Pairs(arguments))
        {
            string Value() => value is { Length: > 0 } ? value : throw new FormatException($"{name} needs a value.");

            switch (name)
            {
                case "--urls":
                    urls = [.. Value().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseAddress)];
                    break;
                case "--seed":
                    seed = int.TryParse(Value(), CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"A seed is an integer, not '{value}'.");
                    break;
                case "--state":
                    state = Value();
                    break;
                case "--clock":
                    clock = ParseTime(Value());
                    break;
                case "--napter":
                    napter = new NapterListening
                    {
                        GivesOutListeners = Value() switch { "local" => true, "vendor" => false, var other => throw new FormatException($"The shape is vendor or local, not '{other}'.") },
                    };
                    break;
                default:
                    throw new FormatException($"There is no option {name}.");
            }
        }

        return urls.Length is 1 or 2
            ? new SandboxOptions
            {
                Seed = seed,
                StateFile = state,
                StartAt = clock,
                Napter = napter,
                JapanAddress = urls[0],
                GlobalAddress = urls.ElementAtOrDefault(1),
                LoggerFactory = logging,
            }
            : throw new FormatException("Give one or two addresses to listen on.");
    }

    // A value may hold an equals sign itself, in either form.
    private static IEnumerable<(string Name, string? Value)> Pairs(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            yield return arguments[i].Split('=', 2) is [var name, var value] ? (name, value) : (arguments[i], arguments.ElementAtOrDefault(++i));
        }
    }

    private static Uri ParseAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw new FormatException($"'{text}' is not an address.");

    private static DateTimeOffset ParseTime(string text) =>
        !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? throw new FormatException($"'{text}' is not a time.")
        : SandboxClock.CanShow(time) ? time
        : throw new FormatException(string.Create(
            CultureInfo.InvariantCulture, $"The clock can start from {SandboxClock.Earliest:yyyy-MM-dd} on and before {SandboxClock.Latest:yyyy-MM-dd}, not at '{text}'."));

    private static string Describe(SandboxServer server, SandboxOptions options)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"Japan coverage   {server.JapanAddress}v1");
        if (options.GlobalAddress is not null)
        {
            text.WriteLine($"Global coverage  {server.GlobalAddress}v1");
        }

        foreach (var demo in server.Operators)
        {
            text.WriteLine();
            text.WriteLine($"{demo.Name} ({demo.Fleet}), operator {demo.OperatorId}");
            text.WriteLine($"  root     {demo.Email}  {demo.Password}");
            text.WriteLine($"           {demo.AuthKeyId}  {demo.AuthKey}");
            foreach (var user in demo.Users)
            {
                text.WriteLine($"  {user.Name,-8} {user.Password}");
                text.WriteLine($"           {user.AuthKeyId}  {user.AuthKey}");
            }
        }

        text.WriteLine();
        text.WriteLine("Ctrl-C ends it.");
        return text.ToString();
    }
}
