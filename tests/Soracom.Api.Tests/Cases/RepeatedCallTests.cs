using System.Reflection;
using Soracom.Api.Http;
using Soracom.Api.Tests.Contract;
using Soracom.Api.Tests.Sandbox.BadInput;

namespace Soracom.Api.Tests.Cases;

/// <summary>Changes that the client repeats by itself when no answer comes, made twice.</summary>
public sealed class RepeatedCallTests
{
    public static TheoryData<string> Repeated =>
    [
        .. ClientMethods.All
            .Select(method => method.GetCustomAttribute<SoracomOperationAttribute>()!)
            .Where(operation => operation.Effect == CallEffect.Repeatable)
            .Select(operation => operation.Id),
    ];

    [Theory]
    [MemberData(nameof(Repeated))]
    public async Task RepeatableChange_MadeTwice_SucceedsBothTimes_AndChangesNothingMore(string operation)
    {
        await using var scene = await BadInputScene.OfAsync(operation);
        var call = scene.Call;

        var first = await scene.Host.SendAsync(call.Method, call.Target, call.Caller, call.Body, call.Global);
        var changed = WorldPicture.Of(scene.Host.Server.World);
        var second = await scene.Host.SendAsync(call.Method, call.Target, call.Caller, call.Body, call.Global);

        Assert.True(first.Status < 400, $"{first.Status} {first.Text}");
        Assert.True(second.Status < 400, $"{second.Status} {second.Text}");
        Problems.None(changed.Changes());
    }
}
