using System.Text.Json;
using System.Xml;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Faults;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Control;

/// <summary>
/// What is not the vendor's: steering the sandbox, under /_control and for callers on this machine only, web pages excepted.
/// Faults are armed here, the demo operators looked up, the clock moved, mail read, closed bills corrected, and everything made as it was.
/// </summary>
internal sealed class ControlHandler
{
    public const string Root = "/_control";

    private const int MaxBodyBytes = 64 * 1024;

    private readonly World world;
    private readonly SandboxFaults faults;
    private readonly Router<Func<JsonBody, CancellationToken, Answer>> router = new();

    public ControlHandler(World world, SandboxFaults faults)
    {
        this.world = world;
        this.faults = faults;
        router.Add("GET", "/operators", (_, _) => Answer.Ok(WriteOperators));
        router.Add("GET", "/faults", (_, _) => Answer.Ok(WriteFaults));
        router.Add("POST", "/faults", (body, _) => Arm(body));
        router.Add("DELETE", "/faults", (_, _) => Disarm());
        router.Add("GET", "/clock", (_, _) => Answer.Ok(WriteClock));
        router.Add("POST", "/clock", Advance);
        router.Add("POST", "/reset", (_, _) => Reset());
        router.Add("POST", "/bills", (body, _) => CorrectBill(body));
        router.Add("GET", "/mail", (_, _) => Answer.Ok(WriteMail));
        router.Add("GET", "/doors", (_, _) => Answer.Ok(WriteDoors));
        router.Add("GET", "/events", (_, _) => Answer.Ok(EventJson.Write(world)));
    }

    public async Task HandleAsync(Exchange exchange)
    {
        try
        {
            var route = router.Match(exchange.Method, exchange.Target.SegmentsBelow(Root));
            if (route.Target is not { } handler || !exchange.IsFromThisMachine || exchange.MayComeFromAWebPage)
            {
                throw new VendorException(VendorErrors.UnknownPath);
            }

            var body = await exchange.ReadBodyAsync(MaxBodyBytes, VendorErrors.BodyTooLarge.Status);
            await exchange.SendAsync(handler(new JsonBody(body), exchange.Cancellation));
        }
        catch (VendorException refusal)
        {
            await exchange.SendAsync(Answer.Error(refusal, exchange.Language));
        }
    }

    private Answer Arm(JsonBody body)
    {
        try
        {
            faults.Arm(FaultJson.Read(body.Object()));
            return new Answer(StatusCodes.Status201Created) { Json = WriteFaults };
        }
        catch (ArgumentException nonsense)
        {
            throw new VendorException(VendorErrors.BadFault, nonsense.Message);
        }
    }

    private Answer Advance(JsonBody body, CancellationToken cancellationToken)
    {
        var by = Duration(body.Object().RequiredText("advance"));
        try
        {
            world.Advance(by, cancellationToken);
            return Answer.Ok(WriteClock);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new VendorException(
                VendorErrors.TooFarAhead, "advance", $"{World.LongestAdvance.Days}", $"{SandboxClock.Latest:yyyy-MM-dd}");
        }
    }

    private Answer CorrectBill(JsonBody body)
    {
        var fields = body.Object();
        var coverage = fields.Choice("coverage", "jp", "g") == "g" ? Coverage.Global : Coverage.Japan;
        var (month, by) = (fields.RequiredText("yearMonth"), fields.Number("by") ?? throw new VendorException(VendorErrors.Required, "by"));
        var now = world.Clock.GetUtcNow();
        var account = world.Find(fields.RequiredText("operatorId"));
        var bill = BillMonth.Parse(month) is { } parsed ? account?.Run(now, changing: true, () => account.Data(coverage).Part<BillingPart>().Correct(parsed, by, now)) : null;
        return bill is null ? throw new VendorException(BillingErrors.NoBill) : Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("yearMonth", month);
            json.WriteNumber("amount", bill.Amount);
            json.WriteEndObject();
        });
    }

    private static TimeSpan Duration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text) is var duration && duration >= TimeSpan.Zero ? duration : throw new FormatException();
        }
        catch (Exception nonsense) when (nonsense is FormatException or OverflowException)
        {
            throw new VendorException(VendorErrors.NotADuration, "advance");
        }
    }

    private Answer Reset()
    {
        faults.Clear();
        world.Reset();
        return Answer.NoContent;
    }

    private void WriteClock(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("now", world.Clock.GetUtcNow());
        json.WriteEndObject();
    }

    private Answer Disarm()
    {
        faults.Clear();
        return Answer.NoContent;
    }

    private void WriteFaults(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var fault in faults.Armed)
        {
            FaultJson.Write(json, fault);
        }

        json.WriteEndArray();
    }

    private void WriteMail(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var mail in world.Mail.All)
        {
            json.WriteStartObject();
            json.WriteString("to", mail.To);
            json.WriteString("subject", mail.Subject);
            if (mail.Token.Length > 0)
            {
                json.WriteString("token", mail.Token);
            }

            if (mail.Text is { } text)
            {
                json.WriteString("text", text);
            }

            json.WriteString("sent", mail.Sent);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteDoors(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var (endpoint, port) in world.Doors?.All ?? [])
        {
            json.WriteStartObject();
            json.WriteString("endpoint", endpoint);
            json.WriteString("listener", $"127.0.0.1:{port}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteOperators(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var demo in world.Operators)
        {
            json.WriteStartObject();
            json.WriteString("fleet", demo.Fleet);
            json.WriteString("name", demo.Name);
            json.WriteString("operatorId", demo.OperatorId);
            json.WriteString("email", demo.Email);
            json.WriteString("password", demo.Password);
            json.WriteString("authKeyId", demo.AuthKeyId);
            json.WriteString("authKey", demo.AuthKey);
            json.WriteStartArray("users");
            foreach (var user in demo.Users)
            {
                json.WriteStartObject();
                json.WriteString("userName", user.Name);
                json.WriteString("password", user.Password);
                json.WriteString("authKeyId", user.AuthKeyId);
                json.WriteString("authKey", user.AuthKey);
                json.WriteString("permission", user.Permission);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
