using Soracom.Api.Errors;
using Soracom.Api.Sims;
using Soracom.Api.Tests.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

public sealed class PagingTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task Page_TellsTheKeyOfTheNextOne()
    {
        var page = await FirstPageAsync(("x-soracom-next-key", "8981100000000000001"));

        Assert.Equal(["8981100000000000001"], page.Items.Select(sim => sim.SimId));
        Assert.Equal("8981100000000000001", page.NextKey);
    }

    [Theory]
    [InlineData("</v1/sims?last_evaluated_key=8981>; rel=next", "8981")]
    [InlineData("</v1/sims?limit=5&last_evaluated_key=a%2Fb%3D>; rel=\"next\"", "a/b=")]
    [InlineData("</v1/sims?last_evaluated_key=1,2>; rel=prev, </v1/sims?last_evaluated_key=3,4>; rel=next", "3,4")]
    [InlineData("</v1/sims?last_evaluated_key=8981>; title=x; rel=next", "8981")]
    [InlineData("</v1/sims?last_evaluated_key=8981>; rel=prev", null)]
    [InlineData("</v1/sims?last_evaluated_key=8981>; rel=nextish", null)]
    [InlineData("</v1/sims>; rel=next", null)]
    [InlineData("nonsense", null)]
    public async Task Page_WithALinkOnly_HasTheKeyFromThere(string link, string? expected)
    {
        var page = await FirstPageAsync(("link", link));

        Assert.Equal(expected, page.NextKey);
    }

    [Fact]
    public async Task Page_WithoutEitherHeader_IsTheLast()
    {
        Assert.Null((await FirstPageAsync()).NextKey);
        Assert.Null((await FirstPageAsync(("x-soracom-next-key", ""))).NextKey);
    }

    [Fact]
    public async Task Walk_GoesOnOverShortAndEmptyPages_UntilThereIsNoKey()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(
            "GET /v1/sims",
            Answers.Json(200, new[] { WireSims.Of("1"), WireSims.Of("2") }, ("x-soracom-next-key", "2")),
            Answers.Json(200, Array.Empty<object>(), ("x-soracom-next-key", "k/3")),
            Answers.Json(200, new[] { WireSims.Of("3") }));

        var sims = await api.Client.Sims.ListAllSimsAsync(Stop).Select(sim => sim.SimId).ToListAsync(Stop);

        Assert.Equal(["1", "2", "3"], sims);
        Assert.Equal(["", "last_evaluated_key=2", "last_evaluated_key=k%2F3"], vendor.Seen("GET /v1/sims").Select(call => call.Query));
    }

    [Fact]
    public async Task Walk_WhoseKeysRepeat_EndsWithAProtocolFailure()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(
            "GET /v1/sims",
            Answers.Json(200, new[] { WireSims.Of("1") }, ("x-soracom-next-key", "a")),
            Answers.Json(200, new[] { WireSims.Of("2") }, ("x-soracom-next-key", "b")),
            Answers.Json(200, new[] { WireSims.Of("3") }, ("x-soracom-next-key", "a")));

        var failure = await Assert.ThrowsAsync<SoracomProtocolException>(async () => await api.Client.Sims.ListAllSimsAsync(Stop).CountAsync(Stop));

        Assert.Equal(("listSims", "listSims failed: the pages of the list lead back to an earlier one"), (failure.OperationId, failure.Message));
        Assert.Equal(3, vendor.Seen("GET /v1/sims").Count);
    }

    [Fact]
    public async Task Walk_OfEverNewKeys_EndsAtItsMostPages_WithWhatItHasFound()
    {
        var found = new List<string>();

        var failure = await Assert.ThrowsAsync<SoracomProtocolException>(async () =>
        {
            await foreach (var item in SoracomPaging.WalkAsync("listThings", EndlessAsync(items: 1), mostPages: 7, Stop))
            {
                found.Add(item);
            }
        });

        Assert.Equal("listThings failed: the list has more than 7 pages", failure.Message);
        Assert.Equal(7, found.Count);
    }

    [Fact]
    public async Task Walk_OfNothingButEmptyPages_EndsLongBeforeThat()
    {
        var failure = await Assert.ThrowsAsync<SoracomProtocolException>(
            async () => await SoracomPaging.WalkAsync("listThings", EndlessAsync(items: 0), Stop).CountAsync(Stop));

        Assert.Equal($"listThings failed: {SoracomPaging.MostEmptyPages} pages of the list without an item came one after the other", failure.Message);
    }

    [Fact]
    public async Task Walk_OfAsManyPagesAsItMayHave_IsWhole()
    {
        var count = 0;

        var items = await SoracomPaging.WalkAsync("listThings", PageAsync, mostPages: 3, Stop).ToListAsync(Stop);

        Assert.Equal(["1", "2", "3"], items);

        Task<SoracomPage<string>> PageAsync(string? key, CancellationToken cancellationToken) =>
            Task.FromResult(new SoracomPage<string>([$"{++count}"], count < 3 ? $"{count}" : null));
    }

    [Fact]
    public async Task Walk_ThatIsLeftEarly_FetchesNoFurtherPage()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims", Answers.Json(200, new[] { WireSims.Of("1"), WireSims.Of("2") }, ("x-soracom-next-key", "2")));

        Assert.Equal("1", (await api.Client.Sims.ListAllSimsAsync(Stop).FirstAsync(Stop)).SimId);

        Assert.Single(vendor.Seen("GET /v1/sims"));
    }

    /// <summary>Pages that each lead to another.</summary>
    private static Func<string?, CancellationToken, Task<SoracomPage<string>>> EndlessAsync(int items)
    {
        var count = 0;
        return (_, _) => Task.FromResult(new SoracomPage<string>([.. Enumerable.Repeat("one", items)], $"key {++count}"));
    }

    private static async Task<SoracomPage<Sim>> FirstPageAsync(params (string, string)[] headers)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims", Answers.Json(200, new[] { WireSims.Of("8981100000000000001") }, headers));
        return await api.Client.Sims.ListSimsAsync(cancellationToken: Stop);
    }
}
