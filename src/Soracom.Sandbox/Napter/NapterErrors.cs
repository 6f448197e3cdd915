using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Napter;

/// <summary>The refusals of this area, with codes of ours.</summary>
internal static class NapterErrors
{
    public static readonly VendorError NoDestination = new(400, "NPT9001",
        "The destination needs a SIM ID or an IMSI.", "destination には SIM ID または IMSI が必要です。");

    public static readonly VendorError Offline = new(400, "NPT9002",
        "The SIM is offline.", "SIM がオンラインではありません。");

    public static readonly VendorError BadRange = new(400, "NPT9003",
        "{0} is not a range of IPv4 addresses such as 203.0.113.5/32.", "{0} は 203.0.113.5/32 のような IPv4 アドレスの範囲ではありません。");

    public static readonly VendorError NoSuchMapping = new(404, "NPT9004",
        "There is no such remote access.", "指定されたリモートアクセスは存在しません。");

    public static readonly VendorError NoMappings = new(404, "NPT9005",
        "There is no remote access to it.", "リモートアクセスは存在しません。");
}
