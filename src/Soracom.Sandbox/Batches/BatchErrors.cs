using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Batches;

/// <summary>Refusals of the tag Batch. None of the vendor's codes is public.</summary>
internal static class BatchErrors
{
    public static readonly VendorError NoSuchGroup = new(404, "BAT9001",
        "There is no such batch group.", "指定されたバッチグループは存在しません。");

    public static readonly VendorError NoSuchJob = new(404, "BAT9002",
        "There is no such batch job.", "指定されたバッチジョブは存在しません。");

    public static readonly VendorError StillRunning = new(400, "BAT9003",
        "A job of the batch group is still running.", "実行中のバッチジョブがあるため、バッチグループを削除できません。");

    public static readonly VendorError Mixed = new(400, "BAT9004",
        "All tasks of a job must call the same operation.", "1 つのバッチジョブに異なる API を混在させることはできません。");

    public static readonly VendorError OneAtATime = new(400, "BAT9005",
        "A job that calls {0} is running already.", "{0} を呼び出すバッチジョブがすでに実行中です。");

    public static readonly VendorError NotCallable = new(400, "BAT9006",
        "A job cannot call {0}.", "バッチジョブでは {0} を呼び出せません。");

    public static readonly VendorError TooLong = new(400, "BAT9007",
        "{0} must have {1} characters at most.", "{0} は {1} 文字以内で指定してください。");
}
