using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.SandboxAccounts;

/// <summary>The refusals of this area. The first one's code is public, the others are ours.</summary>
internal static class SandboxErrors
{
    public static readonly VendorError NobodySignedUp = new(400, "SBX1003",
        "There is no user of that address.", "指定されたメールアドレスのユーザーは存在しません。");

    public static readonly VendorError BadEmail = new(400, "SBX9001",
        "The mail address is not one, or has an account already.", "メールアドレスの形式が正しくないか、すでに使用されています。");

    public static readonly VendorError BadProductionKey = new(400, "SBX9002",
        "The AuthKey of a production user must not be empty.", "本番環境のユーザーの認証キーを指定してください。");

    public static readonly VendorError NoOperator = new(400, "SBX9003",
        "The operator does not exist, is not the caller's, or belongs to the demo.", "指定されたオペレーターは存在しないか、削除できません。");

    public static readonly VendorError NoOrder = new(400, "SBX9004",
        "The operator has no such order that could be shipped.", "出荷できる注文が存在しません。");

    public static readonly VendorError NoBundle = new(400, "SBX9005",
        "{0} has no bundle {1}.", "{0} にバンドル {1} は設定できません。");

    public static readonly VendorError BadExpiry = new(400, "SBX9006",
        "{0} must be this month or a later one as yyyyMM.", "{0} には今月以降の年月を yyyyMM 形式で指定してください。");
}
