using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.SoraCam;

/// <summary>Refusals of the cameras' operations; all codes are ours.</summary>
internal static class SoraCamErrors
{
    public static readonly VendorError NoSuchCamera = new(404, "CAM9001",
        "There is no such camera.", "指定されたカメラは存在しません。");

    public static readonly VendorError NoSuchExport = new(404, "CAM9002",
        "There is no such export.", "指定されたエクスポートは存在しません。");

    public static readonly VendorError NothingRecorded = new(404, "CAM9003",
        "Nothing was recorded at that time.", "指定された期間の録画はありません。");

    public static readonly VendorError BadRange = new(400, "CAM9004",
        "The end must be later than the beginning, by at most {0} seconds.", "終了時刻は開始時刻より後で、{0} 秒以内としてください。");

    public static readonly VendorError BadOrder = new(400, "CAM9017",
        "to must not be earlier than from.", "to には from 以降の時刻を指定してください。");

    public static readonly VendorError BadTime = new(400, "CAM9005",
        "The time must be one in the past, in milliseconds.", "time には過去の時刻をミリ秒で指定してください。");

    public static readonly VendorError NotJson = new(400, "CAM9006",
        "The request needs the header Content-Type: application/json.", "Content-Type: application/json ヘッダーが必要です。");

    public static readonly VendorError NoLicence = new(404, "CAM9007",
        "The camera has no licence.", "カメラにライセンスが割り当てられていません。");

    public static readonly VendorError NoFreeLicence = new(403, "CAM9008",
        "No licence of this kind is free.", "割り当て可能なライセンスがありません。");

    public static readonly VendorError Shared = new(403, "CAM9009",
        "The camera is another operator's.", "他のオペレーターから共有されたカメラです。");

    public static readonly VendorError UpToDate = new(400, "CAM9010",
        "There is no newer firmware for the camera.", "適用できるファームウェアはありません。");

    public static readonly VendorError NotReachable = new(422, "CAM9011",
        "The camera is offline or has no real-time access.", "カメラがオフラインか、リアルタイムアクセスが有効になっていません。");

    public static readonly VendorError JapanOnly = new(400, "CAM9012",
        "Only the Japan coverage has licence packs.", "ライセンスパックは日本カバレッジでのみ利用できます。");

    public static readonly VendorError NoSuchPack = new(400, "CAM9013",
        "There is no such licence pack.", "指定されたライセンスパックは存在しません。");

    public static readonly VendorError QuantityHasChanged = new(400, "CAM9014",
        "The present quantity is {0}.", "現在の数量は {0} です。");

    public static readonly VendorError QuantityInUse = new(400, "CAM9015",
        "{0} licences are in use.", "使用中のライセンスが {0} 件あります。");

    public static readonly VendorError AboveQuota = new(400, "CAM9016",
        "The camera's quota of the month is used up.", "今月の視聴可能時間の上限に達しています。");
}
