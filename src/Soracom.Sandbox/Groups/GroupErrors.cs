using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Groups;

/// <summary>The refusals of this area, with codes of ours.</summary>
internal static class GroupErrors
{
    public static readonly VendorError NoSuchNamespace = new(400, "SEM9150",
        "The group has no configuration of {0}.", "グループに {0} の設定は存在しません。");

    public static readonly VendorError NoSuchKey = new(404, "SEM9151",
        "The group's configuration has no such key.", "グループの設定に指定されたキーは存在しません。");

    public static readonly VendorError TooLarge = new(400, "SEM9152",
        "The configuration of a group must not be larger than {0} bytes.", "グループの設定は {0} バイト以下にしてください。");

    public static readonly VendorError InUse = new(400, "SEM9153",
        "SIMs belong to the group.", "グループに SIM が所属しています。");
}
