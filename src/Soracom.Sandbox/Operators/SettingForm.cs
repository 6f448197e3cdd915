using System.Text;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Operators;

/// <summary>Account-level settings, by namespace and with a version that guards against two changes at once.</summary>
internal static class SettingForm
{
    private static readonly string[] Tiers = ["basic", "priority", "enterprise"];

    /// <summary>For each namespace what of a body is taken over, which fails when it has another type.</summary>
    private static readonly SortedDictionary<string, Action<JsonFields, Utf8JsonWriter>> Namespaces = new(StringComparer.Ordinal)
    {
        ["Email"] = (fields, json) =>
        {
            WriteFlag(json, fields.Object("billing"), "billing", "attachInvoicePdfEnabled");
            WriteFlag(json, fields.Object("notification"), "notification", "exceedBundleDisabled");
        },
        ["Support"] = (fields, json) =>
        {
            WriteText(json, "tier", fields.Choice("tier", Tiers));
            WriteText(json, "upcomingTier", fields.Choice("upcomingTier", Tiers));
            WriteText(json, "paymentCoverage", fields.Choice("paymentCoverage", "jp", "g"));
        },
    };

    public static Answer Get(Call call)
    {
        var (account, name) = Named(call);
        var setting = account.Settings.GetValueOrDefault(name) ?? throw new VendorException(AccountErrors.NoConfiguration);
        return Answer.Ok(json => Write(json, name, setting));
    }

    public static Answer Set(Call call)
    {
        var (account, name) = Named(call);
        var body = call.Body.Object();
        var content = Content(name, body.Object("configuration") ?? throw new VendorException(VendorErrors.Required, "configuration"));
        var present = account.Settings.GetValueOrDefault(name)?.Version ?? 0;
        if (body.Number("expectedVersion") is { } expected && expected != present)
        {
            throw new VendorException(AccountErrors.VersionConflict, $"{present}");
        }

        var setting = new Setting(present + 1, content);
        account.Settings[name] = setting;
        return Answer.Ok(json => Write(json, name, setting));
    }

    public static Answer Delete(Call call)
    {
        var (account, name) = Named(call);
        return account.Settings.Remove(name) ? Answer.NoContent : throw new VendorException(AccountErrors.NoConfiguration);
    }

    private static (AccountPart Account, string Namespace) Named(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        var name = call.Path["namespace"];
        return Namespaces.ContainsKey(name)
            ? (call.Account.Part<AccountPart>(), name)
            : throw new VendorException(AccountErrors.UnknownNamespace, string.Join(", ", Namespaces.Keys));
    }

    private static string Content(string name, JsonFields fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Namespaces[name](fields, json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteFlag(Utf8JsonWriter json, JsonFields? fields, string parent, string name)
    {
        if (fields?.Flag(name) is { } flag)
        {
            json.WriteStartObject(parent);
            json.WriteBoolean(name, flag);
            json.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, Setting setting)
    {
        json.WriteStartObject();
        json.WriteString("namespace", name);
        json.WritePropertyName("configuration");
        json.WriteRawValue(setting.Json);
        json.WriteNumber("version", setting.Version);
        json.WriteBoolean("isModifiable", true);
        json.WriteEndObject();
    }
}
