using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Operators;

public sealed class OperatorsApiTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task Operator_WithEveryMemberOfTheDefinition_IsReadWhole()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/operators/OP0012345678", Answers.Json(200, new
        {
            operatorId = "OP0012345678",
            rootOperatorId = "OP0012345678",
            email = "root@example.com",
            description = "",
            createDate = "2024-02-29T01:02:03.456Z",
            updateDate = "2024-03-01T10:02:03+09:00",
        }));

        var account = await api.Client.Operators.GetOperatorAsync("OP0012345678", Stop);

        Assert.Equal("OP0012345678", account.OperatorId);
        Assert.Equal("OP0012345678", account.RootOperatorId);
        Assert.Equal("root@example.com", account.Email);
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 1, 2, 3, 456, TimeSpan.Zero), account.CreateDate);
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 1, 2, 3, TimeSpan.Zero), account.UpdateDate);
    }
}
