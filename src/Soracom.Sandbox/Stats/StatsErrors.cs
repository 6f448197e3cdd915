using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Stats;

/// <summary>The refusals of this area; the codes are ours.</summary>
internal static class StatsErrors
{
    public static readonly VendorError Reversed = new(400, "STA9001",
        "from must not be later than to.", "from には to 以前の時刻を指定してください。");

    public static readonly VendorError TooEarly = new(400, "STA9002",
        "With the period {0}, from may be {1} back.", "period が {0} の場合、from には {1} 前以降を指定してください。");

    public static readonly VendorError NotAMonth = new(400, "STA9003",
        "{0} must be one of the last 18 months as yyyyMM.", "{0} には過去 18 か月以内の年月を yyyyMM 形式で指定してください。");

    public static readonly VendorError Again = new(400, "STA9004",
        "There are statistics with this timestamp already.", "同じタイムスタンプの統計データがすでに存在します。");
}
