using Soracom.Api.Tests.Contract;
using Soracom.Api.Tests.Sandbox;
using Soracom.Sandbox;
using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Cases;

/// <summary>Runs every case of every area, and sees to it that each operation that the sandbox serves has the cases that it needs.</summary>
public sealed class CaseTests
{
    /// <summary>These come of load and faults, on any operation alike, and are tested there.</summary>
    private static readonly int[] OfNoOperation = [429, 500];

    public static TheoryData<string> Names =>
        [.. ApiCases.All.Where(one => one.Value.NeverBecause is null).Select(one => one.Key).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Served => [.. Operations.All.Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Case_AnswersAsTheDefinitionSays(string name)
    {
        var one = ApiCases.All[name];
        var clock = new FakeTime();
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
        var calls = new ApiCalls(host, clock);

        var reply = await one.Act(calls);

        Assert.Equal(one.Operation, calls.Last);
        Assert.True(one.Status == reply.Status, $"{reply.Status} {reply.Text}");
    }

    [Theory]
    [MemberData(nameof(Served))]
    public void Operation_HasACaseForEveryAnswerThatTheDefinitionGivesIt(string id)
    {
        var operation = ApiContract.Operation(id);
        var shown = ApiCases.All.Values.Where(one => one.Operation == id).Select(one => one.Status).ToHashSet();

        Assert.Contains(shown, status => status < 400);
        Problems.None(operation.ErrorCodes.Except(OfNoOperation).Where(status => !shown.Contains(status)).Select(status => $"{id} has no case for {status}"));
    }
}
