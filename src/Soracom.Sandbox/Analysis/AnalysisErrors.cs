using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Analysis;

/// <summary>Refusals of the tag Analysis. None of the vendor's codes is public.</summary>
internal static class AnalysisErrors
{
    public static readonly VendorError NoSuchQuery = new(404, "ANA9001",
        "There is no such query.", "指定されたクエリは存在しません。");

    public static readonly VendorError BadSql = new(400, "ANA9002",
        "The sandbox does not understand this in the query: {0}.", "クエリの次の部分を解釈できません: {0}");

    public static readonly VendorError BadPeriod = new(400, "ANA9003",
        "from must not be after to.", "from は to 以前の日時を指定してください。");
}
