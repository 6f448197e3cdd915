using Soracom.Api.Tests.Contract;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Sandbox.BadInput;

/// <summary>Every operation that takes a body is sent what is none, and what its definition doesn't mean: refused in the vendor's form, and nothing has changed.</summary>
public sealed class BadBodyTests
{
    private const string Json = "application/json";

    public static TheoryData<string> Served => [.. Operations.All.Select(operation => operation.Id)];

    public static TheoryData<string> TakingJson => [.. Operations.All.Where(TakesJson).Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(TakingJson))]
    public async Task Body_ThatIsNoJson_IsRefused(string id)
    {
        await using var scene = await BadInputScene.OfAsync(id);
        var call = scene.Call;

        foreach (var body in BadBodies.NoJson)
        {
            await scene.RefusedAsync(body, call.Target, body);
        }

        await scene.VerifyAsync();
    }

    [Theory]
    [MemberData(nameof(TakingJson))]
    public async Task Body_WithAValueOfAnotherType_IsRefused(string id)
    {
        await using var scene = await BadInputScene.OfAsync(id);
        var call = scene.Call;

        foreach (var (what, body) in BadBodies.WithOneWrongValue(call.Body, call.Operation.Body!.Types[Json]))
        {
            await scene.RefusedAsync(what, call.Target, body);
        }

        await scene.VerifyAsync();
    }

    [Theory]
    [MemberData(nameof(TakingJson))]
    public async Task Body_WithEveryMemberTwice_IsTakenAsIfItWereThereOnce(string id)
    {
        await using var scene = await BadInputScene.OfAsync(id);
        var call = scene.Call;

        var reply = await scene.Host.SendAsync(call.Method, call.Target, call.Caller, BadBodies.WithEveryMemberTwice(call.Body), call.Global);

        Assert.True(reply.Status < 400, $"{reply.Status} {reply.Text}");
    }

    [Theory]
    [MemberData(nameof(Served))]
    public async Task Body_LargerThanAllowed_IsRefused(string id)
    {
        var limit = Operations.All.Single(operation => operation.Id == id).MaxBodyBytes ?? 100_000;
        await using var scene = await BadInputScene.OfAsync(id, maxBodyBytes: 100_000);
        var call = scene.Call;
        if (call.Method == HttpMethod.Head)
        {
            return;
        }

        await scene.RefusedAsync("a large body", call.Target, $$"""{"a":"{{new string('x', limit)}}"}""", call.Caller, status: 413);

        await scene.VerifyAsync();
    }

    private static bool TakesJson(Operation operation) => ApiContract.Operation(operation.Id).Body is { } body && body.Types.ContainsKey(Json);
}
