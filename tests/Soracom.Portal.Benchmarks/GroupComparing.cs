using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// 200 revisions of a configuration of 8 KB, each compared with the one before, inside the values too, as a group's history does it. Goal:
/// under 50 ms, with the reading of their JSON as without.
/// </summary>
internal static class GroupComparing
{
    private const int Revisions = 200;
    private const int Rounds = 40;
    private const double Goal = 50;

    public static Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var texts = Enumerable.Range(0, Revisions).Select(Text).ToArray();
        var parsed = texts.Select(GroupSettings.Parse).ToArray();
        var sizes = parsed.Select(settings => settings.Size).ToArray();
        var places = Compare(parsed);
        var comparing = Worst(() => Compare(parsed), cancellationToken);
        var whole = Worst(() => Compare([.. texts.Select(GroupSettings.Parse)]), cancellationToken);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new($"compared in {places} places, {sizes.Min():#,0} to {sizes.Max():#,0} bytes each", $"p95 {comparing:0.0} ms", $"under {Goal:0} ms", comparing < Goal),
            new("read from JSON and compared", $"p95 {whole:0.0} ms", $"under {Goal:0} ms", whole < Goal),
        ]);
    }

    /// <returns>In how many places they differ.</returns>
    private static int Compare(GroupSettings[] revisions) =>
        revisions.Zip(revisions.Skip(1)).Sum(pair => SettingsDifference.Between(pair.First, pair.Second).Sum(change => change.Inside.Count));

    private static double Worst(Action measured, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var round = -Rounds / 2; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            measured();
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        times.Sort();
        return times[(int)(times.Count * 0.95) - 1];
    }

    /// <summary>Beam entry points with headers and user data, some of which change from one revision to the next.</summary>
    private static string Text(int revision)
    {
        var beam = new JsonObject();
        for (var entry = 0; entry < 16; entry++)
        {
            beam[$"http://beam.soracom.io:8888/path-{entry}"] = new JsonObject
            {
                ["name"] = $"entry {entry}",
                ["enabled"] = (revision + entry) % 5 != 0,
                ["destination"] = $"https://device-{(revision % 7 == 0 ? revision : entry)}.example.com/telemetry",
                ["addSubscriberHeader"] = true,
                ["addSimIdHeader"] = entry % 2 == 0,
                ["psk"] = new JsonObject { ["$credentialsId"] = $"credentials-{entry}" },
                ["customHeaders"] = new JsonObject { ["X-Site"] = new JsonObject { ["action"] = "append", ["headerKey"] = "X-Site", ["headerValue"] = $"site {revision / 10}" } },
            };
        }

        var air = new JsonObject { ["metadata"] = new JsonObject { ["enabled"] = true, ["readonly"] = revision % 2 == 0 }, ["userdata"] = new string((char)('a' + (revision % 3)), 3_400) };
        return JsonSerializer.Serialize(new JsonObject { ["SoracomAir"] = air, ["SoracomBeam"] = beam });
    }
}
