using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Orders;

/// <summary>The refusals of this area; the codes are ours.</summary>
internal static class OrderErrors
{
    public static readonly VendorError NoAddress = new(404, "ORD9001",
        "There is no such shipping address.", "指定された配送先は存在しません。");

    public static readonly VendorError BadAddress = new(400, "ORD9002",
        "The shipping address of a quotation must be one of the account's.", "見積には登録済みの配送先を指定してください。");

    public static readonly VendorError NoOrder = new(404, "ORD9003",
        "There is no such order.", "指定された注文は存在しません。");

    public static readonly VendorError NoProduct = new(400, "ORD9004",
        "There is no product {0}.", "商品 {0} は存在しません。");

    public static readonly VendorError NotADate = new(400, "ORD9005",
        "{0} must be a day to come as yyyyMMdd.", "{0} には今日以降の日付を yyyyMMdd 形式で指定してください。");

    public static readonly VendorError IsConfirmed = new(400, "ORD9006",
        "The order is confirmed already.", "注文はすでに確定しています。");

    public static readonly VendorError Dispatched = new(400, "ORD9007",
        "The order is dispatched or cancelled already.", "注文はすでに出荷またはキャンセルされています。");

    public static readonly VendorError NotShipped = new(400, "ORD9008",
        "The SIMs of an order can be registered once it is shipped.", "注文の SIM は出荷後に登録できます。");

    public static readonly VendorError Received = new(400, "ORD9009",
        "The order is received already.", "注文はすでに受領されています。");

    public static readonly VendorError BadSetting = new(400, "ORD9010",
        "{0} has no such group or speed class, or is no subscription.", "{0} に指定されたグループや速度クラス、またはサブスクリプションが正しくありません。");

    public static readonly VendorError TooLong = new(400, "ORD9011",
        "{0} has up to {1} characters and is not empty.", "{0} は 1 文字以上 {1} 文字以下で指定してください。");
}
