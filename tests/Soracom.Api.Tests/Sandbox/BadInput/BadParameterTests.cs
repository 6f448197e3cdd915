using System.Globalization;
using Soracom.Api.Tests.Cases;
using Soracom.Api.Tests.Contract;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox.BadInput;

/// <summary>Every operation is sent parameters that its definition doesn't mean, and ids of nothing: refused in the vendor's form, and nothing has changed.</summary>
public sealed class BadParameterTests
{
    /// <summary>Escaped characters that end a text, a line or a path in what comes after the API, and bytes that are no text.</summary>
    private static readonly string[] Tricks = ["%00", "%0D%0AX-Injected:%20yes", "%2e%2e%2f%2e%2e", "%ff%fe", "%ED%A0%80", "%25%7B0%7D%7B", "'%22%3C%3E%5C", new('x', 3000), "%E6%97%A5%E6%9C%AC"];

    public static TheoryData<string> WithQuery => [.. Served.Where(operation => operation.Parameters.Any(parameter => parameter.In == "query")).Select(operation => operation.Id)];

    public static TheoryData<string> WithPath => [.. Served.Where(operation => operation.PathNames.Count > 0).Select(operation => operation.Id)];

    private static IEnumerable<ContractOperation> Served => Operations.All.Select(operation => ApiContract.Operation(operation.Id));

    [Theory]
    [MemberData(nameof(WithQuery))]
    public async Task Query_WithAValueOfAnotherType_IsRefused(string id)
    {
        await using var scene = await BadInputScene.OfAsync(id);
        var call = scene.Call;

        foreach (var (name, value) in call.Operation.Parameters.Where(parameter => parameter.In == "query").SelectMany(BadValues))
        {
            await scene.RefusedAsync($"{name}={value}", call.TargetOf(Encoded(call), With(call.Query, name, value)), call.Body);
        }

        await scene.VerifyAsync();
    }

    [Theory]
    [MemberData(nameof(WithPath))]
    public async Task Path_WithAnIdOfNothing_IsRefused(string id)
    {
        await using var scene = await BadInputScene.OfAsync(id);
        var call = scene.Call;
        var good = Encoded(call);

        for (var i = 0; i < good.Count; i++)
        {
            await scene.RefusedAsync(call.Operation.PathNames[i], call.TargetOf([.. good.Take(i), "no-such-thing", .. good.Skip(i + 1)], call.Query), call.Body);
        }

        await scene.VerifyAsync();
    }

    [Theory]
    [MemberData(nameof(WithPath))]
    public async Task Path_WithTrickyCharacters_IsNoFailure_AndGetsIntoNoHeader(string id)
    {
        await using var scene = await BadInputScene.OfAsync(id);
        var call = scene.Call;
        var good = Encoded(call);

        for (var i = 0; i < good.Count; i++)
        {
            foreach (var trick in Tricks)
            {
                Harmless(await scene.Host.SendAsync(call.Method, call.TargetOf([.. good.Take(i), trick, .. good.Skip(i + 1)], call.Query), call.Caller, call.Body, call.Global), trick);
            }
        }
    }

    [Theory]
    [MemberData(nameof(WithQuery))]
    public async Task Query_WithTrickyCharacters_IsNoFailure_AndGetsIntoNoHeader(string id)
    {
        await using var scene = await BadInputScene.OfAsync(id);
        var call = scene.Call;

        foreach (var parameter in call.Operation.Parameters.Where(parameter => parameter.In == "query"))
        {
            foreach (var trick in Tricks)
            {
                var query = With(With(call.Query, "x", trick), parameter.Name, trick);
                Harmless(await scene.Host.SendAsync(call.Method, call.TargetOf(Encoded(call), query), call.Caller, call.Body, call.Global), $"{parameter.Name}={trick}");
            }
        }
    }

    private static void Harmless(Reply reply, string what)
    {
        Assert.True(reply.Status < 500, $"{what}: {reply.Status} {reply.Text}");
        Assert.Null(reply.Header("X-Injected"));
        Assert.DoesNotContain(reply.Headers.Values, value => value.Contains("X-Injected: ", StringComparison.Ordinal));
    }

    private static List<string> Encoded(PreparedCall call) => [.. call.Operation.PathNames.Zip(call.Path).Select(one => PreparedCall.Encode(one.First, one.Second))];

    private static string With(string query, string name, string value) => string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Where(pair => pair.Split('=')[0] != name)
        .Append($"{name}={value}"));

    private static IEnumerable<(string Name, string Value)> BadValues(ContractParameter parameter)
    {
        var schema = ApiContract.Resolve(parameter.Schema);
        schema = schema is { Type: "array", Items: { } items } ? ApiContract.Resolve(items) : schema;
        IEnumerable<string> values = schema.Type switch
        {
            "integer" => ["x", "1.5", "99999999999999999999", .. Beyond(schema)],
            "number" => ["x", .. Beyond(schema)],
            "boolean" => ["maybe", "7"],
            "string" when schema.Values.Count > 0 => ["no-such-value"],
            "string" when schema.Format is "yyyyMM" or "yyyyMMdd" or "yyyyMMddHHmmss" or "date-time" => ["x", "99999999"],
            _ => [],
        };
        return values.Select(value => (parameter.Name, value));
    }

    private static IEnumerable<string> Beyond(ContractSchema schema)
    {
        if (schema.Minimum is { } minimum)
        {
            yield return (minimum - 1).ToString(CultureInfo.InvariantCulture);
        }

        if (schema.Maximum is { } maximum)
        {
            yield return (maximum + 1).ToString(CultureInfo.InvariantCulture);
        }
    }
}
