using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Emails;

/// <summary>Refusals around e-mail addresses. The codes are ours.</summary>
internal static class EmailErrors
{
    public static readonly VendorError RootOnly = new(400, "AUM9070",
        "Only the root user may do this.", "この操作はルートユーザーのみ実行できます。");

    public static readonly VendorError NoSuchEmail = new(404, "AUM9071",
        "There is no such e-mail address.", "指定されたメールアドレスは存在しません。");

    public static readonly VendorError RootAddress = new(400, "AUM9072",
        "The root user signs in with this address.", "このメールアドレスはルートユーザーの認証に使用されています。");

    public static readonly VendorError BadAddress = new(400, "AUM9073",
        "This is no e-mail address.", "メールアドレスの形式が正しくありません。");

    public static readonly VendorError EmailExists = new(400, "AUM9074",
        "The operator has this e-mail address already.", "このメールアドレスはすでに登録されています。");

    public static readonly VendorError TooManyEmails = new(400, "AUM9075",
        "The operator has {0} e-mail addresses, which is the most.", "登録できるメールアドレスは {0} 件までです。");
}
