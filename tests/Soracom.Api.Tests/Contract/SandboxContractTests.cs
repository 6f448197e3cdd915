using Soracom.Sandbox.Http;

namespace Soracom.Api.Tests.Contract;

/// <summary>The sandbox's table of operations, held against the vendor's definition.</summary>
public sealed class SandboxContractTests
{
    public static TheoryData<string> Served => [.. Operations.All.Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Served))]
    public void Operation_IsServedWhereAndAsTheDefinitionSays(string id)
    {
        var served = Operations.All.Single(operation => operation.Id == id);
        var contract = ApiContract.Operation(id);

        Assert.Equal(
            (contract.Method, contract.Path, contract.Permission, contract.Anonymous),
            (served.Method, served.Template.Replace("*}", "}", StringComparison.Ordinal), served.Permission, served.Anonymous));
    }

    [Fact]
    public void Catalogue_HoldsEveryOperationOfTheDefinition() =>
        Assert.Equal(
            ApiContract.Operations.Values.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal),
            Catalogue.All.Select(one => $"{one.Method} {one.Path}").Order(StringComparer.Ordinal));
}
