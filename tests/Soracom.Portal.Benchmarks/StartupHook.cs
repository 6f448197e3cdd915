using Soracom.Portal.Benchmarks.Load;

/// <summary>Runs in a portal's process before the portal does, where the load tool has asked for it (DOTNET_STARTUP_HOOKS).</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = "The runtime looks for it there.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(MemoryTeller.Variable) is { Length: > 0 })
        {
            MemoryTeller.Start();
        }
    }
}
