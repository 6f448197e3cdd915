using Soracom.Api.Tests.Contract;
using Soracom.Sandbox;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>Every operation that takes JSON is sent what is none, and what its definition doesn't mean: refused in the vendor's form, never a failure.</summary>
public sealed class BadBodyTests
{
    private static readonly string[] NoJson = ["{", "{}{}", "<xml/>", "{\"a\":\"\\ud800\"}", "nul"];

    public static TheoryData<string> TakingJson =>
    [
        .. Operations.All.Where(operation => ApiContract.Operation(operation.Id).Body is { Required: true } body && body.Types.ContainsKey("application/json"))
            .Select(operation => operation.Id),
    ];

    [Theory]
    [MemberData(nameof(TakingJson))]
    public async Task Body_ThatIsNotWhatTheOperationTakes_IsRefused(string id)
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { Clock = new FakeTime(), Fleets = [DemoFleets.Aoba] });
        var operation = ApiContract.Operation(id);
        var root = await host.SignInAsync(host.Aoba);
        var target = $"/v1{await FillAsync(host, root, operation)}";
        var schema = ApiContract.Resolve(operation.Body!.Types["application/json"]);

        foreach (var body in NoJson.Append(schema.Type == "array" ? "{}" : "[]"))
        {
            var reply = await SendAsync(body);
            Assert.True(reply.Status is >= 400 and < 500, $"{body}: {reply.Status} {reply.Text}");
        }

        foreach (var body in schema.Properties.SelectMany(WithWrongValue))
        {
            // Members that the sandbox has no use for may be anything.
            await SendAsync(body);
        }

        async Task<Reply> SendAsync(string body)
        {
            // An earlier one of the bodies may have been good enough to end what it was sent with.
            root = operation.Anonymous ? root : await host.SignInAsync(host.Aoba);
            var reply = await host.SendAsync(new HttpMethod(operation.Method), target, operation.Anonymous ? null : root, body);
            Assert.True(reply.Status < 500, $"{body}: {reply.Status} {reply.Text}");
            return reply.Status < 400 ? reply : reply.Refused(reply.Status);
        }
    }

    private static IEnumerable<string> WithWrongValue(KeyValuePair<string, ContractSchema> property)
    {
        var schema = ApiContract.Resolve(property.Value);
        string[] values = schema.Type switch
        {
            "string" => ["7", "{}", "[\"x\"]"],
            "integer" => ["\"x\"", "99999999999999999999", "1.5", "-9223372036854775808", "1e400"],
            "number" => ["\"x\"", "1e400", "{}"],
            "boolean" => ["\"true\"", "1"],
            "array" => ["7", "{}", "[null]", "[[]]"],
            "object" => ["7", "[]", "{\"\":null}"],
            _ => ["null"],
        };
        return values.Select(value => $$"""{"{{property.Key}}":{{value}}}""");
    }

    /// <summary>A path of things that are there, as far as any account has them.</summary>
    private static async Task<string> FillAsync(SandboxHost host, Pair root, ContractOperation operation)
    {
        var sim = (await host.GetAsync("/v1/sims?limit=1", root)).Json[0];
        var path = operation.Path
            .Replace("{operator_id}", host.Aoba.OperatorId, StringComparison.Ordinal)
            .Replace("{sim_id}", sim.GetProperty("simId").GetString(), StringComparison.Ordinal)
            .Replace("{group_id}", (await host.GetAsync("/v1/groups?limit=1", root)).Json[0].GetProperty("groupId").GetString(), StringComparison.Ordinal)
            .Replace("{user_name}", "portal", StringComparison.Ordinal)
            .Replace("{role_id}", "sim-operators", StringComparison.Ordinal)
            .Replace("{credentials_id}", "kinesis-telemetry", StringComparison.Ordinal);
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "path"))
        {
            path = path.Replace($"{{{parameter.Name}}}", ApiContract.Resolve(parameter.Schema).Values is [var first, ..] ? first : "1", StringComparison.Ordinal);
        }

        return path;
    }
}
