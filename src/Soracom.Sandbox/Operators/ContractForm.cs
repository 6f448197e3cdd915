using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Operators;

/// <summary>Options of an account.</summary>
internal static class ContractForm
{
    /// <summary>Harvest data kept for two years instead of forty days.</summary>
    public const string ExtendedHarvest = """{"plan":"extended","ttl":731}""";

    private const string PrioritySupport = """{"tier":"priority"}""";

    private static readonly string[] Names = ["api_audit_log", "harvest", "napter", "support"];

    /// <summary>What is asked for has one form only, so that the details that the account gets are always the same.</summary>
    public static Answer Add(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        var body = call.Body.Object();
        var name = body.Choice("contractName", Names) ?? throw new VendorException(VendorErrors.Required, "contractName");
        var asked = body.Object("contractDetail");
        _ = (asked?.Choice("plan", "extended"), asked?.Choice("tier", "priority"), asked?.Integer("ttl", 1, int.MaxValue));
        var detail = name switch
        {
            "harvest" => ExtendedHarvest,
            "support" => PrioritySupport,
            _ => "",
        };
        call.Account.Part<AccountPart>().Contracts[name] = detail;
        return Answer.Ok(json => Write(json, name, detail));
    }

    public static Answer Delete(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        return call.Account.Part<AccountPart>().Contracts.Remove(call.Path["contract_name"])
            ? Answer.NoContent
            : throw new VendorException(AccountErrors.NoContract);
    }

    private static void Write(Utf8JsonWriter json, string name, string detail)
    {
        json.WriteStartObject();
        json.WriteString("contractName", name);
        if (detail.Length > 0)
        {
            json.WritePropertyName("contractDetail");
            json.WriteRawValue(detail);
        }

        json.WriteEndObject();
    }
}
