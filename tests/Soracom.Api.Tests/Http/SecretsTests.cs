using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api.Errors;
using Soracom.Api.Http;
using Soracom.Api.Tests.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Http;

/// <summary>Canaries for every secret, and a look at everything that leaves the client: logs of all levels, exceptions, activities.</summary>
public sealed class SecretsTests
{
    private const string AuthKey = "secret-canaryAuthKey0123456789";
    private const string Password = "canaryPass+word\"0123456789";
    private const string ApiKey = "api-canary-0123456789";
    private const string Token = "canaryHeader.canaryPayload.canarySignature";

    private static readonly string[] Canaries = [AuthKey, Password, ApiKey, Token, "canary"];

    private static CancellationToken Stop => Watchdog.Token;

    public static TheoryData<string> Situations =>
    [
        "good", "sign-in refused, quoting", "sign-in broken", "sign-in with a literal for a token", "sign-in of the wrong type",
        "rejected, quoting", "bad request, quoting", "down, quoting", "echo", "quoting at the cut", "cut", "html", "truncated", "unknown member", "redirect", "rate limited, quoting",
    ];

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task Secrets_ReachNeitherLogsNorExceptionsNorActivities(string situation)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        vendor.On("POST /v1/auth", SignIn(situation, vendor));
        vendor.On($"POST /v1/operators/{ScriptedVendor.OperatorId}/token", Answers.Error(400, "AUM0001", $"Ended: {Token}"));
        vendor.On("GET /v1/sims/8981", Answer(situation));
        vendor.On("POST /v1/auth/logout", Answers.Error(500, "AUM0001", $"{ApiKey} {Token}"));
        await using var api = new TestApi(vendor.Address, options =>
        {
            options.MaxRetries = 0;
            options.RefuseUnknownMembers = false;
        });
        using var activities = new ActivityCapture();
        var told = new List<string>();

        foreach (var credential in new SoracomCredential[]
        {
            new AuthKeyCredential("keyId-1", AuthKey), new SamUserCredential("OP0012345678", "sam", Password), new RootCredential("root@example.com", Password),
        })
        {
            var account = new SoracomAccount(credential.GetType().Name, SoracomCoverage.Japan, _ => new(credential));
            told.Add($"{credential} {account}");
            told.Add(await TellAsync(() => api.Factory.For(account).Sims.GetSimAsync("8981", Stop)));
            told.Add(await TellAsync(() => api.Factory.VerifyAsync(SoracomCoverage.Japan, credential, Stop)));
        }

        Assert.NotEmpty(activities.Texts);
        Assert.NotEmpty(api.Logs.Lines);
        var everything = string.Join('\n', [.. told, api.Logs.Everything, .. activities.Texts.ToArray()]);
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, everything, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task HttpClientsOwnLoggers_AddedBackByAHost_ShowNoSecret()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        vendor.On("POST /v1/auth", SignIn("good", vendor));
        vendor.On("GET /v1/sims/8981", Answer("good"));
        await using var api = new TestApi(vendor.Address, http: builder => builder.AddDefaultLogger());

        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.Contains("X-Soracom-Token: *", api.Logs.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", api.Logs.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public void Session_TellsNothingOfItsKeyAndToken()
    {
        var session = new SoracomSession
        {
            Coverage = SoracomCoverage.Japan,
            OperatorId = "OP0012345678",
            ApiKey = ApiKey,
            Token = Token,
            AskedAt = 0,
            Life = TimeSpan.Zero,
        };

        Assert.Equal("session of OP0012345678", session.ToString());
    }

    [Fact]
    public void ProfileOfASim_TellsNothingOfItsPrivateKey()
    {
        var profile = new Api.Sims.SimProfile { Iccid = "8981", ArcClientPeerPrivateKey = "canary" };

        Assert.DoesNotContain("canary", profile.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PaymentMethod_TellsNothingOfTheCard()
    {
        var method = new Api.Payments.PaymentMethod { ProviderType = "WebPay", Properties = """{"card":{"last4":"canary"}}""" };

        Assert.Equal("PaymentMethod WebPay ", method.ToString());
    }

    [Fact]
    public async Task EmptySecret_IsNotLookedFor_InWhatTheVendorSays()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("POST /v1/sims/8981/register", Answers.Error(400, "SEM0001", "Empty."));

        var failure = await Assert.ThrowsAsync<SoracomInvalidRequestException>(
            () => api.Client.Sims.RegisterSimAsync("8981", new Api.Sims.SimRegistration { RegistrationSecret = "" }, Stop));

        Assert.Equal(("SEM0001", "Empty."), (failure.Code, failure.VendorMessage));
    }

    [Fact]
    public async Task SecretThatBeginsLikeAnother_IsCutOutWhole()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("PUT /v1/operators/OP1/users/sam/password", Answers.Error(400, "SEM0001", "canary is not canary2"));

        var failure = await Assert.ThrowsAsync<SoracomInvalidRequestException>(() => api.Client.Users.UpdateUserPasswordAsync(
            "OP1", "sam", new Api.Users.UpdatePasswordRequest { CurrentPassword = "canary", NewPassword = "canary2" }, Stop));

        Assert.Equal("[redacted] is not [redacted]", failure.VendorMessage);
    }

    private static RequestDelegate SignIn(string situation, ScriptedVendor vendor) => situation switch
    {
        "sign-in refused, quoting" => context => Answers.Error(401, "AUM0002", $"Wrong: {vendor.Requests.Last().Body}")(context),
        "sign-in broken" => Answers.Text(200, "application/json", $$"""{"apiKey":"{{ApiKey}}","token":"{{Token}}"""),
        "sign-in with a literal for a token" => Answers.Text(200, "application/json", $$"""{"apiKey":"{{ApiKey}}","token":t{{Token}}}"""),
        "sign-in of the wrong type" => Answers.Json(200, new { apiKey = new[] { ApiKey }, token = Token, operatorId = "OP0012345678" }),
        _ => Answers.Json(200, new { apiKey = ApiKey, token = Token, operatorId = ScriptedVendor.OperatorId }),
    };

    private static RequestDelegate Answer(string situation) => situation switch
    {
        "rejected, quoting" => Answers.Error(401, "AUM0001", $"Unknown token {Token} of {ApiKey}"),
        "bad request, quoting" => Answers.Error(400, "SEM0001", $"Header {ApiKey}:{Token}"),
        "down, quoting" => Answers.Error(500, "AGW0005", $"{Token}"),
        "rate limited, quoting" => Answers.Error(429, "AGW0001", $"{ApiKey}", Answers.Rate(10, 0, 10)),
        "quoting at the cut" => Answers.Error(400, "SEM0001", new string('x', 480) + Token),
        "echo" => context => Answers.Text(400, "text/plain", string.Join(';', context.Request.Headers))(context),
        "cut" => Answers.Cut,
        "html" => Answers.Text(200, "text/html", $"<html>{Token}</html>"),
        "truncated" => Answers.Text(200, "application/json", $$"""{"simId":"{{Token}}"""),
        "unknown member" => Answers.Json(200, new { simId = "8981", extra = Token }),
        "redirect" => Answers.Empty(302, ("Location", $"http://127.0.0.1/{Token}")),
        _ => Answers.Json(200, WireSims.Of("8981")),
    };

    private static async Task<string> TellAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return (await call())!.ToString()!;
        }
        catch (SoracomApiException failure)
        {
            return $"{failure} {failure.Failure} {failure.VendorMessage} {failure.Code}";
        }
    }

    private sealed class ActivityCapture : IDisposable
    {
        private readonly ActivityListener listener;
        private readonly ActivityTraceId trace;
        private readonly Activity own;

        public ActivityCapture()
        {
            own = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
            trace = own.TraceId;
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is SoracomApiServices.TelemetryName or "System.Net.Http",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Note,
            };
            ActivitySource.AddActivityListener(listener);
        }

        public ConcurrentBag<string> Texts { get; } = [];

        public void Dispose()
        {
            listener.Dispose();
            own.Dispose();
        }

        // Sign-ins are traces of their own, so that nothing is filtered by trace here but the count.
        private void Note(Activity activity) => Texts.Add(
            $"{activity.TraceId == trace} {activity.DisplayName} {activity.StatusDescription} "
            + string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))
            + string.Join(' ', activity.Baggage.Select(item => $"{item.Key}={item.Value}"))
            + string.Join(' ', activity.Events.SelectMany(e => e.Tags.Select(tag => $"{e.Name} {tag.Key}={tag.Value}"))));
    }
}
