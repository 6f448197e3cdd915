using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Soracom.Api.Errors;
using Soracom.Api.Tests.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

/// <summary>What operators of the portal get to see of its calls.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task EachExchange_IsOneLogLine_WithOperationStatusTryAndRequestId()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(
            "GET /v1/sims/8981",
            Answers.Error(503, "AGW0005", "Down.", ("x-request-id", "id-1")),
            Answers.Json(200, WireSims.Of("8981"), ("x-request-id", "id-2")));

        var call = api.Client.Sims.GetSimAsync("8981", Stop);
        await api.RideOutAsync(call, Stop);
        await call;

        var lines = api.Logs.Lines.Where(line => line.Category == SoracomApiServices.TelemetryName).ToList();
        Assert.Equal([LogLevel.Debug, LogLevel.Warning, LogLevel.Debug], lines.Select(line => line.Level));
        Assert.Equal("auth try 1: ok 200 in 0 ms (coverage jp, account , code , request )", lines[0].Message);
        Assert.Equal("getSim try 1: SoracomUnavailableException 503 in 0 ms (coverage jp, account credential:1, code AGW0005, request id-1)", lines[1].Message);
        Assert.Equal("getSim try 2: ok 200 in 0 ms (coverage jp, account credential:1, code , request id-2)", lines[2].Message);
    }

    [Fact]
    public async Task HttpClientsOwnLoggers_AreSilent()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981", Answers.Json(200, WireSims.Of("8981")));

        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.DoesNotContain(api.Logs.Lines, line => line.Category.StartsWith("System.Net.Http.HttpClient", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EachExchange_IsMeasured_AndSoIsWhatIsLeftOfTheRateLimit()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981", Answers.Error(404, "SEM0001", "None.", Answers.Rate(100, 42, 30)));
        using var metrics = new MetricCapture(api.Services.GetRequiredService<IMeterFactory>());

        await Assert.ThrowsAsync<SoracomNotFoundException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        Assert.Contains(
            metrics.Seen,
            seen => seen.StartsWith("soracom.api.request.duration http.response.status_code=404 soracom.coverage=jp soracom.operation_id=getSim soracom.outcome=SoracomNotFoundException", StringComparison.Ordinal));
        Assert.Contains($"soracom.api.rate.remaining soracom.coverage=jp soracom.operator_id={ScriptedVendor.OperatorId} soracom.path_group=sims: 42", metrics.Seen);
    }

    [Fact]
    public async Task Call_IsAnActivity_NamedByItsOperation()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981", Answers.Error(404, "SEM0001", "None.", ("x-request-id", "id-1")));
        var ended = new ConcurrentQueue<Activity>();
        using var own = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SoracomApiServices.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await Assert.ThrowsAsync<SoracomNotFoundException>(() => api.Client.Sims.GetSimAsync("8981", Stop));

        var call = Assert.Single(ended, activity => activity.TraceId == own.TraceId);
        Assert.Equal("getSim", call.DisplayName);
        Assert.Equal(ActivityKind.Client, call.Kind);
        Assert.Equal(ActivityStatusCode.Error, call.Status);
        Assert.Equal("jp", call.GetTagItem("soracom.coverage"));
        Assert.Equal("credential:1", call.GetTagItem("soracom.account"));
        Assert.Equal("id-1", call.GetTagItem("soracom.request_id"));
        Assert.Equal(404, call.GetTagItem("http.response.status_code"));
        Assert.Equal("SoracomNotFoundException", call.GetTagItem("error.type"));
        Assert.Equal(1, call.GetTagItem("soracom.attempts"));
    }

    private sealed class MetricCapture : IDisposable
    {
        private readonly MeterListener listener = new();

        public MetricCapture(IMeterFactory factory)
        {
            listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Meter.Name == SoracomApiServices.TelemetryName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>(Note);
            listener.SetMeasurementEventCallback<int>(Note);
            listener.Start();
        }

        public ConcurrentQueue<string> Seen { get; } = new();

        public void Dispose() => listener.Dispose();

        private void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            var sorted = tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}");
            Seen.Enqueue($"{instrument.Name} {string.Join(' ', sorted)}: {value}");
        }
    }
}
