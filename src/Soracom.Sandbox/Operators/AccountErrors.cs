using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Operators;

/// <summary>Refusals around the account itself. The codes are ours.</summary>
internal static class AccountErrors
{
    public static readonly VendorError NoProfile = new(404, "AUM9050",
        "This information has not been given yet.", "この情報はまだ登録されていません。");

    public static readonly VendorError ProfileExists = new(400, "AUM9051",
        "This information has been given already; update it.", "この情報はすでに登録されています。更新してください。");

    public static readonly VendorError UnknownNamespace = new(400, "AUM9052",
        "The namespace must be one of: {0}.", "ネームスペースには次のいずれかを指定してください: {0}");

    public static readonly VendorError NoConfiguration = new(404, "AUM9053",
        "Nothing is configured in this namespace.", "このネームスペースには設定がありません。");

    public static readonly VendorError VersionConflict = new(409, "AUM9054",
        "The configuration has been changed meanwhile; its version is {0}.", "設定が変更されています。現在のバージョンは {0} です。");

    public static readonly VendorError NoContract = new(404, "AUM9055",
        "The account has no such contract.", "指定された契約は存在しません。");

    public static readonly VendorError UnknownCoverage = new(400, "AUM9056",
        "The coverage type is jp or g.", "カバレッジタイプには jp または g を指定してください。");
}
