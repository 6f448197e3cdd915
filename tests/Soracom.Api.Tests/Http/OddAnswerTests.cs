using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Soracom.Api.Errors;
using Soracom.Api.Http;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

/// <summary>Bodies and answers that are not a JSON object or array of models.</summary>
public sealed class OddAnswerTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Theory]
    [InlineData("a//b c/", "/v1/things/a//b%20c/")]
    [InlineData("/a//b c/", "/v1/things/a//b%20c/")]
    [InlineData("写真/../x?.jpg", "/v1/things/%E5%86%99%E7%9C%9F/%2E%2E/x%3F.jpg")]
    public async Task PathThatIsAValue_KeepsItsSlashes_AndEncodesWhatIsBetween(string path, string expected)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On($"PUT {expected}", Answers.Empty(200));

        await api.Area<IThingsApi>().UploadAsync(path, new SoracomUpload("text/plain", "x"u8.ToArray()), Stop);

        Assert.Empty(vendor.Unexpected);
    }

    [Fact]
    public async Task Upload_SendsItsBytesAndType_AndIsOpenedAnewForASecondTry()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("PUT /v1/things/a", Answers.Empty(503), Answers.Empty(201));
        var opened = 0;
        var upload = new SoracomUpload("image/jpeg", length: null, _ =>
        {
            opened++;
            return new(new MemoryStream(Encoding.UTF8.GetBytes("bytes")));
        });

        await api.RideOutAsync(api.Area<IThingsApi>().UploadAsync("a", upload, Stop), Stop);

        Assert.Equal(2, opened);
        Assert.All(vendor.Seen("PUT /v1/things/a"), seen => Assert.Equal(("image/jpeg", "bytes"), (seen.Header("Content-Type"), seen.Body)));
    }

    [Fact]
    public async Task File_IsHandedOnWithItsTypeAndLength()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things/a.csv", Answers.Text(200, "text/csv", "a,b\n"));

        await using var file = await api.Area<IThingsApi>().FileAsync("a.csv", Stop);
        using var reader = new StreamReader(file.Content);

        Assert.Equal(("text/csv", "a,b\n"), (file.ContentType, await reader.ReadToEndAsync(Stop)));
        Assert.Equal("*/*", Assert.Single(vendor.Seen("GET /v1/things/a.csv")).Header("Accept"));
    }

    [Fact]
    public async Task File_ThatIsElsewhere_TellsWhere_AndIsNotFetched()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things/a", Answers.Empty(302, ("Location", "https://files.example/a?signature=secret")));

        await using var file = await api.Area<IThingsApi>().FileAsync("a", Stop);

        Assert.Equal((HttpStatusCode.Found, new Uri("https://files.example/a?signature=secret")), (file.Status, file.Location));
        Assert.DoesNotContain("secret", file.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", api.Logs.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatIsNotThere_IsTheSameFailureAsAnyOther()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things/a", Answers.Error(404, "FIL0001", "none"));

        var failure = await Assert.ThrowsAsync<SoracomNotFoundException>(() => api.Area<IThingsApi>().FileAsync("a", Stop));

        Assert.Equal("FIL0001", failure.Code);
    }

    [Fact]
    public async Task File_WhoseConnectionBreaks_FailsAsACallWould_WhileItIsRead()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things/a", context =>
        {
            context.Response.Headers["x-request-id"] = "request-9";
            return Answers.CutWithin(context);
        });

        await using var file = await api.Area<IThingsApi>().FileAsync("a", Stop);
        var failure = await Assert.ThrowsAsync<SoracomUnavailableException>(() => file.Content.CopyToAsync(Stream.Null, Stop));

        Assert.Equal((HttpStatusCode.OK, "request-9", "getThingFile"), (failure.Status, failure.RequestId, failure.OperationId));
        Assert.Equal("getThingFile failed with 200: the answer broke off (request request-9)", failure.Message);
    }

    [Fact]
    public async Task File_ThatCanNotBeDecompressed_IsAProtocolFailure()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things/a", Answers.Text(200, "text/csv", "no gzip at all", ("Content-Encoding", "gzip")));

        await using var file = await api.Area<IThingsApi>().FileAsync("a", Stop);
        var failure = await Assert.ThrowsAsync<SoracomProtocolException>(() => file.Content.CopyToAsync(Stream.Null, Stop));

        Assert.Equal("getThingFile failed with 200: the answer can't be decompressed", failure.Message);
    }

    [Fact]
    public async Task Json_ThatGrowsBeyondItsLimit_IsAProtocolFailure_ThoughItCameCompressed()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things", async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            var spaces = Enumerable.Repeat((byte)' ', 1024 * 1024).ToArray();
            for (var sent = 0L; sent <= JsonAnswer.MaxBytes; sent += spaces.Length)
            {
                await gzip.WriteAsync(spaces, context.RequestAborted);
            }

            await gzip.WriteAsync("[]"u8.ToArray(), context.RequestAborted);
        });

        var failure = await Assert.ThrowsAsync<SoracomProtocolException>(() => api.Area<IThingsApi>().WithinAsync(Stop));

        Assert.Equal("listThingsWithin failed with 200: the answer is longer than 33,554,432 bytes", failure.Message);
        Assert.Single(vendor.Seen("GET /v1/things"));
    }

    [Fact]
    public async Task Nothing_IsAGoodAnswer_NotModifiedToo()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("PUT /v1/things", Answers.Empty(200), Answers.Empty(202), Answers.Empty(204), Answers.Empty(304));

        for (var i = 0; i < 4; i++)
        {
            await api.Area<IThingsApi>().PutAsync(Stop);
        }

        Assert.Equal(4, vendor.Seen("PUT /v1/things").Count);
    }

    [Fact]
    public async Task Nothing_InPlaceOfAnObject_IsNull_WhereTheOperationMayAnswerSo()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things", Answers.Empty(204), Answers.Json(200, new { a = 1 }), Answers.Empty(204));

        Assert.Null(await api.Area<IThingsApi>().IfAnyAsync(Stop));
        Assert.Equal(1, (await api.Area<IThingsApi>().IfAnyAsync(Stop))!["a"].GetInt32());
        await Assert.ThrowsAsync<SoracomProtocolException>(() => api.Area<IThingsApi>().WithinAsync(Stop));
    }

    [Fact]
    public async Task Page_WithinAnObject_TellsTheNextKey()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things", Answers.Json(200, new { records = new[] { 1, 2 } }, ("x-soracom-next-key", "k")), Answers.Json(200, new { records = Array.Empty<int>() }));

        var first = await api.Area<IThingsApi>().WithinAsync(Stop);
        var last = await api.Area<IThingsApi>().WithinAsync(Stop);

        Assert.Equal((2, "k", null), (first.Content.GetProperty("records").GetArrayLength(), first.NextKey, last.NextKey));
    }

    [Fact]
    public async Task Times_InAQuery_AreCountedInTheUnitOfTheOperation()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/things", Answers.Empty(200));
        var time = new DateTimeOffset(2026, 4, 1, 9, 0, 0, 500, TimeSpan.FromHours(9));

        await api.Area<IThingsApi>().SinceAsync(time, time, Stop);
        await api.Area<IThingsApi>().SinceAsync(milliseconds: null, seconds: null, Stop);

        Assert.Equal(["ms=1775001600500&s=1775001600", ""], vendor.Seen("GET /v1/things").Select(seen => seen.Query));
    }

    [Theory]
    [InlineData("1775001600", 1775001600)]
    [InlineData("99999999999999", 253402300799)]
    [InlineData("-99999999999999", -62135596800)]
    public void Seconds_AreReadAsTheTimeTheyStandFor(string number, long seconds) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(seconds), ReadSeconds(number));

    [Theory]
    [InlineData("\"1775001600\"")]
    [InlineData("1.5")]
    [InlineData("true")]
    public void Seconds_OfAnotherType_AreRefused(string json) =>
        Assert.Throws<JsonException>(() => ReadSeconds(json));

    [Fact]
    public void DigitString_IsANumber_AndStaysAString()
    {
        var options = new JsonSerializerOptions { Converters = { new DigitStringConverter() } };

        Assert.Equal(20260401L, JsonSerializer.Deserialize<long>("\"20260401\"", options));
        Assert.Equal("\"20260401\"", JsonSerializer.Serialize(20260401L, options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<long>("20260401", options));
    }

    [Fact]
    public async Task NotServed_IsARefusal_AndNotTriedAgain()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("PUT /v1/things", Answers.Error(501, "AGW9008", "not served"));

        var failure = await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => api.Area<IThingsApi>().PutAsync(Stop));

        Assert.False(failure.OutcomeUnknown);
        Assert.Single(vendor.Seen("PUT /v1/things"));
    }

    private static DateTimeOffset ReadSeconds(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return new UnixSecondsConverter().Read(ref reader, typeof(DateTimeOffset), JsonSerializerOptions.Default);
    }
}
