using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Faults;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Control;

/// <summary>
/// What is not the vendor's: steering the sandbox, under /_control and for callers on this machine only.
/// Faults are armed here and the demo operators looked up; it is also where a clock control belongs.
/// </summary>
internal sealed class ControlHandler
{
    public const string Root = "/_control";

    private const int MaxBodyBytes = 64 * 1024;

    private readonly IReadOnlyList<SandboxOperator> operators;
    private readonly SandboxFaults faults;
    private readonly Router<Func<JsonBody, Answer>> router = new();

    public ControlHandler(IReadOnlyList<SandboxOperator> operators, SandboxFaults faults)
    {
        this.operators = operators;
        this.faults = faults;
        router.Add("GET", "/operators", _ => Answer.Ok(WriteOperators));
        router.Add("GET", "/faults", _ => Answer.Ok(WriteFaults));
        router.Add("POST", "/faults", Arm);
        router.Add("DELETE", "/faults", _ => Disarm());
    }

    public async Task HandleAsync(Exchange exchange)
    {
        try
        {
            var route = router.Match(exchange.Method, exchange.Target.SegmentsBelow(Root));
            if (route.Target is not { } handler || !exchange.IsFromThisMachine)
            {
                throw new VendorException(VendorErrors.UnknownPath);
            }

            var body = await exchange.ReadBodyAsync(MaxBodyBytes, VendorErrors.BodyTooLarge.Status);
            await exchange.SendAsync(handler(new JsonBody(body)));
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

    private void WriteOperators(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var demo in operators)
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
