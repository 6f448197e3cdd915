namespace Soracom.Portal.Benchmarks;

/// <summary>The managed heap.</summary>
internal static class Megabytes
{
    /// <summary>What is in use after a full collection, in millions of bytes.</summary>
    public static double InUse()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true) / 1e6;
    }
}
