using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Operators;
using Soracom.Sandbox.Users;

namespace Soracom.Sandbox.SystemNotifications;

/// <summary>The tag SystemNotification.</summary>
internal static class SystemNotificationOperations
{
    private const string Many = "/operators/{operator_id}/system_notifications";

    private static readonly VendorError NoSuchAddress = new(400, "AUM9080",
        "The account has no mail address {0}.", "メールアドレス {0} は登録されていません。");

    private static readonly VendorError NoAddress = new(400, "AUM9081",
        "The primary notices need an address.", "主要な通知先を空にすることはできません。");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", Many, "listSystemNotifications", "SystemNotification:listSystemNotifications", List),
        new("GET", Many + "/{type}", "getSystemNotification", "SystemNotification:getSystemNotification", Get),
        new("POST", Many + "/{type}", "setSystemNotification", "SystemNotification:setSystemNotification", Set),
        new("DELETE", Many + "/{type}", "deleteSystemNotification", "SystemNotification:deleteSystemNotification", Delete),
    ];

    private static Answer List(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        var part = call.Account.Part<SystemNotificationPart>();
        return Answer.List([.. SystemNotificationPart.Types.Select(part.Find).Where(notified => notified.AddressIds.Count > 0)], Write);
    }

    private static Answer Get(Call call)
    {
        var notified = call.Account.Part<SystemNotificationPart>().Find(TypeOf(call));
        return Answer.Ok(json => Write(json, notified));
    }

    private static Answer Set(Call call)
    {
        var type = TypeOf(call);
        var body = call.Body.Object();
        var addresses = body.Texts("emailIdList") ?? throw new VendorException(VendorErrors.Required, "emailIdList");
        var password = body.Text("password");
        var part = call.Account.Part<SystemNotificationPart>();
        if (addresses.FirstOrDefault(address => !part.AddressIds.Contains(address, StringComparer.Ordinal)) is { } unknown)
        {
            throw new VendorException(NoSuchAddress, unknown);
        }

        if (type == SystemNotificationPart.Primary)
        {
            EnsureMaySetPrimary(call, password, addresses);
        }

        var notified = new Notified(type, [.. addresses.Distinct(StringComparer.Ordinal)], call.Now.ToUnixTimeMilliseconds());
        part.Put(notified);
        return Answer.Ok(json => Write(json, notified));
    }

    private static void EnsureMaySetPrimary(Call call, string? password, IReadOnlyList<string> addresses)
    {
        if (addresses.Count == 0)
        {
            throw new VendorException(NoAddress);
        }

        if ((password ?? throw new VendorException(VendorErrors.Required, "password")) != Subject.Root(call).User.Password)
        {
            throw new VendorException(UserErrors.WrongPassword);
        }
    }

    private static Answer Delete(Call call)
    {
        var type = TypeOf(call);
        if (type == SystemNotificationPart.Primary)
        {
            throw new VendorException(NoAddress);
        }

        call.Account.Part<SystemNotificationPart>().Remove(type);
        return Answer.NoContent;
    }

    private static string TypeOf(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        return SystemNotificationPart.Types.Contains(call.Path["type"], StringComparer.Ordinal)
            ? call.Path["type"]
            : throw new VendorException(VendorErrors.NotAChoice, "type", string.Join(", ", SystemNotificationPart.Types));
    }

    private static void Write(Utf8JsonWriter json, Notified notified)
    {
        json.WriteStartObject();
        json.WriteString("type", notified.Type);
        json.WriteStrings("emailIdList", notified.AddressIds);
        json.WriteNumber("updateDateTime", notified.UpdateTime);
        json.WriteEndObject();
    }
}
