using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Sims;

/// <summary>The refusals of this area. The first one's code is public, the others are ours.</summary>
internal static class SimErrors
{
    public static readonly VendorError Offline = new(400, "SEM0016",
        "The specified subscriber is offline", "指定された Subscriber はオフラインです");

    public static readonly VendorError ForbiddenMove = new(400, "SEM9010",
        "A SIM that is {0} cannot become {1}.", "ステータスが {0} の SIM を {1} に変更することはできません。");

    public static readonly VendorError NoStandby = new(400, "SEM9011",
        "The plan {0} has no standby.", "{0} は利用開始待ちに対応していません。");

    public static readonly VendorError Protected = new(400, "SEM9012",
        "The SIM is protected from termination.", "SIM は解約プロテクションで保護されています。");

    public static readonly VendorError NoSpeedClass = new(400, "SEM9013",
        "The subscription {0} has no speed class {1}.", "{0} では速度クラス {1} を使用できません。");

    public static readonly VendorError NoExpiry = new(404, "SEM9014",
        "The SIM has no expiry time.", "SIM に有効期限は設定されていません。");

    public static readonly VendorError BadImei = new(400, "SEM9015",
        "An IMEI has 15 digits; |ANONYMOUS may follow.", "IMEI は 15 桁の数字で指定してください。末尾に |ANONYMOUS を付加できます。");

    public static readonly VendorError NoImei = new(400, "SEM9016",
        "No device with an IMEI is online with the SIM; give an IMEI.", "オンラインのデバイスから IMEI を取得できません。IMEI を指定してください。");

    public static readonly VendorError NoBundle = new(400, "SEM9017",
        "The bundles of {0} cannot be {1}.", "{0} にバンドル {1} は設定できません。");

    public static readonly VendorError NotTesting = new(404, "SEM9018",
        "The SIM is not in its free test period.", "SIM はテスト期間中ではありません。");

    public static readonly VendorError NotInStock = new(404, "SEM9019",
        "There is no SIM of that id and secret to be registered.", "指定された ID とパスコードで登録できる SIM は存在しません。");

    public static readonly VendorError IsRegistered = new(400, "SEM9020",
        "The SIM is registered already.", "SIM はすでに登録されています。");

    public static readonly VendorError NoSms = new(400, "SEM9021",
        "The SIM does not support the SMS API.", "この SIM は SMS API に対応していません。");

    public static readonly VendorError TextTooLong = new(400, "SEM9022",
        "The message is empty, or longer than {0} characters.", "メッセージは 1 文字以上 {0} 文字以下で指定してください。");

    public static readonly VendorError NotGsm = new(400, "SEM9023",
        "The message has characters that GSM 7-bit lacks.", "メッセージに GSM 7-bit で送信できない文字が含まれています。");

    public static readonly VendorError NoLocalInfo = new(400, "SEM9024",
        "The SIM cannot report of its device.", "この SIM はローカル情報レポートに対応していません。");

    public static readonly VendorError NoSuchCapture = new(404, "SEM9030",
        "There is no such packet capture session.", "指定されたパケットキャプチャーセッションは存在しません。");

    public static readonly VendorError CannotCapture = new(400, "SEM9031",
        "No packets can be captured of a SIM that is {0}.", "ステータスが {0} の SIM のパケットはキャプチャーできません。");

    public static readonly VendorError IsCapturing = new(400, "SEM9032",
        "A packet capture session of the SIM is under way.", "この SIM のパケットキャプチャーは実行中です。");

    public static readonly VendorError NotCapturing = new(400, "SEM9033",
        "Only a packet capture session that is CAPTURING can be stopped.", "CAPTURING 状態のパケットキャプチャーセッションのみ停止できます。");

    public static readonly VendorError BadPrefix = new(400, "SEM9034",
        "The prefix has up to 100 letters, digits, hyphens and underscores.", "prefix は 100 文字以内の半角英数字とハイフン、アンダースコアで指定してください。");

    public static readonly VendorError NoSuchSubscription = new(404, "SEM9040",
        "The SIM has no such profile or subscription.", "指定されたプロファイルまたはサブスクリプションは存在しません。");

    public static readonly VendorError NotAddable = new(400, "SEM9041",
        "{0} cannot be added to this SIM.", "この SIM に {0} を追加することはできません。");

    public static readonly VendorError BadTag = new(400, "SEM9042",
        "The tag has up to 64 letters, digits, hyphens, underscores and colons.", "tag は 64 文字以内の半角英数字とハイフン、アンダースコア、コロンで指定してください。");

    public static readonly VendorError DownloadBegun = new(400, "SEM9043",
        "The subscription is delivered already, or about to be.", "追加サブスクリプションのダウンロードはすでに開始されています。");

    public static readonly VendorError NotArc = new(400, "SEM9044",
        "Only an added Arc subscription can be terminated.", "解約できるのは追加された Arc のサブスクリプションのみです。");

    public static readonly VendorError NoArcKey = new(400, "SEM9045",
        "The SIM has no Arc subscription with a key.", "SIM に Arc の認証情報がありません。");

    public static readonly VendorError BadKey = new(400, "SEM9046",
        "A WireGuard key is 32 bytes in base 64.", "WireGuard の鍵は Base64 でエンコードした 32 バイトで指定してください。");

    public static readonly VendorError Unreachable = new(422, "SEM9050",
        "The device could not be reached: {0}.", "デバイスに接続できませんでした: {0}");

    public static readonly VendorError LoginRefused = new(403, "SEM9051",
        "The device refused the login.", "デバイスへのログインが拒否されました。");

    public static readonly VendorError NotH264 = new(422, "SEM9052",
        "The stream is not H.264.", "ストリームが H.264 ではありません。");

    public static readonly VendorError BadPayload = new(400, "SEM9053",
        "{0} is not in its encoding, or too long.", "{0} のエンコード形式が正しくないか、長すぎます。");
}
