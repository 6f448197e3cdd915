using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>The refusals of this area, with codes of ours.</summary>
internal static class EventErrors
{
    public static readonly VendorError NoSuchHandler = new(404, "EVT9001",
        "There is no such event handler.", "指定されたイベントハンドラーは存在しません。");

    public static readonly VendorError NotIgnored = new(404, "EVT9002",
        "The event handler does not ignore the IMSI.", "イベントハンドラーは指定された IMSI を無視していません。");

    public static readonly VendorError NoHandlers = new(404, "EVT9003",
        "No event handler applies to the IMSI.", "指定された IMSI を対象とするイベントハンドラーは存在しません。");

    public static readonly VendorError OneTarget = new(400, "EVT9004",
        "Give exactly one of: {0}.", "次のいずれか 1 つだけを指定してください: {0}");

    public static readonly VendorError NoSuchTarget = new(400, "EVT9005",
        "What {0} names does not exist.", "{0} で指定された対象は存在しません。");

    public static readonly VendorError WrongTarget = new(400, "EVT9006",
        "{0} cannot have {1}.", "{0} に {1} は指定できません。");

    public static readonly VendorError UnknownProperty = new(400, "EVT9007",
        "{0} has no property {1}.", "{0} に {1} というプロパティはありません。");

    public static readonly VendorError NotANumberInText = new(400, "EVT9008",
        "{0} must be an integer between {1} and {2}, as text.", "{0} は {1} 以上 {2} 以下の整数を文字列で指定してください。");

    public static readonly VendorError NotAnAddress = new(400, "EVT9009",
        "{0} must be the address of a web server.", "{0} には URL を指定してください。");

    public static readonly VendorError OffsetOfNever = new(400, "EVT9010",
        "{0} cannot be given with NEVER.", "NEVER の場合、{0} は指定できません。");

    public static readonly VendorError LockNeedsImei = new(400, "EVT9011",
        "ImeiLockAction needs SubscriberSessionStatusRule with hasImei.", "ImeiLockAction は hasImei を有効にした SubscriberSessionStatusRule でのみ使用できます。");

    public static readonly VendorError NoActions = new(400, "EVT9012",
        "There is nothing to do: actionConfigList is empty.", "actionConfigList が空です。");
}
