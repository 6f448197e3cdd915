using System.Globalization;
using System.Runtime;

namespace Soracom.Portal.Benchmarks.Load;

/// <summary>Runs in the portal's process and says, whenever it is asked on the standard input, what the managed heap holds after a full collection.</summary>
internal static class MemoryTeller
{
    /// <summary>The environment variable that has it run.</summary>
    public const string Variable = "PORTAL_LOAD_MEMORY";

    /// <summary>The line that asks.</summary>
    public const string Question = "memory";

    /// <summary>What the line begins with that answers; the bytes follow.</summary>
    public const string Answer = "managed heap: ";

    /// <summary>Begins to listen.</summary>
    public static void Start() => new Thread(Listen) { IsBackground = true, Name = nameof(MemoryTeller) }.Start();

    private static void Listen()
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line == Question)
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Answer}{Collected()}"));
            }
        }
    }

    private static long Collected()
    {
        // Twice: what finalizers let go of is collected by the second, and what is free is given back to the machine.
        for (var time = 0; time < 2; time++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
