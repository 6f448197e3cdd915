using System.Runtime.InteropServices;

namespace Soracom.Portal.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Environment.ProcessorCount} cores ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    private static string Processor()
    {
        const string Source = "/proc/cpuinfo";
        const string Label = "model name";
        var line = File.Exists(Source) ? File.ReadLines(Source).FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
