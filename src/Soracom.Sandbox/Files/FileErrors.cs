using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Files;

/// <summary>Refusals of the tags Files and FileEntry. None of the vendor's codes is public.</summary>
internal static class FileErrors
{
    public static readonly VendorError NoSuchExport = new(404, "FIL9001",
        "There is no such exported file.", "指定されたエクスポートファイルは存在しません。");

    public static readonly VendorError NoSuchFile = new(404, "FIL9002",
        "There is no such file.", "指定されたファイルは存在しません。");

    public static readonly VendorError NoSuchDirectory = new(404, "FIL9003",
        "There is no such directory.", "指定されたディレクトリは存在しません。");

    public static readonly VendorError NoSuchScope = new(404, "FIL9004",
        "There is no such scope.", "指定されたスコープは存在しません。");

    public static readonly VendorError NotEmpty = new(400, "FIL9005",
        "The directory is not empty.", "ディレクトリが空ではありません。");

    public static readonly VendorError IsADirectory = new(400, "FIL9006",
        "The path is that of a directory, or leads through a file.", "パスがディレクトリであるか、途中にファイルがあります。");

    public static readonly VendorError ReadOnly = new(400, "FIL9007",
        "Nothing can be changed in this scope.", "このスコープでは変更できません。");
}
