using Soracom.Api.Errors;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Errors;

/// <summary>Which exception each bad answer becomes, and what it tells.</summary>
public sealed class FailureTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Theory]
    [InlineData(400, "SEM0016", typeof(SoracomInvalidRequestException))]
    [InlineData(403, "SEM0001", typeof(SoracomPermissionException))]
    [InlineData(403, "AUM0030", typeof(SoracomPermissionException))]
    [InlineData(404, "SEM0095", typeof(SoracomNotFoundException))]
    [InlineData(405, "COM0001", typeof(SoracomInvalidRequestException))]
    [InlineData(409, "SEM0001", typeof(SoracomInvalidRequestException))]
    [InlineData(422, "SEM0001", typeof(SoracomInvalidRequestException))]
    [InlineData(429, "AGW0001", typeof(SoracomRateLimitedException))]
    [InlineData(408, "COM0001", typeof(SoracomUnavailableException))]
    [InlineData(500, "AGW0005", typeof(SoracomUnavailableException))]
    [InlineData(503, "COM0001", typeof(SoracomUnavailableException))]
    public async Task ErrorAnswer_BecomesTheExceptionOfItsStatus(int status, string code, Type expected)
    {
        var failure = await FailAsync(Answers.Error(status, code, "The vendor's words.", ("x-request-id", "request-7")));

        Assert.IsType(expected, failure);
        Assert.Equal(status, (int?)failure.Status);
        Assert.Equal(code, failure.Code);
        Assert.Equal("The vendor's words.", failure.VendorMessage);
        Assert.Equal("request-7", failure.RequestId);
        Assert.Equal("getSim", failure.OperationId);
        Assert.False(failure.OutcomeUnknown);
        Assert.Equal($"getSim failed with {status} {code}: The vendor's words. (request request-7)", failure.Message);
    }

    [Theory]
    [InlineData(401, "AUM0001")]
    [InlineData(401, null)]
    [InlineData(400, "AUM0001")]
    public async Task RejectedSession_ThatANewOneDoesNotMend_IsAnAuthenticationFailure(int status, string? code)
    {
        var failure = await FailAsync(code is null ? Answers.Empty(status) : Answers.Error(status, code, "No."));

        Assert.IsType<SoracomAuthenticationException>(failure);
        Assert.Equal("getSim", failure.OperationId);
    }

    [Theory]
    [InlineData("AUM0042")]
    [InlineData("AGW0001")]
    public async Task BadRequest_ThatANewSessionIsToldToo_IsAnInvalidRequest(string code)
    {
        var failure = await FailAsync(Answers.Error(400, code, "No."));

        Assert.IsType<SoracomInvalidRequestException>(failure);
        Assert.Equal(code, failure.Code);
    }

    [Theory]
    [InlineData(400, typeof(SoracomInvalidRequestException))]
    [InlineData(403, typeof(SoracomPermissionException))]
    [InlineData(404, typeof(SoracomNotFoundException))]
    [InlineData(429, typeof(SoracomRateLimitedException))]
    [InlineData(502, typeof(SoracomUnavailableException))]
    public async Task ErrorAnswer_WithoutABody_GoesByItsStatus(int status, Type expected)
    {
        var failure = await FailAsync(Answers.Empty(status));

        Assert.IsType(expected, failure);
        Assert.Null(failure.Code);
        Assert.Null(failure.VendorMessage);
    }

    [Theory]
    [InlineData(400, typeof(SoracomProtocolException))]
    [InlineData(403, typeof(SoracomProtocolException))]
    [InlineData(404, typeof(SoracomProtocolException))]
    [InlineData(502, typeof(SoracomUnavailableException))]
    [InlineData(200, typeof(SoracomProtocolException))]
    public async Task PageOfAProxy_IsNoAnswerOfTheVendor_ButABadGatewayPasses(int status, Type expected)
    {
        var failure = await FailAsync(Answers.Html(status));

        Assert.IsType(expected, failure);
        Assert.Null(failure.VendorMessage);
        Assert.DoesNotContain("<h1>", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"httpStatus":400,"errorMessage":{"code":"AUX0001","message":"Nested."}}""", "AUX0001", "Nested.")]
    [InlineData("""{"code":"SEM0001","message":"No %s in %s.","messageArgs":["SIM","group",3]}""", "SEM0001", "No SIM in group.")]
    [InlineData("""{"code":"SEM0001","message":"No %s in %s.","messageArgs":["SIM"]}""", "SEM0001", "No SIM in %s.")]
    [InlineData("""{"message":"Only words."}""", null, "Only words.")]
    [InlineData("""{"code":"a code that is far too long to be one","message":"Words."}""", null, "Words.")]
    [InlineData("""{"code":"SEM0001","message":"Two\r\nlines\u0007."}""", "SEM0001", "Two  lines .")]
    public async Task ErrorBody_OfEachKnownShape_IsRead(string body, string? code, string message)
    {
        var failure = Assert.IsType<SoracomInvalidRequestException>(await FailAsync(Answers.Text(400, "application/json", body)));

        Assert.Equal(code, failure.Code);
        Assert.Equal(message, failure.VendorMessage);
    }

    [Theory]
    [InlineData("""{"code":""")]
    [InlineData("""[1,2]""")]
    [InlineData("""{"code":"SEM0001","message":"\ud800"}""")]
    [InlineData("""{"error":"other"}""")]
    [InlineData("""{"code":7,"message":null}""")]
    public async Task ErrorBody_OfAnotherShape_IsNotTheVendors(string body)
    {
        Assert.IsType<SoracomProtocolException>(await FailAsync(Answers.Text(400, "application/json", body)));
    }

    [Fact]
    public async Task ErrorBody_WithoutEnd_IsReadNoFurtherThanItsLimit()
    {
        await using var endless = new EndlessStream();

        var body = await ErrorBody.ReadAsync(endless, Stop);

        Assert.False(body.FromVendor);
        Assert.InRange(endless.Taken, 1, 64 * 1024);
    }

    [Fact]
    public async Task VendorMessage_ThatIsLong_IsCut()
    {
        var failure = await FailAsync(Answers.Error(400, "SEM0001", new string('x', 5000)));

        Assert.Equal(new string('x', 500) + "...", failure.VendorMessage);
    }

    [Theory]
    [InlineData("""{"simId":""")]
    [InlineData("""{"simId":null}""")]
    [InlineData("""{"simId":7}""")]
    [InlineData("""{"status":"active"}""")]
    [InlineData("""null""")]
    [InlineData("""[]""")]
    [InlineData("")]
    [InlineData("""{"simId":"1","createdTime":"yesterday"}""")]
    [InlineData("""{"simId":"1","profiles":[]}""")]
    [InlineData("""{"simId":"\ud800"}""")]
    [InlineData("""{"simId":"1"}{}""")]
    [InlineData("""{"simId":"1","createdTime":1e400}""")]
    [InlineData("""{"simId":"1","sessionStatus":{"location":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[""")]
    public async Task GoodStatus_WithAnotherBodyThanTheOperations_IsAProtocolFailure(string body)
    {
        var failure = Assert.IsType<SoracomProtocolException>(await FailAsync(Answers.Text(200, "application/json", body)));

        Assert.Equal(200, (int?)failure.Status);
        Assert.Null(failure.InnerException);
    }

    public static TheoryData<string, Type, int?> Accidents => new()
    {
        { "page of a proxy", typeof(SoracomProtocolException), 200 },
        { "page of a gateway", typeof(SoracomUnavailableException), 502 },
        { "truncated", typeof(SoracomProtocolException), 200 },
        { "cut within", typeof(SoracomUnavailableException), 200 },
        { "of another type", typeof(SoracomProtocolException), 200 },
        { "without a required member", typeof(SoracomProtocolException), 200 },
        { "empty", typeof(SoracomProtocolException), 200 },
        { "no content", typeof(SoracomProtocolException), 204 },
        { "not modified", typeof(SoracomProtocolException), 304 },
        { "cut", typeof(SoracomUnavailableException), null },
    };

    [Theory]
    [MemberData(nameof(Accidents))]
    public async Task Answer_ThatIsNotTheOperations_TellsAllThatIsKnownOfIt(string accident, Type expected, int? status)
    {
        var failure = await FailAsync(context =>
        {
            context.Response.Headers["x-request-id"] = "request-9";
            return Answer(accident)(context);
        });

        Assert.IsType(expected, failure);
        Assert.Equal(status, (int?)failure.Status);
        Assert.Equal((null, null, "getSim"), (failure.Code, failure.VendorMessage, failure.OperationId));
        Assert.Equal(status is null ? null : "request-9", failure.RequestId);
        Assert.StartsWith(status is null ? "getSim failed: " : $"getSim failed with {status}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("8981", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithANullInIt_IsAProtocolFailure()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims", Answers.Text(200, "application/json", "[null]"));

        await Assert.ThrowsAsync<SoracomProtocolException>(() => api.Client.Sims.ListSimsAsync(cancellationToken: Stop));
    }

    [Fact]
    public async Task Answer_ThatCanNotBeDecompressed_IsAProtocolFailure()
    {
        Assert.IsType<SoracomProtocolException>(await FailAsync(Answers.Text(200, "application/json", "not gzip at all", ("Content-Encoding", "gzip"))));
    }

    [Theory]
    [InlineData("x-soracom-request-id")]
    [InlineData("x-amzn-requestid")]
    public async Task RequestId_IsTakenFromWhicheverHeaderBringsIt(string header)
    {
        Assert.Equal("id-1", (await FailAsync(Answers.Error(404, "SEM0001", "None.", (header, "id-1")))).RequestId);
    }

    [Fact]
    public async Task RequestId_ThatIsNoId_IsLeftOut()
    {
        Assert.Null((await FailAsync(Answers.Error(404, "SEM0001", "None.", ("x-request-id", new string('x', 300))))).RequestId);
        Assert.Null((await FailAsync(Answers.Error(404, "SEM0001", "None.", ("x-request-id", "two words")))).RequestId);
    }

    private static Microsoft.AspNetCore.Http.RequestDelegate Answer(string accident) => accident switch
    {
        "page of a proxy" => Answers.Html(200),
        "page of a gateway" => Answers.Html(502),
        "truncated" => Answers.Text(200, "application/json", """{"simId":"8981","tags":{"name":"""),
        "cut within" => Answers.CutWithin,
        "of another type" => Answers.Json(200, new { simId = "8981", tags = new[] { "8981" } }),
        "without a required member" => Answers.Json(200, new { operatorId = "8981" }),
        "empty" => Answers.Empty(200),
        "no content" => Answers.Empty(204),
        "not modified" => Answers.Empty(304),
        "cut" => Answers.Cut,
        _ => throw new ArgumentOutOfRangeException(nameof(accident)),
    };

    private static async Task<SoracomApiException> FailAsync(Microsoft.AspNetCore.Http.RequestDelegate answer)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options => options.MaxRetries = 0);
        vendor.On("GET /v1/sims/8981", answer);
        return await Assert.ThrowsAnyAsync<SoracomApiException>(() => api.Client.Sims.GetSimAsync("8981", Stop));
    }

    private sealed class EndlessStream : Stream
    {
        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            Taken += buffer.Length;
            return new(buffer.Length);
        }

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
