using System.Text;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Files;

public sealed class FileTests : IAsyncLifetime
{
    private readonly FakeTime clock = new();
    private SandboxHost host = null!;
    private Pair pair = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
        pair = await host.SignInAsync(host.Aoba);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task File_ThatIsPut_IsReadFromItsSignedAddress_UntilThatEnds()
    {
        var put = await PutAsync("/v1/files/private/a/b%20c/%E7%B5%90%E6%9E%9C.csv", "x,y\n", "text/csv");
        var redirect = await host.GetAsync("/v1/files/private//a//b%20c/%E7%B5%90%E6%9E%9C.csv", pair);
        var address = new Uri(redirect.Header("Location")!).AbsolutePath;

        var content = await host.GetAsync(address);
        var head = await host.SendAsync(HttpMethod.Head, "/v1/files/private/a/b%20c/%E7%B5%90%E6%9E%9C.csv", pair);
        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((201, ""), (put.Status, put.Text));
        Assert.Equal((302, ""), (redirect.Status, redirect.Text));
        Assert.Equal(("x,y\n", "text/csv; charset=utf-8"), (content.Text, content.Header("Content-Type")));
        Assert.Equal(("4", "text/csv; charset=utf-8", ""), (head.Header("Content-Length"), head.Header("Content-Type"), head.Text));
        Assert.Matches("^\"[0-9a-f]{32}\"$", head.Header("ETag"));
        (await host.GetAsync(address)).Refused(403);
    }

    [Fact]
    public async Task File_ThatIsReplaced_KeepsItsBirthAndChangesItsTag()
    {
        await PutAsync("/v1/files/private/one.txt", "1", "text/plain");
        var before = (await host.GetAsync("/v1/files?scope=private&prefix=%2Fone", pair)).Json[0];
        clock.Advance(TimeSpan.FromMinutes(1));
        var replaced = await PutAsync("/v1/files/private/one.txt", "22", "application/octet-stream");
        var after = (await host.GetAsync("/v1/files?scope=private&prefix=%2Fone", pair)).Json[0];

        Assert.Equal(200, replaced.Status);
        Assert.Equal(before.GetProperty("createdTime").GetInt64(), after.GetProperty("createdTime").GetInt64());
        Assert.Equal(60_000, after.GetProperty("lastModifiedTime").GetInt64() - before.GetProperty("lastModifiedTime").GetInt64());
        Assert.NotEqual(before.GetProperty("etag").GetString(), after.GetProperty("etag").GetString());
        Assert.Equal(2, after.GetProperty("contentLength").GetInt64());
    }

    [Theory]
    [InlineData("/v1/files/private/")]
    [InlineData("/v1/files/private//")]
    [InlineData("/v1/files/private///")]
    public async Task Root_IsListed_HoweverManySlashesThereAre(string path)
    {
        var root = await host.GetAllAsync(path, pair);

        Assert.Equal(["config", "firmware", "reports", "現場"], root.Select(entry => entry.GetProperty("filename").GetString()));
        Assert.All(root, entry => Assert.True(entry.GetProperty("isDirectory").GetBoolean()));
        Assert.All(root, entry => Assert.Equal("/", entry.GetProperty("directory").GetString()));
    }

    [Fact]
    public async Task Listing_HoldsTenEntriesAPage_AndFindsTheNextOnes()
    {
        var first = await host.GetAsync("/v1/files/private/reports/temperature/", pair);
        var all = await host.GetAllAsync("/v1/files/private/reports/temperature/", pair);

        Assert.Equal(10, first.Json.GetArrayLength());
        Assert.Equal(first.Json[9].GetProperty("filename").GetString(), first.Header("x-soracom-next-key"));
        Assert.Equal(30, all.Select(entry => entry.GetProperty("filePath").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Find_GoesThroughNamesThatNoHeaderCanHold()
    {
        foreach (var name in (string[])["100%25", "あ", "い", "~"])
        {
            await PutAsync($"/v1/files/private/odd/{Uri.EscapeDataString(name)}", "x", "text/plain");
        }

        var found = await host.GetAllAsync("/v1/files?scope=private&prefix=%2Fodd%2F&limit=1", pair);

        Assert.Equal(["/odd/100%25", "/odd/~", "/odd/あ", "/odd/い"], found.Select(entry => entry.GetProperty("filePath").GetString()));
    }

    [Fact]
    public async Task Find_SortsByTheBytesOfUtf8()
    {
        // In UTF-16 the emoji's first unit comes before the private use character; in UTF-8 it comes after.
        await PutAsync("/v1/files/private/order/%F0%9F%98%80", "x", "text/plain");
        await PutAsync("/v1/files/private/order/%EE%80%80", "x", "text/plain");

        var found = await host.GetAllAsync("/v1/files?scope=private&prefix=%2Forder", pair);

        Assert.Equal(["/order/\uE000", "/order/\U0001F600"], found.Select(entry => entry.GetProperty("filePath").GetString()));
    }

    [Fact]
    public async Task Directory_StaysWhenItsFilesAreGone_AndIsDeletedWhenItIsEmpty()
    {
        await PutAsync("/v1/files/private/deep/er/file", "x", "text/plain");
        (await host.SendAsync(HttpMethod.Delete, "/v1/files/private/deep/er/", pair)).Refused(400);
        await host.SendAsync(HttpMethod.Delete, "/v1/files/private/deep/er/file", pair);

        Assert.Empty((await host.GetAsync("/v1/files/private/deep/er/", pair)).Json.EnumerateArray());
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, "/v1/files/private/deep/er/", pair)).Status);
        (await host.GetAsync("/v1/files/private/deep/er/", pair)).Refused(404);
        (await host.SendAsync(HttpMethod.Delete, "/v1/files/private//", pair)).Refused(400);
    }

    [Fact]
    public async Task Directory_AskedForAsAFile_LeadsToItsListing()
    {
        var redirect = await host.GetAsync("/v1/files/private/config", pair);

        Assert.Equal(302, redirect.Status);
        Assert.Equal(200, (await host.GetAsync(new Uri(redirect.Header("Location")!).AbsolutePath, pair)).Status);
    }

    [Fact]
    public async Task PublicScope_IsEmptyAndCanNotBeChanged()
    {
        Assert.Empty((await host.GetAsync("/v1/files/public//", pair)).Json.EnumerateArray());
        (await PutAsync("/v1/files/public/a", "x", "text/plain")).Refused(400);
        (await host.GetAsync("/v1/files/public/config/devices.json", pair)).Refused(404);
        (await host.SendAsync(HttpMethod.Delete, "/v1/files/public/config/devices.json", pair)).Refused(400);
    }

    [Fact]
    public async Task Files_OfTheOtherCoverage_AreNotSeen()
    {
        await PutAsync("/v1/files/private/japan.txt", "x", "text/plain");

        (await host.GetAsync("/v1/files/private/japan.txt", pair, global: true)).Refused(404);
    }

    private Task<Reply> PutAsync(string target, string content, string type) =>
        host.SendAsync(HttpMethod.Put, target, pair, new StringContent(content, Encoding.UTF8, type));
}
