using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Payments;

/// <summary>Refusals of the tag Payment. None of the vendor's codes is public.</summary>
internal static class PaymentErrors
{
    public static readonly VendorError NoMethod = new(404, "PAY9001",
        "No payment method is registered.", "支払い方法が登録されていません。");

    public static readonly VendorError BadTransactionId = new(400, "PAY9002",
        "This is not the id of a payment transaction.", "決済 ID の形式が正しくありません。");

    public static readonly VendorError NoTransaction = new(404, "PAY9003",
        "There is no such payment transaction.", "指定された決済は存在しません。");

    public static readonly VendorError NoStatement = new(400, "PAY9004",
        "There is no such payment statement.", "指定された支払明細は存在しません。");

    public static readonly VendorError NoPayer = new(400, "PAY9005",
        "No payer information is registered.", "支払者情報が登録されていません。");

    public static readonly VendorError BadPayer = new(400, "PAY9006",
        "The payer information needs the name of a company or a person, 200 characters at most.", "会社名または氏名を 200 文字以内で指定してください。");

    public static readonly VendorError BadCoupon = new(400, "PAY9007",
        "The coupon code is not valid, or no more coupons can be registered.", "クーポンコードが無効か、登録できるクーポンの上限に達しています。");

    public static readonly VendorError NoContract = new(400, "PAY9008",
        "There is no such long term discount.", "指定された長期利用割引は存在しません。");

    /// <summary>What the definition's error code of a card means.</summary>
    public static string MessageOf(string code) => code switch
    {
        "success" => "The payment was made.",
        "incorrect_expiry" => "The card's expiry date is not the one that its issuer knows.",
        "missing" => "No payment method is registered.",
        _ => "The payment was refused.",
    };
}
