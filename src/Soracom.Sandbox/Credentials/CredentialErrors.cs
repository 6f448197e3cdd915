using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Credentials;

/// <summary>Refusals around credential sets. The codes are ours.</summary>
internal static class CredentialErrors
{
    public static readonly VendorError NoSuchSet = new(404, "CRE9001",
        "There is no such credential set.", "指定された認証情報は存在しません。");

    public static readonly VendorError SetExists = new(400, "CRE9002",
        "There is a credential set of this id already.", "同じ ID の認証情報がすでに存在します。");

    public static readonly VendorError BadId = new(400, "CRE9003",
        "The id must have 1 to {0} letters, digits, hyphens, underscores or dots.", "ID は英数字、ハイフン、アンダースコア、ドットからなる 1 文字以上 {0} 文字以下で指定してください。");
}
