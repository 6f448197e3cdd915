using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Subscribers;

public sealed class TransferTests : IDisposable
{
    private const string Email = "someone@made.example";
    private const string Password = "made for a test 1";

    private readonly string folder = Directory.CreateTempSubdirectory("transfers-").FullName;
    private readonly FakeTime clock = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false, "ready")]
    [InlineData(true, "transferring")]
    public async Task Offer_IsMadeOnce_ShowsInTheStatusWhereToldSo_AndMailsTheTokenToTheOtherAccount(bool shows, string status)
    {
        await using var host = await StartAsync(new UndocumentedAnswers { ShowsTransferringStatus = shows });
        var (pair, imsi) = await AccountAsync(host);

        var token = await OfferAsync(host, pair, imsi);
        (await host.PostAsync("/v1/subscribers/transfer_token/issue", Offer(host.Aoba, host.Aoba.Email, imsi), pair)).Refused(400);

        Assert.Equal(status, (await host.GetAsync($"/v1/subscribers/{imsi}", pair))["status"]);
        var mail = Assert.Single(host.Server.World.Mail.All);
        Assert.Equal((host.Aoba.Email, token), (mail.To, mail.Token));
    }

    [Fact]
    public async Task Accepted_TheSimIsTheOtherAccountsAlone_AsNew_AndFoundByItsSearch_AlsoAfterARestart()
    {
        string imsi;
        await using (var host = await StartAsync())
        {
            (var pair, imsi) = await AccountAsync(host);
            await host.SendAsync(HttpMethod.Put, $"/v1/subscribers/{imsi}/tags", pair, new[] { new { tagName = "name", tagValue = "old name" } });
            var token = await OfferAsync(host, pair, imsi);

            var accepted = await host.PostAsync("/v1/subscribers/transfer_token/verify", new { token }, await host.SignInAsync(host.Aoba));

            Assert.Equal([imsi], accepted.Json.GetProperty("transferredImsi").EnumerateArray().Select(one => one.GetString()));
            await AssertMovedAsync(host, imsi);
            (await host.PostAsync("/v1/subscribers/transfer_token/verify", new { token }, await host.SignInAsync(host.Aoba))).Refused(400);
        }

        await using var again = await StartAsync();
        await AssertMovedAsync(again, imsi);
    }

    [Fact]
    public async Task OppositeTransfers_AcceptedAtOnce_DoNotWaitForEachOther()
    {
        await using var host = await StartAsync();
        var (pair, first) = await AccountAsync(host);
        var aoba = await host.SignInAsync(host.Aoba);
        var operatorId = host.Server.World.FindByEmail(Email)!.OperatorId;
        List<string> theirs = [first], ours = [await SimAsync(host, aoba)];
        for (var i = 0; i < 15; i++)
        {
            theirs.Add(await SimAsync(host, pair));
            ours.Add(await SimAsync(host, aoba));
        }

        var there = await Task.WhenAll(theirs.Select(imsi => OfferAsync(host, pair, imsi)));
        var here = await Task.WhenAll(ours.Select(async imsi => (await host.PostAsync(
            "/v1/subscribers/transfer_token/issue",
            new { transferDestinationOperatorEmail = Email, transferDestinationOperatorId = operatorId, transferImsi = new[] { imsi } }, aoba))["token"]!));
        var accepted = await Task.WhenAll(there.Select(token => AcceptAsync(token, aoba)).Concat(here.Select(token => AcceptAsync(token, pair))))
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.All(accepted, reply => Assert.Equal(200, reply.Status));
        Assert.Equal(ours.Order(StringComparer.Ordinal), (await host.GetAllAsync("/v1/subscribers", pair)).Select(sim => sim.GetProperty("imsi").GetString()).Order(StringComparer.Ordinal));

        Task<Reply> AcceptAsync(string token, Pair caller) => host.PostAsync("/v1/subscribers/transfer_token/verify", new { token }, caller);
    }

    [Fact]
    public async Task Cancelled_TheSimIsReadyAgain_AndTheTokenIsGoodForNothing()
    {
        await using var host = await StartAsync();
        var (pair, imsi) = await AccountAsync(host);
        var token = await OfferAsync(host, pair, imsi);

        var cancelled = await host.SendAsync(HttpMethod.Delete, $"/v1/subscribers/transfer_token/{token}", pair);

        Assert.Equal(204, cancelled.Status);
        Assert.Equal("ready", (await host.GetAsync($"/v1/subscribers/{imsi}", pair))["status"]);
        (await host.PostAsync("/v1/subscribers/transfer_token/verify", new { token }, await host.SignInAsync(host.Aoba))).Refused(400);
    }

    [Fact]
    public async Task SimWhoseStatusIsChangedMeanwhile_Stays()
    {
        await using var host = await StartAsync();
        var (pair, imsi) = await AccountAsync(host);
        var token = await OfferAsync(host, pair, imsi);

        Assert.Equal("active", (await host.PostAsync($"/v1/subscribers/{imsi}/activate", body: null, pair))["status"]);

        (await host.PostAsync("/v1/subscribers/transfer_token/verify", new { token }, await host.SignInAsync(host.Aoba))).Refused(400);
        Assert.Equal("active", (await host.GetAsync($"/v1/subscribers/{imsi}", pair))["status"]);
    }

    [Fact]
    public async Task Token_IsGoodForTheAccountThatItWasMadeForAlone()
    {
        await using var host = await StartAsync();
        var (pair, imsi) = await AccountAsync(host);
        var token = await OfferAsync(host, pair, imsi);

        (await host.PostAsync("/v1/subscribers/transfer_token/verify", new { token }, pair)).Refused(400);
        (await host.PostAsync("/v1/subscribers/transfer_token/verify", new { token }, await host.SignInAsync(host.Nagisa))).Refused(400);
        Assert.Equal("ready", (await host.GetAsync($"/v1/subscribers/{imsi}", pair))["status"]);
        Assert.Equal(200, (await host.PostAsync("/v1/subscribers/transfer_token/verify", new { token }, await host.SignInAsync(host.Aoba))).Status);
    }

    [Fact]
    public async Task Offer_OfOneSimThatIsNotReady_OrToAWrongAddress_ChangesNothing()
    {
        await using var host = await StartAsync();
        var (pair, imsi) = await AccountAsync(host);
        var active = await SimAsync(host, pair);
        await host.PostAsync($"/v1/subscribers/{active}/activate", body: null, pair);

        (await host.PostAsync("/v1/subscribers/transfer_token/issue", Offer(host.Aoba, host.Aoba.Email, imsi, active), pair)).Refused(400);
        (await host.PostAsync("/v1/subscribers/transfer_token/issue", Offer(host.Aoba, "other@made.example", imsi), pair)).Refused(400);

        Assert.Equal("ready", (await host.GetAsync($"/v1/subscribers/{imsi}", pair))["status"]);
        Assert.Empty(host.Server.World.Mail.All);
    }

    private static object Offer(SandboxOperator to, string email, params string[] imsis) =>
        new { transferDestinationOperatorEmail = email, transferDestinationOperatorId = to.OperatorId, transferImsi = imsis };

    private static async Task<string> OfferAsync(SandboxHost host, Pair pair, string imsi) =>
        (await host.PostAsync("/v1/subscribers/transfer_token/issue", Offer(host.Aoba, host.Aoba.Email, imsi), pair))["token"]!;

    private static async Task<(Pair Pair, string Imsi)> AccountAsync(SandboxHost host)
    {
        var made = await host.PostAsync("/v1/sandbox/init", new { email = Email, password = Password, authKeyId = "keyId-x", authKey = "secret-x" });
        var pair = new Pair(made["apiKey"]!, made["token"]!);
        return (pair, await SimAsync(host, pair));
    }

    private static async Task<string> SimAsync(SandboxHost host, Pair pair)
    {
        var made = await host.PostAsync("/v1/sandbox/subscribers/create", body: null, pair);
        var registered = await host.PostAsync($"/v1/subscribers/{made["imsi"]}/register", new { registrationSecret = made["registrationSecret"] }, pair);
        Assert.Equal(201, registered.Status);
        return made["imsi"]!;
    }

    private static async Task AssertMovedAsync(SandboxHost host, string imsi)
    {
        var (from, to) = (await host.SignInAsync(new { email = Email, password = Password }), await host.SignInAsync(host.Aoba));
        var sim = await host.GetAsync($"/v1/subscribers/{imsi}", to);
        Assert.Equal(("ready", host.Aoba.OperatorId, ""), (sim["status"], sim["operatorId"], sim.Json.GetProperty("tags").GetProperty("name").GetString()));
        Assert.Single((await host.GetAsync($"/v1/query/sims?imsi={imsi}", to)).Json.EnumerateArray());
        Assert.Equal(404, (await host.GetAsync($"/v1/subscribers/{imsi}", from)).Status);
        Assert.Empty((await host.GetAsync($"/v1/query/sims?imsi={imsi}", from)).Json.EnumerateArray());
        Assert.Empty((await host.GetAsync("/v1/subscribers", from)).Json.EnumerateArray());
    }

    private Task<SandboxHost> StartAsync(UndocumentedAnswers? undocumented = null) => SandboxHost.StartAsync(new SandboxOptions
    {
        Undocumented = undocumented ?? new UndocumentedAnswers(),
        Clock = clock,
        Fleets = [DemoFleets.Aoba, DemoFleets.Nagisa],
        StateFile = Path.Combine(folder, "state.json"),
    });
}
