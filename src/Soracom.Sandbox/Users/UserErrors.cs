using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Users;

/// <summary>Refusals around users, roles and signing in. The codes are ours, but for the one of an unknown address.</summary>
internal static class UserErrors
{
    /// <summary>Publicly known.</summary>
    public static readonly VendorError UnknownAddress = new(400, "AUM0015",
        "There is no operator with this e-mail address.", "このメールアドレスのオペレーターは存在しません。");

    public static readonly VendorError NoSuchUser = new(404, "AUM9010",
        "There is no such SAM user.", "指定された SAM ユーザーは存在しません。");

    public static readonly VendorError UserExists = new(400, "AUM9011",
        "There is a SAM user of this name already.", "同じ名前の SAM ユーザーがすでに存在します。");

    public static readonly VendorError BadName = new(400, "AUM9012",
        "The name must have 1 to {0} characters, none of them a blank, a slash or a colon.", "名前は空白、スラッシュ、コロンを含まない 1 文字以上 {0} 文字以下で指定してください。");

    public static readonly VendorError NoSuchAuthKey = new(404, "AUM9013",
        "There is no such AuthKey.", "指定された認証キーは存在しません。");

    public static readonly VendorError WrongPassword = new(400, "AUM9014",
        "The current password is wrong.", "現在のパスワードが正しくありません。");

    public static readonly VendorError WeakPassword = new(400, "AUM9015",
        "The password must have {0} to {1} characters.", "パスワードは {0} 文字以上 {1} 文字以下で指定してください。");

    public static readonly VendorError HasPassword = new(400, "AUM9016",
        "The user has a password already.", "このユーザーにはすでにパスワードが設定されています。");

    public static readonly VendorError HasNoPassword = new(404, "AUM9017",
        "The user has no password.", "このユーザーにはパスワードが設定されていません。");

    public static readonly VendorError BadDocument = new(400, "AUM9018",
        "{0} is not a document of statements, as JSON in a string.", "{0} には JSON 形式のステートメントを文字列で指定してください。");

    public static readonly VendorError SecondFactorNeeded = new(401, "AUM9019",
        "Signing in with this password needs a good MFA code.", "このパスワードでの認証には正しい MFA コードが必要です。");

    public static readonly VendorError SecondFactorActive = new(400, "AUM9020",
        "MFA is active already.", "MFA はすでに有効です。");

    public static readonly VendorError NoSecondFactor = new(400, "AUM9021",
        "MFA has not been enabled.", "MFA が有効化されていません。");

    public static readonly VendorError WrongCode = new(400, "AUM9022",
        "The MFA code is wrong.", "MFA コードが正しくありません。");

    public static readonly VendorError WrongToken = new(400, "AUM9023",
        "The token is wrong.", "トークンが正しくありません。");

    public static readonly VendorError TokenExpired = new(404, "AUM9024",
        "The token has expired.", "トークンの有効期限が切れています。");

    public static readonly VendorError NotTrusted = new(400, "AUM9025",
        "Switching to this user is not allowed.", "このユーザーへのスイッチは許可されていません。");

    public static readonly VendorError NoSuchRole = new(404, "AUM9026",
        "There is no such role.", "指定されたロールは存在しません。");

    public static readonly VendorError RoleExists = new(400, "AUM9027",
        "There is a role of this id already.", "同じ ID のロールがすでに存在します。");

    public static readonly VendorError RoleInUse = new(400, "AUM9028",
        "The role is attached to users.", "このロールはユーザーに割り当てられています。");

    public static readonly VendorError RoleAttached = new(400, "AUM9029",
        "The user has this role already.", "このロールはすでにユーザーに割り当てられています。");

    public static readonly VendorError RoleHasNoVersions = new(400, "AUM9030",
        "Only roles managed by the service have versions.", "バージョンがあるのは SORACOM が管理するロールのみです。");

    public static readonly VendorError WrongLogin = new(403, "AUM9031",
        "The e-mail address or password is wrong.", "メールアドレスまたはパスワードが正しくありません。");

    public static readonly VendorError LongCondition = new(400, "AUM9032",
        "A condition must have at most {0} characters.", "条件は {0} 文字以下で指定してください。");
}
