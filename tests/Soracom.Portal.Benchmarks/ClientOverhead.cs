using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Sandbox;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// The same calls by the client and by a bare HttpClient with source-generated JSON, taking turns in batches of 200 calls, some
/// milliseconds each, so that whatever else the machine does meets both; compared are the medians of the batches. Goal: at most 1.15 times.
/// </summary>
internal static class ClientOverhead
{
    private const double Goal = 1.15;
    private const int Rounds = 100;
    private const int CallsPerRound = 200;

    /// <summary>Until the runtime has optimised both ways.</summary>
    private const int WarmUpRounds = 50;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var scene = await Scene.StartAsync(DemoFleets.Aoba, cancellationToken);
        using var bare = await SignInAsync(scene, cancellationToken);
        var client = scene.Client(SoracomCoverage.Japan);
        var simId = (await client.Sims.ListSimsAsync(cancellationToken: cancellationToken)).Items[0].SimId;

        return
        [
            await CompareAsync(
                "one SIM",
                () => client.Sims.GetSimAsync(simId, cancellationToken),
                () => bare.GetFromJsonAsync($"v1/sims/{simId}", BareJson.Default.Sim, cancellationToken)),
            await CompareAsync(
                "a page of 42 SIMs",
                () => client.Sims.ListSimsAsync(cancellationToken: cancellationToken),
                () => bare.GetFromJsonAsync("v1/sims", BareJson.Default.ListSim, cancellationToken)),
        ];
    }

    private static async Task<Figure> CompareAsync(string name, Func<Task> client, Func<Task> bare)
    {
        var ours = new Samples(Rounds);
        var theirs = new Samples(Rounds);
        for (var round = -WarmUpRounds; round < Rounds; round++)
        {
            var without = await TimeAsync(bare);
            var with = await TimeAsync(client);
            if (round >= 0)
            {
                theirs.Add(without);
                ours.Add(with);
            }
        }

        var (withClient, withoutClient) = (MicrosecondsPerCall(ours), MicrosecondsPerCall(theirs));
        var times = withClient / withoutClient;
        return new Figure(name, $"{times:0.00} times ({withClient:0} µs against {withoutClient:0} µs)", $"at most {Goal:0.00} times", times <= Goal);
    }

    private static double MicrosecondsPerCall(Samples batches) => batches.Percentile(0.5) * 1000 / CallsPerRound;

    private static async Task<TimeSpan> TimeAsync(Func<Task> call)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < CallsPerRound; i++)
        {
            await call();
        }

        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task<HttpClient> SignInAsync(Scene scene, CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = scene.AddressOf(SoracomCoverage.Japan) };
        using var answer = await http.PostAsJsonAsync("v1/auth", new { authKeyId = scene.Operator.AuthKeyId, authKey = scene.Operator.AuthKey }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        http.DefaultRequestHeaders.Add("X-Soracom-API-Key", session.GetProperty("apiKey").GetString());
        http.DefaultRequestHeaders.Add("X-Soracom-Token", session.GetProperty("token").GetString());
        return http;
    }
}

/// <summary>The serializer that the bare HttpClient is given: of the same wire models, generated.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Sim))]
[JsonSerializable(typeof(List<Sim>))]
internal sealed partial class BareJson : JsonSerializerContext;
