using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox;

public sealed class SimTagTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private SandboxHost host = null!;
    private Pair pair = null!;
    private string sim = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba], Clock = time, IndexLag = TimeSpan.FromSeconds(15) });
        pair = await host.SignInAsync(host.Aoba);
        sim = (await host.GetAsync("/v1/sims?limit=1", pair)).Json[0].GetProperty("simId").GetString()!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Put_SomeTags_LeavesTheOthersAndAnswersTheSim()
    {
        time.Advance(TimeSpan.FromMinutes(1));

        var reply = await PutAsync(new { tagName = "name", tagValue = "新しい名前" }, new { tagName = "empty", tagValue = "" });
        var tags = reply.Json.GetProperty("tags");

        Assert.Equal(200, reply.Status);
        Assert.Equal("新しい名前", tags.GetProperty("name").GetString());
        Assert.Equal("", tags.GetProperty("empty").GetString());
        Assert.Equal("大井", tags.GetProperty("営業所").GetString());
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), reply.Json.GetProperty("lastModifiedTime").GetInt64());
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("冷蔵 50%")]
    [InlineData("what?&=#*\\")]
    [InlineData("%2F")]
    [InlineData("+")]
    public async Task Delete_TagNameEscapedInThePath_IsUnescapedOnce(string tagName)
    {
        await PutAsync(new { tagName, tagValue = "x" });

        var path = $"/v1/sims/{sim}/tags/{Uri.EscapeDataString(tagName)}";
        var (first, second) = (await host.SendAsync(HttpMethod.Delete, path, pair), await host.SendAsync(HttpMethod.Delete, path, pair));

        Assert.Equal((204, ""), (first.Status, first.Text));
        second.Refused(404);
        Assert.False((await TagsAsync()).TryGetProperty(tagName, out _));
    }

    [Fact]
    public async Task Delete_TheName_LeavesAnEmptyOne()
    {
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"/v1/sims/{sim}/tags/name", pair)).Status);

        Assert.Equal("", (await TagsAsync()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("""{"tagName":"a","tagValue":"b"}""")]
    [InlineData("""[{"tagName":"a"}]""")]
    [InlineData("""[{"tagName":"a","tagValue":"b"},{"tagName":1,"tagValue":"b"}]""")]
    [InlineData("""["a"]""")]
    [InlineData("""[{"tagName":"a","tagValue":null}]""")]
    [InlineData("")]
    public async Task Put_AnythingWrong_Is400AndChangesNothing(string body)
    {
        var before = await TagsAsync();

        (await host.SendAsync(HttpMethod.Put, $"/v1/sims/{sim}/tags", pair, body)).Refused(400);

        Assert.True(JsonElement.DeepEquals(before, await TagsAsync()));
    }

    [Fact]
    public async Task Put_UnknownSim_Is404() =>
        (await host.SendAsync(HttpMethod.Put, "/v1/sims/8999810000000000000/tags", pair, "[]")).Refused(404);

    [Fact]
    public async Task Search_AfterAChange_LearnsOfItWhenTheIndexDoes()
    {
        await PutAsync(new { tagName = "name", tagValue = "Renamed" });

        Assert.Equal(0, await CountAsync("renamed"));
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(0, await CountAsync("renamed"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await CountAsync("renamed"));
    }

    private async Task<int> CountAsync(string name) => (await host.GetAsync($"/v1/query/sims?name={name}", pair)).Json.GetArrayLength();

    private Task<Reply> PutAsync(params object[] tags) => host.SendAsync(HttpMethod.Put, $"/v1/sims/{sim}/tags", pair, tags);

    private async Task<JsonElement> TagsAsync() => (await host.GetAsync($"/v1/sims/{sim}", pair)).Json.GetProperty("tags");
}
