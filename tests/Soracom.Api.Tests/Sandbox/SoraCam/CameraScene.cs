using System.Text.Json;
using Soracom.Api.Tests.Cases;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.SoraCam;

/// <summary>A demo operator's cameras, and a clock. Every call is held against the vendor's definition.</summary>
internal sealed class CameraScene : IAsyncDisposable
{
    /// <summary>Places of the small operator's cameras.</summary>
    public const int Continuous = 0;
    public const int Motion = 1;
    public const int Unlicensed = 2;
    public const int Shared = 3;

    private readonly SandboxHost host;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private Pair root;
    private DateTimeOffset signedIn;
    private readonly IReadOnlyList<string> ids;

    private CameraScene(SandboxHost host, FakeTime clock, Pair root, IReadOnlyList<string> ids)
    {
        this.host = host;
        this.root = root;
        this.ids = ids;
        Clock = clock;
        signedIn = clock.GetUtcNow();
        Calls = new ApiCalls(host, clock);
    }

    public FakeTime Clock { get; }

    public ApiCalls Calls { get; }

    public SandboxHost Host => host;

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<CameraScene> StartAsync(string fleet = DemoFleets.Aoba, string? stateFile = null, FakeTime? clock = null)
    {
        clock ??= new FakeTime();
        var started = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [fleet], StateFile = stateFile });
        var pair = await started.SignInAsync(started.Server.Operators[0]);
        var cameras = await started.GetAsync("/v1/sora_cam/devices", pair);
        return new CameraScene(started, clock, pair, [.. cameras.Json.EnumerateArray().Select(camera => camera.GetProperty("deviceId").GetString()!)]);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    public string Id(int camera) => ids[camera];

    public async Task<Reply> CallAsync(string operation, string[]? path = null, string query = "", object? body = null)
    {
        // Tokens end after a day; these tests move the clock by more.
        if (Clock.GetUtcNow() - signedIn > TimeSpan.FromHours(20))
        {
            (root, signedIn) = (await host.SignInAsync(host.Server.Operators[0]), Clock.GetUtcNow());
        }

        return await Calls.CallAsync(operation, path, query, body, root);
    }

    /// <summary>Calls an operation on a camera.</summary>
    public Task<Reply> OnAsync(string operation, int camera, object? body = null, string query = "") => CallAsync(operation, [Id(camera)], query, body);

    /// <summary>All records and events of a camera, page by page, in the order in which they came.</summary>
    public async Task<(IReadOnlyList<JsonElement> Records, IReadOnlyList<JsonElement> Events)> PastAsync(int camera, string query = "sort=asc")
    {
        var (records, events) = (new List<JsonElement>(), new List<JsonElement>());
        string? key = null;
        do
        {
            var page = await OnAsync("listSoraCamDeviceRecordingsAndEvents", camera, query: key is null ? query : $"{query}&last_evaluated_key={key}");
            Assert.Equal(200, page.Status);
            Assert.InRange(page.Json.GetProperty("records").GetArrayLength() + page.Json.GetProperty("events").GetArrayLength(), 1, 100);
            records.AddRange(page.Json.GetProperty("records").EnumerateArray());
            events.AddRange(page.Json.GetProperty("events").EnumerateArray());
            key = page.Header("x-soracom-next-key");
        }
        while (key is not null);

        return (records, events);
    }

    /// <summary>All events of an operation that lists them, page by page.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync(string operation, string[] path, string query)
    {
        var events = new List<JsonElement>();
        string? key = null;
        do
        {
            var page = await CallAsync(operation, path, key is null ? query : $"{query}&last_evaluated_key={key}");
            events.AddRange(page.Json.EnumerateArray());
            key = page.Header("x-soracom-next-key");
        }
        while (key is not null);

        return events;
    }

    /// <summary>The beginning of the newest whole hour that a camera recorded.</summary>
    public async Task<long> WholeHourAsync(int camera)
    {
        var (records, _) = await PastAsync(camera);
        return Start(records.Last(record => End(record) - Start(record) == 3_600_000));
    }

    /// <summary>Begins an export and gives its id.</summary>
    public async Task<string> ExportAsync(int camera, object body, string kind = "Video") => (await OnAsync($"exportSoraCamDeviceRecorded{kind}", camera, body))["exportId"]!;

    public Task<Reply> ExportedAsync(int camera, string exportId, string kind = "Video") => CallAsync($"getSoraCamDeviceExported{kind}", [Id(camera), exportId]);

    /// <summary>Follows a signed address.</summary>
    public async Task<HttpResponseMessage> FetchAsync(string address) => await http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);

    public async Task<byte[]> BytesAsync(string address)
    {
        using var answer = await FetchAsync(address);
        Assert.Equal(200, (int)answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(answer.Content.Headers.ContentLength ?? bytes.Length, bytes.Length);
        return bytes;
    }

    public static long Start(JsonElement period) => period.GetProperty("startTime").GetInt64();

    /// <summary>The end; far away while it goes on.</summary>
    public static long End(JsonElement period) => period.TryGetProperty("endTime", out var end) ? end.GetInt64() : long.MaxValue;
}
