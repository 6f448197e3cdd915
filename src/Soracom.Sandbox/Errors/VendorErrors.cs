namespace Soracom.Sandbox.Errors;

/// <summary>
/// Every refusal of the sandbox. Few codes of the real service are public; where none is known the code is
/// the sandbox's own and numbered from 9000, so that nobody mistakes it for the vendor's. The words are ours throughout.
/// Statuses of cases that nobody documents come from <see cref="UndocumentedAnswers"/>.
/// </summary>
internal static class VendorErrors
{
    // Publicly known codes.
    public static readonly VendorError MissingPair = new(400, "AUM0001",
        "The request carries no API key and token.", "リクエストに API キーとトークンがありません。");

    public static readonly VendorError WrongLogin = new(401, "AUM0002",
        "The credentials are wrong.", "認証情報が正しくありません。");

    public static readonly VendorError Internal = new(500, "AGW0005",
        "The service failed to handle the request.", "サービス内部でエラーが発生しました。");

    // Ours from here on.
    public static readonly VendorError IncompleteLogin = new(400, "AUM9001",
        "Give an e-mail address and password, an operator id with user name and password, or an AuthKey id and AuthKey.",
        "メールアドレスとパスワード、オペレーター ID とユーザー名とパスワード、または認証キーのいずれかを指定してください。");

    public static readonly VendorError InvalidPair = new(401, "AUM9002",
        "The API key and token are not valid.", "API キーまたはトークンが無効です。");

    public static readonly VendorError ExpiredToken = new(401, "AUM9003",
        "The token has expired.", "トークンの有効期限が切れています。");

    public static readonly VendorError Forbidden = new(403, "AUM9004",
        "The user has no permission for {0}.", "{0} を実行する権限がありません。");

    public static readonly VendorError WrongOperator = new(400, "AUM9005",
        "The operator id is not the caller's.", "オペレーター ID が正しくありません。");

    public static readonly VendorError UnknownUser = new(400, "AUM9006",
        "There is no such user.", "指定されたユーザーは存在しません。");

    public static readonly VendorError UnknownPath = new(404, "AGW9001",
        "There is nothing at this path.", "指定されたパスは存在しません。");

    public static readonly VendorError WrongMethod = new(405, "AGW9002",
        "The path does not know this method.", "このパスではこのメソッドを使用できません。");

    public static readonly VendorError TooManyCalls = new(429, "AGW9003",
        "Too many calls; wait for the limit to be refreshed.", "リクエスト数が上限を超えました。時間をおいて再度実行してください。");

    public static readonly VendorError BodyTooLarge = new(413, "AGW9004",
        "The request body is larger than {0} bytes.", "リクエストボディが {0} バイトを超えています。");

    public static readonly VendorError BadRequest = new(400, "AGW9005",
        "The request could not be read.", "リクエストを読み取れませんでした。");

    public static readonly VendorError Injected = new(503, "AGW9006",
        "A fault that was asked for.", "要求された疑似エラーです。");

    public static readonly VendorError BadFault = new(400, "AGW9007",
        "This fault cannot be armed: {0}", "この疑似エラーは設定できません: {0}");

    public static readonly VendorError NotServed = new(501, "AGW9008",
        "The sandbox does not serve this operation.", "サンドボックスはこの操作に対応していません。");

    public static readonly VendorError NotADuration = new(400, "AGW9009",
        "{0} must be an ISO 8601 duration that is not negative, such as PT10M.", "{0} は PT10M のような ISO 8601 形式の期間で指定してください。");

    public static readonly VendorError BodyMissing = new(400, "COM9001",
        "The request needs a JSON body.", "リクエストには JSON のボディが必要です。");

    public static readonly VendorError BodyMalformed = new(400, "COM9002",
        "The request body is not JSON.", "リクエストボディが JSON ではありません。");

    public static readonly VendorError WrongBody = new(400, "COM9003",
        "The request body must hold a JSON {0} here.", "リクエストボディのこの位置には JSON の {0} が必要です。");

    public static readonly VendorError NotAString = new(400, "COM9004",
        "{0} must be a string.", "{0} は文字列で指定してください。");

    public static readonly VendorError NotAnInteger = new(400, "COM9005",
        "{0} must be an integer.", "{0} は整数で指定してください。");

    public static readonly VendorError NotABoolean = new(400, "COM9006",
        "{0} must be true or false.", "{0} は true または false で指定してください。");

    public static readonly VendorError Required = new(400, "COM9007",
        "{0} is required.", "{0} は必須です。");

    public static readonly VendorError OutOfRange = new(400, "COM9008",
        "{0} must be between {1} and {2}.", "{0} は {1} 以上 {2} 以下で指定してください。");

    public static readonly VendorError NotAChoice = new(400, "COM9009",
        "{0} must be one of: {1}.", "{0} には次のいずれかを指定してください: {1}");

    public static readonly VendorError TooShort = new(400, "COM9010",
        "Each value of {0} must have at least {1} characters.", "{0} の各値は {1} 文字以上で指定してください。");

    public static readonly VendorError NotANumber = new(400, "COM9011",
        "{0} must be a number.", "{0} は数値で指定してください。");

    public static readonly VendorError NotAnObject = new(400, "COM9012",
        "{0} must be an object.", "{0} はオブジェクトで指定してください。");

    public static readonly VendorError NotAnArray = new(400, "COM9013",
        "{0} must be an array.", "{0} は配列で指定してください。");

    public static readonly VendorError BadLink = new(403, "AGW9010",
        "The address is wrong or no longer good.", "URL が正しくないか、有効期限が切れています。");

    public static readonly VendorError BadRange = new(416, "AGW9011",
        "The file has none of these bytes.", "指定された範囲のデータは存在しません。");

    public static readonly VendorError TooFarAhead = new(400, "AGW9012",
        "{0} must be at most {1} days, and end before {2}.", "{0} は {1} 日以下、かつ {2} より前に終わる期間で指定してください。");

    public static readonly VendorError NoSuchSim = new(404, "SEM9001",
        "There is no such SIM.", "指定された SIM は存在しません。");

    public static readonly VendorError NoSuchTag = new(404, "SEM9002",
        "There is no such tag.", "指定されたタグは存在しません。");

    public static readonly VendorError NoSuchGroup = new(404, "SEM9003",
        "There is no such group.", "指定されたグループは存在しません。");
}
