using System.Globalization;

namespace Soracom.Api.Tests.Sandbox;

public sealed class OperatorTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task GetOperator_OwnId_AnswersTheAccount()
    {
        var reply = await host.GetAsync($"/v1/operators/{host.Aoba.OperatorId}", await host.SignInAsync(host.Aoba.User("portal")));

        Assert.Equal(200, reply.Status);
        Assert.Equal(["createDate", "description", "email", "operatorId", "rootOperatorId", "updateDate"], reply.Members.Order());
        Assert.Equal(host.Aoba.OperatorId, reply["operatorId"]);
        Assert.Equal(host.Aoba.Email, reply["email"]);
        Assert.True(DateTimeOffset.TryParse(reply["createDate"], CultureInfo.InvariantCulture, out _));
    }

    [Fact]
    public async Task GetOperator_AnyOtherId_Is400WhetherItExistsOrNot()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var existing = (await host.GetAsync($"/v1/operators/{host.Nagisa.OperatorId}", pair)).Refused(400);
        var invented = (await host.GetAsync("/v1/operators/OP0000000000", pair)).Refused(400);

        Assert.Equal(existing.Text, invented.Text);
    }
}
