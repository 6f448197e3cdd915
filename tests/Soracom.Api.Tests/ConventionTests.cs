using System.Reflection;
using RestEase;
using Soracom.Api.Auth;
using Soracom.Api.Http;
using Soracom.Api.Tests.Contract;

namespace Soracom.Api.Tests;

/// <summary>What every method of every area owes its callers.</summary>
public sealed class ConventionTests
{
    public static TheoryData<MethodInfo> Methods => [.. AllMethods()];

    [Fact]
    public void Areas_AreAllReachableFromAClient_ButForSigningIn()
    {
        var reachable = typeof(ISoracomClient).GetProperties().Select(property => property.PropertyType);

        Assert.Equal(
            Areas().Where(area => area != typeof(IAuthApi) && area != typeof(IRecoveryApi)).Select(area => area.Name).Order(),
            reachable.Select(area => area.Name).Order());
    }

    [Fact]
    public void OperationIds_AreUnique()
    {
        var ids = AllMethods().Select(method => method.GetCustomAttribute<SoracomOperationAttribute>()?.Id).ToList();

        Assert.Equal(ids.Distinct(), ids);
    }

    [Theory]
    [MemberData(nameof(Methods), DisableDiscoveryEnumeration = true)]
    public void Method_IsNamedAfterItsOperation(MethodInfo method)
    {
        var id = method.GetCustomAttribute<SoracomOperationAttribute>()!.Id;

        Assert.Equal($"{char.ToUpperInvariant(id[0])}{id[1..]}Async", method.Name);
    }

    [Theory]
    [MemberData(nameof(Methods), DisableDiscoveryEnumeration = true)]
    public void Method_HasARouteThatBeginsWithASlash(MethodInfo method)
    {
        Assert.StartsWith("/", method.GetCustomAttribute<RequestAttribute>()!.Path, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods), DisableDiscoveryEnumeration = true)]
    public void Method_TakesACancellationTokenLast(MethodInfo method)
    {
        Assert.Equal(typeof(CancellationToken), method.GetParameters()[^1].ParameterType);
    }

    [Theory]
    [MemberData(nameof(Methods), DisableDiscoveryEnumeration = true)]
    public void Method_SaysOfEachParameterWhereItGoesOnTheWire(MethodInfo method)
    {
        var unmarked = method.GetParameters()[..^1].Where(parameter =>
            parameter.GetCustomAttribute<PathAttribute>()?.Name is null
            && parameter.GetCustomAttribute<QueryAttribute>()?.Name is null
            && parameter.GetCustomAttribute<BodyAttribute>() is null);

        Assert.Empty(unmarked);
    }

    [Theory]
    [MemberData(nameof(Methods), DisableDiscoveryEnumeration = true)]
    public void Method_AnswersWithAModelAPageAFileOrNothing(MethodInfo method)
    {
        var answer = ClientMethods.AnswerOf(method);

        Assert.DoesNotContain(answer, new[] { typeof(string), typeof(Stream), typeof(HttpResponseMessage) });
        Assert.False(answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(Response<>));
    }

    [Fact]
    public void Interfaces_AreSuchThatRestEaseCanImplementThem()
    {
        using var http = new HttpClient();
        using var requester = new RestEase.Implementation.Requester(http);
        foreach (var area in Areas())
        {
            var create = typeof(Area<>).MakeGenericType(area).GetMethod("Create")!;
            Assert.IsType(area, create.Invoke(null, [requester]), exactMatch: false);
        }
    }

    private static IEnumerable<Type> Areas() => ClientMethods.Areas;

    private static IEnumerable<MethodInfo> AllMethods() => ClientMethods.All;
}
